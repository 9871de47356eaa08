package io.mockexo.tls;

/**
 * What the server does with a ClientHello that its {@link TlsPolicy} refuses.
 *
 * @since 0.1
 */
public enum TlsRefusal {
  /**
   * Close with FIN and without an alert, as the MX endpoint of Exchange Online does since 2021
   * (facts 5.2).
   */
  FIN,
  /** Reset the connection. */
  RST,
  /** Send a fatal alert (RFC 8446, section 6.2), then close with FIN. */
  ALERT,
  /**
   * Complete the handshake below the floor, then answer AUTH (client submission) or MAIL (MX) with
   * {@code 421 4.7.66} and close: client submission during 2021 and 2022 (facts 3.2 and 5.2).
   * Applies to versions only; where no cipher suite is common there is nothing to complete, and the
   * connection is closed with FIN.
   */
  REPLY,
  /** Go silent: read and discard whatever comes, answer nothing, until the client gives up. */
  STALL
}
