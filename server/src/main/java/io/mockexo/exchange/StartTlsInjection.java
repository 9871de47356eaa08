package io.mockexo.exchange;

/**
 * What becomes of bytes that a client pipelined behind STARTTLS, in the clear. How Exchange Online
 * treats them is not known (facts 3.4). They are recorded whatever the choice.
 *
 * @since 0.1
 */
public enum StartTlsInjection {
  /**
   * They are thrown away, as RFC 3207, section 4, wants it; the handshake begins with what follows.
   */
  DISCARD,
  /**
   * They are taken as the beginning of the handshake: right for a client that did not wait for 220.
   */
  HAND_TO_TLS,
  /** The connection is closed with FIN. */
  DROP_CONNECTION
}
