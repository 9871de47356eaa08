package io.mockexo.exchange;

/**
 * How MAIL without TLS is refused where TLS is required: on client submission, on a receive
 * connector with RequireTLS, by a partner connector with RequireTls. All were seen or are
 * documented, in different places and years (facts 3.1, and 12 items 2 and 3).
 *
 * @since 0.1
 */
public enum CleartextMailRefusal {
  /**
   * {@code 451 5.7.3 STARTTLS is required to send mail}, client submission in 2024; transient by
   * its first digit.
   */
  STARTTLS_REQUIRED_451,
  /**
   * {@code 530 5.7.57 SMTP; Client was not authenticated ...}, client submission from 2017 to 2020.
   */
  NOT_AUTHENTICATED_530,
  /** {@code 530 5.7.0 Must issue a STARTTLS command first}, connectors. */
  MUST_ISSUE_STARTTLS_530,
  /** {@code 451 5.7.3 Must issue a STARTTLS command first}, connectors, as Microsoft prints it. */
  MUST_ISSUE_STARTTLS_451
}
