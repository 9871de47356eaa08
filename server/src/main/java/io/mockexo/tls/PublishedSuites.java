package io.mockexo.tls;

import java.util.List;
import java.util.stream.Stream;

/** The cipher suites of Exchange Online. */
final class PublishedSuites {

  /**
   * Published for the service, strongest first (facts 5.3, list A), and TLS 1.3 (facts 5.3, seen).
   */
  private static final List<String> NAMES =
      List.of(
          "TLS_AES_256_GCM_SHA384",
          "TLS_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
          "TLS_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_RSA_WITH_AES_128_GCM_SHA256");

  private PublishedSuites() {}

  /** Those that go with such a certificate. */
  static List<CipherSuite> with(CertificateKind certificate) {
    Stream<String> names = NAMES.stream();
    if (certificate == CertificateKind.ECDSA_P256) {
      names = names.map(name -> name.replace("_ECDHE_RSA_", "_ECDHE_ECDSA_"));
    }
    return names.map(CipherSuite::named).toList();
  }
}
