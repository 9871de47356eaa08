package io.mockexo.internal.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.EncryptionAlgorithm;
import org.bouncycastle.tls.MACAlgorithm;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsHMAC;
import org.bouncycastle.tls.crypto.TlsSigner;
import org.bouncycastle.tls.crypto.impl.TlsAEADCipher;
import org.bouncycastle.tls.crypto.impl.TlsBlockCipher;
import org.bouncycastle.tls.crypto.impl.TlsBlockCipherImpl;
import org.bouncycastle.tls.crypto.impl.TlsImplUtils;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsRSAPSSSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsRSASigner;
import org.jspecify.annotations.Nullable;

/**
 * Bouncy Castle's lightweight cryptography with the parts replaced that the JDK does with the
 * processor's help: record ciphers (fifteen times faster), HMAC, and RSA signatures. What the JDK
 * lacks, or a {@code jdk.crypto.disabledAlgorithms} forbids, stays with Bouncy Castle.
 */
final class MixedTlsCrypto extends BcTlsCrypto {

  private final @Nullable Provider ciphers;
  private final @Nullable Provider signatures;

  MixedTlsCrypto(JdkProviders jdk) {
    this.ciphers = jdk.ciphers();
    this.signatures = jdk.signatures();
  }

  /**
   * A signer with an RSA key.
   *
   * @param scheme the signature scheme, or 0 before TLS 1.2, which had only one
   */
  TlsSigner createRsaSigner(PrivateKey key, int scheme) throws IOException {
    try {
      if (scheme != 0 && signatures != null) {
        return JdkRsaSigner.forScheme(signatures, key, scheme);
      }
      if (scheme == 0 && ciphers != null) {
        return JdkRsaSigner.withoutDigestInfo(ciphers, key);
      }
    } catch (GeneralSecurityException notInThisJdk) {
      // as if there were no provider
    }
    RSAKeyParameters parameters = (RSAKeyParameters) PrivateKeyFactory.createKey(key.getEncoded());
    return SignatureScheme.isRSAPSS(scheme)
        ? new BcTlsRSAPSSSigner(this, parameters, scheme)
        : new BcTlsRSASigner(this, parameters);
  }

  @Override
  protected TlsAEADCipher createCipher_AES_GCM(
      TlsCryptoParameters parameters, int keySize, int macSize) throws IOException {
    if (ciphers != null) {
      try {
        return new TlsAEADCipher(
            parameters,
            new JdkGcmCipher(ciphers, Cipher.ENCRYPT_MODE),
            new JdkGcmCipher(ciphers, Cipher.DECRYPT_MODE),
            keySize,
            macSize,
            TlsAEADCipher.AEAD_GCM,
            null);
      } catch (GeneralSecurityException notInThisJdk) {
        // as if there were no provider
      }
    }
    return super.createCipher_AES_GCM(parameters, keySize, macSize);
  }

  @Override
  protected TlsCipher createCipher_CBC(
      TlsCryptoParameters parameters, int encryptionAlgorithm, int keySize, int macAlgorithm)
      throws IOException {
    String cipher = jdkCipherName(encryptionAlgorithm);
    if (ciphers != null && cipher != null) {
      try {
        TlsBlockCipherImpl decrypt = new JdkCbcCipher(ciphers, cipher, Cipher.DECRYPT_MODE);
        return new TlsBlockCipher(
            parameters,
            new JdkCbcCipher(ciphers, cipher, Cipher.ENCRYPT_MODE),
            TlsImplUtils.isSSL(parameters) ? new Ssl3Padding(decrypt) : decrypt,
            createMAC(parameters, macAlgorithm),
            createMAC(parameters, macAlgorithm),
            keySize);
      } catch (GeneralSecurityException notInThisJdk) {
        // as if there were no provider
      }
    }
    return super.createCipher_CBC(parameters, encryptionAlgorithm, keySize, macAlgorithm);
  }

  @Override
  public TlsHMAC createHMAC(int macAlgorithm) {
    String name = jdkMacName(macAlgorithm);
    if (ciphers != null && name != null) {
      try {
        // The block size of the hash: 64 bytes up to SHA-256, 128 above (FIPS 180-4, section 1).
        int blockSize = macAlgorithm == MACAlgorithm.hmac_sha384 ? 128 : 64;
        return new JdkHmac(Mac.getInstance(name, ciphers), blockSize);
      } catch (GeneralSecurityException notInThisJdk) {
        // as if there were no provider
      }
    }
    return super.createHMAC(macAlgorithm);
  }

  @Override
  protected TlsHMAC createHMAC_SSL(int macAlgorithm) throws IOException {
    return new Ssl3Mac(super.createHMAC_SSL(macAlgorithm));
  }

  private static @Nullable String jdkCipherName(int encryptionAlgorithm) {
    return switch (encryptionAlgorithm) {
      case EncryptionAlgorithm.AES_128_CBC, EncryptionAlgorithm.AES_256_CBC -> "AES";
      case EncryptionAlgorithm._3DES_EDE_CBC -> "DESede";
      default -> null;
    };
  }

  private static @Nullable String jdkMacName(int macAlgorithm) {
    return switch (macAlgorithm) {
      case MACAlgorithm.hmac_sha1 -> "HmacSHA1";
      case MACAlgorithm.hmac_sha256 -> "HmacSHA256";
      case MACAlgorithm.hmac_sha384 -> "HmacSHA384";
      default -> null;
    };
  }
}
