package io.mockexo.scenario;

import static io.mockexo.exchange.Endpoint.CLIENT_SUBMISSION;
import static io.mockexo.exchange.Endpoint.MX;
import static io.mockexo.scenario.Conduct.Outcome.DELIVERED_OVER_TLS;
import static io.mockexo.scenario.Conduct.Outcome.NOT_DELIVERED;

import io.mockexo.tls.CertificateFlaw;
import java.util.List;

/** TLS could be, and the certificate is not to be believed. */
final class CertificateScenarios {

  private static final String DOES_NOT_LOOK =
      "does not check the certificate, and sends inside TLS";
  private static final String CHECKS =
      "checks the certificate, keeps the message and tries again later";

  private CertificateScenarios() {}

  static List<Scenario> all() {
    return List.of(expired(), wrongHost(), revocationListUnreachable(), rootChanged());
  }

  /** Facts 6.3. */
  private static Scenario expired() {
    return certificate(
            "certificate-expired", "The certificate has expired", CertificateFlaw.EXPIRED)
        .seenAs(
            "[Message=CertificateExpired]",
            "certificate verify failed: certificate has expired",
            "Server certificate not verified")
        .because("Somebody between the sender and the service, or a test system, did not renew it.")
        .remedy("Look at whose certificate it is: the service's own is renewed long before.")
        .source(
            "Wordings of connector failures in NDRs of Exchange Online; RFC 5280, section 6.1.3")
        .build();
  }

  /** Facts 6.3 and 9. */
  private static Scenario wrongHost() {
    return certificate(
            "certificate-wrong-host",
            "The names in the certificate are not the host's",
            CertificateFlaw.WRONG_HOST)
        .seenAs(
            "[Message=SubjectMismatch Expected Subject: mail.protection.outlook.com.",
            "Hostname mismatch, certificate is not valid for",
            "Server certificate not verified")
        .because(
            "The sender was led to another host than it meant, or expects a name that the service"
                + " does not have: a TlsDomain that was typed by hand, for example.")
        .remedy("Set TlsDomain of the connector to mail.protection.outlook.com.")
        .source("Troubleshooting TLS SMTP connections to Exchange Online Protection, 2014")
        .build();
  }

  /** The second of the articles. */
  private static Scenario revocationListUnreachable() {
    return certificate(
            "revocation-list-unreachable",
            "The certificate is good, and its revocation list cannot be had",
            CertificateFlaw.REVOCATION_UNREACHABLE)
        .seenAs(
            "450 4.7.320 Certificate validation failed",
            "unable to get certificate CRL",
            "Unable to determine revocation status due to network error")
        .because(
            "The sender checks revocation, and its firewall lets it not reach the address of the list"
                + " over HTTP.")
        .remedy("Let the sending server reach the revocation lists of the CA, on port 80.")
        .source("Troubleshooting TLS SMTP connections to Exchange Online Protection, 2014")
        .build();
  }

  /** Facts 5.4, and 12 item 7. */
  private static Scenario rootChanged() {
    return certificate(
            "root-certificate-changed",
            "The service's certificate comes of a root that the sender does not know",
            CertificateFlaw.UNKNOWN_ROOT)
        .seenAs(
            "unable to get local issuer certificate",
            "unable to find valid certification path to requested target",
            "[Message=UntrustedRoot]")
        .because(
            "The service moves to another root certificate, or the sender's list of roots lost the"
                + " one that the service still uses. What the mock shows is of an unknown CA.")
        .remedy("Have both DigiCert Global Root CA and G2 among the sender's trusted roots.")
        .source("Announcement MC1224565, 2026, and reports of clients that dropped the old root")
        .build();
  }

  private static Scenario.Builder certificate(String name, String title, CertificateFlaw flaw) {
    return Scenario.builder(name, title)
        .at(MX, CLIENT_SUBMISSION)
        .rules(profile -> profile.tls(tls -> tls.certificateFlaw(flaw)))
        .opportunistic(DELIVERED_OVER_TLS, DOES_NOT_LOOK)
        .requiringTls(NOT_DELIVERED, CHECKS);
  }
}
