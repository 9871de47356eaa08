package io.mockexo.exchange;

/**
 * How client submission refuses MAIL without STARTTLS. Both were seen, in different years (facts
 * 3.1, and 12 item 2).
 *
 * @since 0.1
 */
public enum CleartextMailRefusal {
  /**
   * {@code 451 5.7.3 STARTTLS is required to send mail}, seen in 2024; transient by its first
   * digit.
   */
  STARTTLS_REQUIRED_451,
  /** {@code 530 5.7.57 SMTP; Client was not authenticated ...}, seen from 2017 to 2020. */
  NOT_AUTHENTICATED_530
}
