package io.mockexo.exchange;

import java.util.List;

/**
 * An endpoint of Exchange Online.
 *
 * @since 0.1
 */
public enum Endpoint {
  /**
   * {@code <tenant>.mail.protection.outlook.com}, port 25: takes mail for the tenant from anyone,
   * opportunistic TLS, no AUTH.
   */
  MX("mail.protection.outlook.com"),
  /** {@code smtp.office365.com}, port 587: TLS is forced, AUTH is required. */
  CLIENT_SUBMISSION("outlook.office365.com");

  private final String greetingDomain;

  Endpoint(String greetingDomain) {
    this.greetingDomain = greetingDomain;
  }

  /** The distinguished name of the real endpoint's certificate (facts 5.4). */
  public String certificateSubject() {
    String commonName = this == MX ? "mail.protection.outlook.com" : "outlook.com";
    return "C=US, ST=Washington, L=Redmond, O=Microsoft Corporation, CN=" + commonName;
  }

  /**
   * The DNS names that the certificate covers (facts 5.4; for MX inferred from what senders check).
   */
  public List<String> certificateDnsNames() {
    return switch (this) {
      case MX ->
          List.of(
              "mail.protection.outlook.com",
              "*.mail.protection.outlook.com",
              "*.olc.protection.outlook.com",
              "*.mx.microsoft");
      case CLIENT_SUBMISSION ->
          List.of(
              "outlook.com",
              "*.outlook.com",
              "*.office365.com",
              "*.outlook.office365.com",
              "outlook.office.com",
              "office365.com",
              "hotmail.com",
              "*.hotmail.com",
              "*.live.com");
    };
  }

  /** The domain of the front end's name in greeting and EHLO reply (facts 1.1). */
  public String greetingDomain() {
    return greetingDomain;
  }
}
