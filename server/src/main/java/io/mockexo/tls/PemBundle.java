package io.mockexo.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A private key and the chain that it is for, in one text (RFC 7468). */
final class PemBundle {

  private static final Pattern KEY =
      Pattern.compile(
          "-----BEGIN PRIVATE KEY-----\\s([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----\\s*");

  private PemBundle() {}

  static ServerCertificate read(String pem) {
    Matcher key = KEY.matcher(pem);
    if (!key.find()) {
      throw new IllegalArgumentException("there is no private key in this PEM");
    }
    try {
      String certificates = new StringBuilder(pem).delete(key.start(), key.end()).toString();
      List<X509Certificate> chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(certificates.getBytes(StandardCharsets.US_ASCII)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (chain.isEmpty()) {
        throw new IllegalArgumentException("there is no certificate in this PEM");
      }
      CertificateKind kind = kind(chain.get(0));
      return new ServerCertificate(kind, chain, privateKey(kind, key.group(1)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("this PEM cannot be read", e);
    }
  }

  private static CertificateKind kind(X509Certificate leaf) {
    if (leaf.getPublicKey() instanceof RSAKey rsa) {
      return rsa.getModulus().bitLength() < 2048
          ? CertificateKind.RSA_1024
          : CertificateKind.RSA_2048;
    }
    return CertificateKind.ECDSA_P256;
  }

  private static PrivateKey privateKey(CertificateKind kind, String base64)
      throws GeneralSecurityException {
    return KeyFactory.getInstance(kind.algorithm())
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
  }
}
