package io.mockexo.exchange;

/**
 * Why AUTH is refused although the credentials may be right (facts 3.2).
 *
 * @since 0.1
 */
public enum AuthRefusal {
  /** Basic authentication is switched off: 535 5.7.139 to LOGIN; XOAUTH2 goes on as it does. */
  BASIC_AUTH_DISABLED(true),
  /** Basic authentication is retired: 550 5.7.30 to LOGIN; XOAUTH2 goes on as it does. */
  BASIC_AUTH_RETIRED(true),
  /** SMTP AUTH is switched off for the tenant: 535 5.7.139. */
  SMTP_AUTH_DISABLED_FOR_TENANT(false),
  /** SMTP AUTH is switched off for the mailbox: 535 5.7.139. */
  SMTP_AUTH_DISABLED_FOR_MAILBOX(false),
  /** A conditional access policy is not met: 535 5.7.139. */
  CONDITIONAL_ACCESS(false),
  /** Security defaults lock the user out: 535 5.7.139. */
  SECURITY_DEFAULTS(false),
  /** The federated token service does not answer: 535 5.7.139. */
  FEDERATION_UNREACHABLE(false),
  /** The federated token service has no HTTPS: 535 5.7.139. */
  FEDERATION_WITHOUT_HTTPS(false),
  /** The client is throttled: 451 4.7.500. */
  THROTTLED(false),
  /** The back end has trouble: 451 4.7.0. */
  TEMPORARY_SERVER_ERROR(false);

  private final boolean ofBasicAuthAlone;

  AuthRefusal(boolean ofBasicAuthAlone) {
    this.ofBasicAuthAlone = ofBasicAuthAlone;
  }

  /**
   * Whether Exchange Server on premises has it: its front end says {@code 451 4.7.0} where its back
   * end has trouble. All else is of Exchange Online and Microsoft Entra ID; that federation is,
   * too, G.
   */
  boolean isOnPremises() {
    return this == TEMPORARY_SERVER_ERROR;
  }

  /** Whether this mechanism (in upper case) is refused so. */
  public boolean concerns(String mechanism) {
    return !ofBasicAuthAlone || mechanism.equals("LOGIN");
  }
}
