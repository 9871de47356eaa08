package io.mockexo.scenario;

import static io.mockexo.exchange.Endpoint.MX;
import static io.mockexo.scenario.Conduct.Outcome.DELIVERED_OVER_TLS;
import static io.mockexo.scenario.Conduct.Outcome.NOT_DELIVERED;
import static io.mockexo.scenario.TlsScenarios.KEEPS_TRYING;

import io.mockexo.exchange.InboundConnector;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import java.util.List;

/** The tenant's connectors and settings decide what becomes of the mail. */
final class ConnectorScenarios {

  private static final String DOMAIN = "contoso.com";
  private static final String STOPS = "is refused, and returns the message to its sender";

  private ConnectorScenarios() {}

  static List<Scenario> all() {
    return List.of(
        relayLost(), partnerRequiresTls(), partnerRestricted(), directSend(), unknownRecipient());
  }

  /** Facts 4 and 9. */
  private static Scenario relayLost() {
    return Scenario.builder(
            "certificate-connector-fallback",
            "A relay known by its certificate falls back to cleartext, and may relay no more")
        .at(MX)
        .seenAs(
            "550 5.7.0 Relay Access Denied",
            "mail to own mailboxes arrives, and mail to others is returned")
        .because(
            "The connector knows the server by the certificate that it shows in TLS. Without TLS it is"
                + " anybody: hosted mailboxes take its mail, others do not.")
        .rules(
            profile ->
                profile
                    .tls(tls -> tls.minimumTls(TlsVersion.TLS_1_2).refuseOldTlsWith(TlsRefusal.FIN))
                    .tenant(
                        tenant ->
                            tenant
                                .acceptedDomains(List.of(DOMAIN))
                                .connectors(
                                    List.of(InboundConnector.onPremises("mail." + DOMAIN)))))
        .opportunistic(NOT_DELIVERED, "falls back to cleartext, is refused with 550, and bounces")
        .requiringTls(NOT_DELIVERED, KEEPS_TRYING)
        .remedy("Enable TLS 1.2 on the relay, and do not let it fall back.")
        .source("Exchange team blog, January 2021")
        .build();
  }

  /** Facts 3.1 and 9. */
  private static Scenario partnerRequiresTls() {
    String usesTls = "uses STARTTLS, which is on offer";
    return Scenario.builder(
            "partner-requires-tls", "A partner connector takes mail inside TLS only")
        .at(MX)
        .seenAs(
            "530 5.7.0 Must issue a STARTTLS command first",
            "451 5.7.3 Must issue a STARTTLS command first")
        .because("The recipient's tenant has a partner connector with RequireTls for this sender.")
        .rules(
            profile ->
                profile.tenant(tenant -> tenant.connectors(List.of(InboundConnector.partner()))))
        .opportunistic(DELIVERED_OVER_TLS, usesTls)
        .requiringTls(DELIVERED_OVER_TLS, usesTls)
        .remedy("Switch STARTTLS on at the sender.")
        .source("Troubleshooting TLS SMTP connections to Exchange Online Protection, 2014")
        .build();
  }

  /** Facts 4. */
  private static Scenario partnerRestricted() {
    return Scenario.builder(
            "partner-restricts-certificate",
            "A partner connector asks for a certificate of its own")
        .at(MX)
        .seenAs("550 5.7.51 TenantInboundAttribution; There is a partner connector configured")
        .because(
            "The recipient's tenant takes mail of this sender with the sender's certificate alone,"
                + " and the sender shows none, or another one.")
        .rules(
            profile ->
                profile.tenant(
                    tenant ->
                        tenant.connectors(
                            List.of(
                                InboundConnector.partner()
                                    .restrictedToCertificate("mail.fabrikam.com")))))
        .opportunistic(NOT_DELIVERED, STOPS)
        .requiringTls(NOT_DELIVERED, STOPS)
        .remedy("Show the certificate that the partner expects, or agree on another restriction.")
        .source("Microsoft's list of NDR codes, 550 5.7.51")
        .build();
  }

  /** Facts 4. */
  private static Scenario directSend() {
    return Scenario.builder(
            "direct-send-rejected", "A device sends as the tenant, without a connector")
        .at(MX)
        .seenAs("550 5.7.68 TenantInboundAttribution; Direct Send not allowed")
        .because(
            "Mail whose sender is of the tenant's own domain comes from outside, and the tenant has"
                + " RejectDirectSend set.")
        .rules(
            profile ->
                profile.tenant(
                    tenant -> tenant.acceptedDomains(List.of(DOMAIN)).rejectDirectSend(true)))
        .opportunistic(NOT_DELIVERED, STOPS)
        .requiringTls(NOT_DELIVERED, STOPS)
        .remedy("Give the device a connector, or let it log in at smtp.office365.com.")
        .source("Exchange team blog on Direct Send, 2025")
        .build();
  }

  /** Facts 4. */
  private static Scenario unknownRecipient() {
    return Scenario.builder("unknown-recipient", "The edge knows that there is no such mailbox")
        .at(MX)
        .seenAs("550 5.4.1 Recipient address rejected: Access denied.")
        .because("Directory-based edge blocking refuses whom the tenant does not know, at RCPT.")
        .rules(
            profile ->
                profile.tenant(
                    tenant ->
                        tenant
                            .acceptedDomains(List.of(DOMAIN))
                            .knownRecipients(List.of("postmaster@" + DOMAIN))))
        .opportunistic(NOT_DELIVERED, STOPS)
        .requiringTls(NOT_DELIVERED, STOPS)
        .remedy("Correct the address; in a hybrid tenant, see that the mailbox is synchronized.")
        .source("Transcripts of mail.protection.outlook.com, 2019 to 2025")
        .build();
  }
}
