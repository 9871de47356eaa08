package io.mockexo.tls;

/**
 * The key of the server certificate.
 *
 * @since 0.1
 */
public enum CertificateKind {
  /** RSA, 2048 bits: what every endpoint of Exchange Online has shown since 2016 (facts 5.4). */
  RSA_2048,
  /**
   * ECDSA on P-256: about a third of the handshake's processor time, not what Exchange Online has.
   */
  ECDSA_P256
}
