package io.mockexo.exchange;

/**
 * What a firewall or proxy between the client and Exchange Online does to SMTP that it can read;
 * several may meet on one way. Inside TLS none of them sees anything. What it does to a connection
 * as a whole, losing packets, silence, a reset, is a fault.
 *
 * @since 0.1
 */
public enum Middlebox {
  /**
   * The text of the greeting becomes asterisks, apart from {@code 2}, {@code 0} and blanks: the
   * SMTP fixup of Cisco PIX (facts 7, V).
   */
  MASKS_GREETING,
  /**
   * EHLO's reply has {@code XXXXXXXA} where STARTTLS stood: the ESMTP inspection of Cisco ASA
   * (facts 7, V). STARTTLS gets {@code 500}.
   */
  MASKS_STARTTLS,
  /** EHLO's reply does not list STARTTLS. STARTTLS gets {@code 500}. */
  STRIPS_STARTTLS,
  /**
   * Only HELO, MAIL, RCPT, DATA, RSET, NOOP and QUIT pass; every other command gets {@code 500
   * Command unrecognized}, EHLO too: Cisco's Mailguard (facts 7, D).
   */
  COMMAND_FILTER;

  /** Whether it keeps clients from STARTTLS. */
  boolean hidesStartTls() {
    return this != MASKS_GREETING;
  }
}
