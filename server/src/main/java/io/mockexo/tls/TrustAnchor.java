package io.mockexo.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A root certificate, in the forms in which clients take it.
 *
 * @param certificate the root
 * @since 0.1
 */
public record TrustAnchor(X509Certificate certificate) {

  /**
   * Reads PEM (RFC 7468).
   *
   * @throws IllegalArgumentException if it is not a certificate
   */
  public static TrustAnchor ofPem(String pem) {
    try {
      return new TrustAnchor(
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(
                      new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
    } catch (CertificateException e) {
      throw new IllegalArgumentException("this is not a certificate in PEM", e);
    }
  }

  /** In PEM (RFC 7468), as {@code openssl -CAfile} and most clients take it. */
  public String pem() {
    try {
      return Pem.of("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was just made has no encoding", e);
    }
  }

  /** A new key store of type PKCS12 that holds the root and nothing else. It has no password. */
  public KeyStore trustStore() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("mock-exchange-online-test-root", certificate);
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this JVM cannot make a PKCS12 trust store", e);
    }
  }

  /**
   * A new client context of the JDK that trusts this root only. Host names are checked by whoever
   * uses it, as always in the JDK; the versions are those that the JVM allows, so not TLS 1.0 or
   * 1.1 unless its security properties were changed.
   */
  public SSLContext clientSslContext() {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trustStore());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM cannot make a TLS client context", e);
    }
  }
}
