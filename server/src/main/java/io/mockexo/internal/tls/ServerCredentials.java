package io.mockexo.internal.tls;

import io.mockexo.tls.CertificateKind;
import io.mockexo.tls.ClientHello;
import io.mockexo.tls.ServerCertificate;
import io.mockexo.tls.TlsVersion;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateEntry;
import org.bouncycastle.tls.DefaultTlsCredentialedSigner;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedDecryptor;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsECDSA13Signer;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsECDSASigner;

/** A {@link ServerCertificate} as Bouncy Castle needs it, for one handshake. */
final class ServerCredentials {

  private final MixedTlsCrypto crypto;
  private final ServerCertificate certificate;
  private final ClientHello hello;
  private final TlsVersion version;

  ServerCredentials(
      MixedTlsCrypto crypto, ServerCertificate certificate, ClientHello hello, TlsVersion version) {
    this.crypto = crypto;
    this.certificate = certificate;
    this.hello = hello;
    this.version = version;
  }

  /** For RSA key exchange, in which the certificate decrypts (RFC 5246, section 7.4.7.1). */
  TlsCredentials decryptor() throws IOException {
    return new BcDefaultTlsCredentialedDecryptor(crypto, chain(), privateKey());
  }

  /** For everything else, in which it signs. */
  TlsCredentials signer(TlsContext context) throws IOException {
    SignatureAndHashAlgorithm algorithm = null;
    int scheme = 0;
    if (version.isAtLeast(TlsVersion.TLS_1_2)) {
      scheme = chooseScheme();
      algorithm = SignatureScheme.getSignatureAndHashAlgorithm(scheme);
    }
    TlsSigner signer =
        isEcdsa() ? ecdsaSigner(scheme) : crypto.createRsaSigner(certificate.privateKey(), scheme);
    return new DefaultTlsCredentialedSigner(
        new TlsCryptoParameters(context), signer, chain(), algorithm);
  }

  /** The first scheme in the client's order that fits; SHA-1 if a TLS 1.2 client named none. */
  private int chooseScheme() throws TlsFatalAlert {
    if (hello.signatureSchemes().isEmpty() && version != TlsVersion.TLS_1_3) {
      // RFC 5246, section 7.4.1.4.1
      return isEcdsa() ? SignatureScheme.ecdsa_sha1 : SignatureScheme.rsa_pkcs1_sha1;
    }
    return hello.signatureSchemes().stream()
        .filter(scheme -> certificate.kind().signs(scheme, version))
        .findFirst()
        .orElseThrow(() -> new TlsFatalAlert(AlertDescription.handshake_failure))
        .code();
  }

  private TlsSigner ecdsaSigner(int scheme) throws IOException {
    ECPrivateKeyParameters key = (ECPrivateKeyParameters) privateKey();
    return version == TlsVersion.TLS_1_3
        ? new BcTlsECDSA13Signer(crypto, key, scheme)
        : new BcTlsECDSASigner(crypto, key);
  }

  private boolean isEcdsa() {
    return certificate.kind() == CertificateKind.ECDSA_P256;
  }

  private AsymmetricKeyParameter privateKey() throws IOException {
    return PrivateKeyFactory.createKey(certificate.privateKey().getEncoded());
  }

  private Certificate chain() throws IOException {
    List<X509Certificate> chain = certificate.chain();
    CertificateEntry[] entries = new CertificateEntry[chain.size()];
    for (int i = 0; i < entries.length; i++) {
      try {
        entries[i] =
            new CertificateEntry(crypto.createCertificate(chain.get(i).getEncoded()), null);
      } catch (CertificateEncodingException e) {
        throw new TlsFatalAlert(AlertDescription.internal_error, e);
      }
    }
    // Bouncy Castle tells the message of TLS 1.3 from the older one by this field's presence.
    byte[] requestContext = version == TlsVersion.TLS_1_3 ? TlsUtils.EMPTY_BYTES : null;
    return new Certificate(requestContext, entries);
  }
}
