package io.mockexo.internal.tls;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import javax.crypto.Cipher;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsSigner;
import org.bouncycastle.tls.crypto.TlsStreamSigner;
import org.jspecify.annotations.Nullable;

/** RSA signatures of one handshake, made by the JDK. */
final class JdkRsaSigner {

  private JdkRsaSigner() {}

  /**
   * A signer for TLS 1.2 and 1.3: RSASSA-PKCS1-v1_5 or RSASSA-PSS with the hash of the scheme (RFC
   * 8446, section 4.2.3).
   */
  static TlsSigner forScheme(Provider provider, PrivateKey key, int scheme)
      throws GeneralSecurityException {
    Signature signature =
        SignatureScheme.isRSAPSS(scheme)
            ? pss(provider, scheme)
            : Signature.getInstance(pkcs1Name(scheme), provider);
    signature.initSign(key);
    return new SchemeSigner(signature);
  }

  /**
   * A signer for TLS 1.1 and below, where MD5 and SHA-1 of the input stand side by side without a
   * DigestInfo (RFC 4346, section 4.7). The JDK has no public signature algorithm for it, but
   * encryption with the private key pads in the same way (RFC 8017, sections 8.2.1 and 9.2).
   */
  static TlsSigner withoutDigestInfo(Provider provider, PrivateKey key)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding", provider);
    cipher.init(Cipher.ENCRYPT_MODE, key);
    return new RawSigner(cipher);
  }

  private static Signature pss(Provider provider, int scheme) throws GeneralSecurityException {
    int bits =
        switch (scheme) {
          case SignatureScheme.rsa_pss_rsae_sha384 -> 384;
          case SignatureScheme.rsa_pss_rsae_sha512 -> 512;
          default -> 256;
        };
    String hash = "SHA-" + bits;
    Signature signature = Signature.getInstance("RSASSA-PSS", provider);
    // The salt is as long as the hash (RFC 8446, section 4.2.3).
    signature.setParameter(
        new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), bits / 8, 1));
    return signature;
  }

  /** The hash is the upper byte of an older scheme (RFC 5246, section 7.4.1.4.1). */
  private static String pkcs1Name(int scheme) {
    return switch (scheme >>> 8) {
      case 2 -> "SHA1withRSA";
      case 3 -> "SHA224withRSA";
      case 5 -> "SHA384withRSA";
      case 6 -> "SHA512withRSA";
      default -> "SHA256withRSA";
    };
  }

  /** Hashes and signs in one, since the JDK signs no ready-made hash. */
  private record SchemeSigner(Signature signature) implements TlsSigner, TlsStreamSigner {

    @Override
    public TlsStreamSigner getStreamSigner(@Nullable SignatureAndHashAlgorithm algorithm) {
      return this;
    }

    @Override
    public OutputStream getOutputStream() {
      return new OutputStream() {
        @Override
        public void write(int b) throws IOException {
          write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          try {
            signature.update(bytes, offset, length);
          } catch (SignatureException e) {
            throw new TlsFatalAlert(AlertDescription.internal_error, e);
          }
        }
      };
    }

    @Override
    public byte[] getSignature() throws IOException {
      try {
        return signature.sign();
      } catch (SignatureException e) {
        throw new TlsFatalAlert(AlertDescription.internal_error, e);
      }
    }

    /** Not called: there is always a stream signer. */
    @Override
    public byte[] generateRawSignature(@Nullable SignatureAndHashAlgorithm algorithm, byte[] hash)
        throws IOException {
      throw new TlsFatalAlert(AlertDescription.internal_error);
    }
  }

  /** Signs what Bouncy Castle has hashed. */
  private record RawSigner(Cipher cipher) implements TlsSigner {

    @Override
    public @Nullable TlsStreamSigner getStreamSigner(
        @Nullable SignatureAndHashAlgorithm algorithm) {
      return null;
    }

    @Override
    public byte[] generateRawSignature(@Nullable SignatureAndHashAlgorithm algorithm, byte[] hash)
        throws IOException {
      try {
        return cipher.doFinal(hash);
      } catch (GeneralSecurityException e) {
        throw new TlsFatalAlert(AlertDescription.internal_error, e);
      }
    }
  }
}
