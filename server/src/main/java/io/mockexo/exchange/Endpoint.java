package io.mockexo.exchange;

import java.util.List;

/**
 * What is emulated: an endpoint of Exchange Online, or of Exchange Server.
 *
 * @since 0.1
 */
public enum Endpoint {
  /**
   * {@code <tenant>.mail.protection.outlook.com}, port 25: takes mail for the tenant from anyone,
   * opportunistic TLS, no AUTH.
   */
  MX,
  /** {@code smtp.office365.com}, port 587 or 25: TLS is forced, AUTH is required. */
  CLIENT_SUBMISSION,
  /**
   * {@code smtp-legacy.office365.com}: as {@link #CLIENT_SUBMISSION}, and TLS 1.0 and 1.1 are let
   * through for tenants that have opted in (facts 5.1).
   */
  LEGACY_CLIENT_SUBMISSION,
  /**
   * {@code *.olc.protection.outlook.com}, port 25: the MX of outlook.com and hotmail.com. As {@link
   * #MX}, with smaller messages, blocklists and limits of its own (facts 1.1, 2.1 and 4).
   */
  CONSUMER_MX,
  /**
   * The receive connector "Default Frontend" of Exchange Server 2013 to 2019, port 25: takes mail
   * from anyone, offers AUTH, and has no TLS 1.3 (facts 2.1 and 5.1).
   */
  ON_PREMISES;

  /** Whether mail is taken from authenticated clients alone, and inside TLS alone. */
  public boolean isSubmission() {
    return this == CLIENT_SUBMISSION || this == LEGACY_CLIENT_SUBMISSION;
  }

  /** Whether it is where Exchange Online takes mail from other organizations. */
  public boolean isIncoming() {
    return this == MX || this == CONSUMER_MX;
  }

  /** Whether it is a front end of the service, and not of a server on premises. */
  public boolean isExchangeOnline() {
    return this != ON_PREMISES;
  }

  /** Whether a client can authenticate here at all. */
  public boolean hasAuth() {
    return isSubmission() || this == ON_PREMISES;
  }

  /** The distinguished name of the real endpoint's certificate (facts 5.4); on premises G. */
  public String certificateSubject() {
    return switch (this) {
      case MX, CONSUMER_MX ->
          "C=US, ST=Washington, L=Redmond, O=Microsoft Corporation, CN=mail.protection.outlook.com";
      case CLIENT_SUBMISSION, LEGACY_CLIENT_SUBMISSION ->
          "C=US, ST=Washington, L=Redmond, O=Microsoft Corporation, CN=outlook.com";
      case ON_PREMISES -> "O=Contoso, CN=mail.contoso.com";
    };
  }

  /**
   * The DNS names that the certificate covers (facts 5.4; for MX inferred from what senders check,
   * on premises G).
   */
  public List<String> certificateDnsNames() {
    return switch (this) {
      case MX, CONSUMER_MX ->
          List.of(
              "mail.protection.outlook.com",
              "*.mail.protection.outlook.com",
              "*.olc.protection.outlook.com",
              "*.mx.microsoft");
      case CLIENT_SUBMISSION, LEGACY_CLIENT_SUBMISSION ->
          List.of(
              "*.clo.footprintdns.com",
              "*.hotmail.com",
              "*.internal.outlook.com",
              "*.live.com",
              "*.nrb.footprintdns.com",
              "*.office.com",
              "*.office365.com",
              "*.outlook.com",
              "*.outlook.office365.com",
              "attachment.outlook.live.net",
              "attachment.outlook.office.net",
              "attachment.outlook.officeppe.net",
              "attachments.office.net",
              "attachments-sdf.office.net",
              "ccs.login.microsoftonline.com",
              "ccs-sdf.login.microsoftonline.com",
              "hotmail.com",
              "mail.services.live.com",
              "office365.com",
              "outlook.com",
              "outlook.office.com",
              "substrate.office.com",
              "substrate-sdf.office.com");
      case ON_PREMISES -> List.of("mail.contoso.com", "autodiscover.contoso.com", "*.contoso.com");
    };
  }

  /** The domain of the front end's name in greeting and EHLO reply (facts 1.1). */
  public String greetingDomain() {
    return switch (this) {
      case MX, CONSUMER_MX -> "mail.protection.outlook.com";
      case CLIENT_SUBMISSION, LEGACY_CLIENT_SUBMISSION -> "outlook.office365.com";
      case ON_PREMISES -> "contoso.com";
    };
  }
}
