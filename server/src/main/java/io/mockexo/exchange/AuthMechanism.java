package io.mockexo.exchange;

/**
 * What a receive connector on premises lets clients use, in the words of {@code
 * Set-ReceiveConnector -AuthMechanism} (facts 2.1).
 *
 * @since 0.1
 */
public enum AuthMechanism {
  /** STARTTLS. Without it, as with an unusable certificate, it is not on offer. */
  TLS,
  /** {@code AUTH NTLM}. It is on offer only: nobody's NTLM credentials are known here. */
  INTEGRATED,
  /** {@code AUTH LOGIN}. */
  BASIC_AUTH,
  /** {@link #BASIC_AUTH} inside TLS alone. */
  BASIC_AUTH_REQUIRE_TLS,
  /** {@code X-ANONYMOUSTLS} and {@code X-EXPS}, which Exchange servers use among themselves. */
  EXCHANGE_SERVER
}
