package io.mockexo.tls;

/**
 * Whether a client is asked for a certificate in the handshake.
 *
 * @since 0.1
 */
public enum ClientCertificateMode {
  /** It is asked and need not show one, as with Exchange Online (facts 5.5). */
  ASKED,
  /** It is not asked, and cannot show one. */
  NOT_ASKED,
  /**
   * Without one the handshake fails: with {@code certificate_required} in TLS 1.3 (RFC 8446,
   * section 4.4.2.4), with {@code handshake_failure} before (RFC 5246, section 7.4.6). Any will do,
   * whatever the {@link ClientVerdict}.
   */
  REQUIRED
}
