package io.mockexo.tls;

/**
 * The key of the server certificate.
 *
 * @since 0.1
 */
public enum CertificateKind {
  /** RSA, 2048 bits: what every endpoint of Exchange Online has shown since 2016 (facts 5.4). */
  RSA_2048("RSA"),
  /** RSA, 1024 bits: too short for most clients since 2013. */
  RSA_1024("RSA"),
  /**
   * ECDSA on P-256: about a third of the handshake's processor time, not what Exchange Online has.
   */
  ECDSA_P256("EC");

  private final String algorithm;

  CertificateKind(String algorithm) {
    this.algorithm = algorithm;
  }

  /** The name of the key's algorithm in Java: {@code RSA} or {@code EC}. */
  public String algorithm() {
    return algorithm;
  }

  /**
   * Whether a server with such a key can sign a handshake of this version by this scheme. Not for
   * versions below TLS 1.2, which name no schemes.
   */
  public boolean signs(SignatureScheme scheme, TlsVersion version) {
    String name = scheme.name();
    boolean tls13 = version == TlsVersion.TLS_1_3;
    if (this == ECDSA_P256) {
      // From TLS 1.3 on the scheme fixes the curve as well (RFC 8446, section 4.2.3).
      return tls13 ? name.equals("ecdsa_secp256r1_sha256") : name.startsWith("ecdsa_");
    }
    if (name.startsWith("rsa_pss_rsae_")) {
      // Hash and salt of SHA-512 do not fit into 1024 bits (RFC 8017, section 9.1.1).
      return this != RSA_1024 || !name.endsWith("_sha512");
    }
    return !tls13 && name.startsWith("rsa_pkcs1_");
  }
}
