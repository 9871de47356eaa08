package io.mockexo.internal.smtp;

import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.InboundConnector;
import io.mockexo.exchange.RelayRefusal;
import io.mockexo.exchange.Tenant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Facts 4 and 9. */
class ConnectorsTest {

  private static final String TLS =
      """
      C: STARTTLS
      S: 220 2.0.0 SMTP server ready
      """;

  private static ExchangeProfile tenant(UnaryOperator<Tenant.Builder> change) {
    return ExchangeProfile.builder(Endpoint.MX)
        .acceptedDomains("contoso.com", "sub.contoso.com")
        .tenant(change)
        .build();
  }

  private static ExchangeProfile with(InboundConnector connector) {
    return tenant(t -> t.connector(connector));
  }

  /** MAIL and RCPT, with what they are answered with. */
  private static String mail(String from, String to, String rcptReply) {
    return """
        C: MAIL FROM:<%s>
        S: 250 2.1.0 Sender OK
        C: RCPT TO:<%s>
        S: %s
        """
        .formatted(from, to, rcptReply);
  }

  private static String insideTls(String client) {
    return Script.HELLO_ON_MX + TLS + ">> TLS" + client + "\n" + Script.HELLO_ON_MX;
  }

  private static final String RELAYED = "250 2.1.5 Recipient OK";
  private static final String NO_CONNECTOR =
      "550 5.7.64 TenantAttribution; Relay Access Denied <E>";

  @Test
  void a_certificate_of_the_right_name_relays_and_no_other() {
    ExchangeProfile profile = with(InboundConnector.onPremises("mail.contoso.com"));
    String relay = "b@elsewhere.example";
    Script.play(
        profile,
        insideTls(" as mail.contoso.com, TRUSTED") + mail("a@contoso.com", relay, RELAYED));
    Script.play(
        profile,
        insideTls(" as other.contoso.com, TRUSTED") + mail("a@contoso.com", relay, NO_CONNECTOR));
    Script.play(profile, insideTls("") + mail("a@contoso.com", relay, NO_CONNECTOR));
    Script.play(profile, insideTls("") + mail("a@client.example", "b@contoso.com", RELAYED));
  }

  @Test
  void a_wildcard_stands_for_every_name_below() {
    ExchangeProfile profile = with(InboundConnector.onPremises("*.contoso.com"));
    Script.play(
        profile,
        insideTls(" as a.b.contoso.com, TRUSTED")
            + mail("a@contoso.com", "b@elsewhere.example", RELAYED));
    Script.play(
        profile,
        insideTls(" as contoso.com, TRUSTED")
            + mail("a@contoso.com", "b@elsewhere.example", NO_CONNECTOR));
  }

  @Test
  void the_cleartext_fallback_of_a_certificate_connector_loses_relay_and_keeps_delivery() {
    ExchangeProfile profile = with(InboundConnector.onPremises("mail.contoso.com"));
    Script.play(
        profile,
        Script.HELLO_ON_MX
            + mail("a@contoso.com", "b@elsewhere.example", "550 5.7.0 Relay Access Denied <E>"));
    Script.play(profile, Script.HELLO_ON_MX + mail("a@contoso.com", "b@contoso.com", RELAYED));
    Script.play(
        profile.toBuilder()
            .tenant(t -> t.cleartextRelayRefusal(RelayRefusal.TENANT_ATTRIBUTION_5_7_64))
            .build(),
        Script.HELLO_ON_MX + mail("a@contoso.com", "b@elsewhere.example", NO_CONNECTOR));
  }

  @Test
  void an_address_relays_in_cleartext_too() {
    Script.play(
        with(InboundConnector.onPremisesFrom("192.0.2.0/24")),
        Script.HELLO_ON_MX + mail("a@contoso.com", "b@elsewhere.example", RELAYED));
    Script.play(
        with(InboundConnector.onPremisesFrom("198.51.100.0/24")),
        Script.HELLO_ON_MX + mail("a@contoso.com", "b@elsewhere.example", NO_CONNECTOR));
  }

  @Test
  void sender_or_certificate_must_be_of_an_accepted_domain() {
    ExchangeProfile profile = with(InboundConnector.onPremises("*.fabrikam.com"));
    Script.play(
        profile,
        insideTls(" as mail.fabrikam.com, TRUSTED")
            + mail(
                "a@fabrikam.com",
                "b@elsewhere.example",
                "550 5.7.64 Relay Access Denied ATTR36. For more details please refer to:"
                    + " https://support.microsoft.com/kb/3169958 <E>"));
    Script.play(
        with(InboundConnector.onPremises("host.sub.contoso.com")),
        insideTls(" as host.sub.contoso.com, TRUSTED")
            + mail("a@fabrikam.com", "b@elsewhere.example", RELAYED));
    Script.play(
        with(InboundConnector.onPremises("contoso.com")),
        insideTls(" as contoso.com, TRUSTED")
            + mail("a@fabrikam.com", "b@elsewhere.example", RELAYED));
  }

  @Test
  void a_chain_with_something_wrong_is_told_where_the_certificate_counts() {
    ExchangeProfile profile = with(InboundConnector.onPremises("mail.contoso.com"));
    Script.play(
        profile,
        insideTls(" as mail.contoso.com, UNTRUSTED_ROOT")
            + """
            C: MAIL FROM:<a@contoso.com>
            S: 454 4.7.0 Failed to establish appropriate TLS channel: UntrustedRoot: Access Denied <E>
            -- REFUSED 454, from <a@contoso.com> to [], 0 bytes
            """);
    Script.play(
        profile,
        insideTls(" as other.example, UNTRUSTED_ROOT")
            + mail("a@client.example", "b@contoso.com", RELAYED));
  }

  @Test
  void a_partner_is_asked_for_tls() {
    Script.play(
        with(InboundConnector.partner("partner.example")),
        Script.HELLO_ON_MX
            + """
            C: MAIL FROM:<a@Partner.example>
            S: 530 5.7.0 Must issue a STARTTLS command first <E>
            -- REFUSED 530, from <a@Partner.example> to [], 0 bytes
            """
            + mail("a@client.example", "b@contoso.com", RELAYED));
    Script.play(
        with(InboundConnector.partner("partner.example").withRequireTls(false)),
        Script.HELLO_ON_MX + mail("a@partner.example", "b@contoso.com", RELAYED));
  }

  private static final String RESTRICTED =
      "550 5.7.51 TenantInboundAttribution; There is a partner connector configured that matched the"
          + " message's recipient domain. The connector had either the RestrictDomainsToIPAddresses"
          + " or RestrictDomainsToCertificate set <E>";

  @Test
  void a_partner_is_restricted_to_its_certificate() {
    ExchangeProfile profile =
        with(
            InboundConnector.partner("partner.example")
                .restrictedToCertificate("*.partner.example"));
    Script.play(profile, insideTls("") + mail("a@partner.example", "b@contoso.com", RESTRICTED));
    Script.play(
        profile,
        insideTls(" as mx.partner.example, TRUSTED")
            + mail("a@partner.example", "b@contoso.com", RELAYED));
  }

  @Test
  void a_partner_is_restricted_to_its_addresses() {
    InboundConnector partner = InboundConnector.partner("partner.example");
    Script.play(
        with(partner.restrictedToAddresses("198.51.100.0/24")),
        insideTls("") + mail("a@partner.example", "b@contoso.com", RESTRICTED));
    Script.play(
        with(partner.restrictedToAddresses("192.0.2.1")),
        insideTls("") + mail("a@partner.example", "b@contoso.com", RELAYED));
  }

  @Test
  void direct_send_is_refused_unless_a_connector_matches() {
    UnaryOperator<Tenant.Builder> rejecting = t -> t.rejectDirectSend(true);
    String refused =
        "550 5.7.68 TenantInboundAttribution; Direct Send not allowed for this organization from"
            + " unauthorized sources <E>";
    Script.play(
        tenant(rejecting), Script.HELLO_ON_MX + mail("a@contoso.com", "b@contoso.com", refused));
    Script.play(
        tenant(rejecting), Script.HELLO_ON_MX + mail("a@client.example", "b@contoso.com", RELAYED));
    Script.play(
        tenant(
            t ->
                t.rejectDirectSend(true)
                    .connectors(List.of(InboundConnector.onPremisesFrom("192.0.2.1")))),
        Script.HELLO_ON_MX + mail("a@contoso.com", "b@contoso.com", RELAYED));
    InboundConnector partner =
        InboundConnector.partner().withRequireTls(false).restrictedToAddresses("192.0.2.1");
    Script.play(
        tenant(t -> t.rejectDirectSend(true).connectors(List.of(partner))),
        Script.HELLO_ON_MX + mail("a@contoso.com", "b@contoso.com", RELAYED));
  }

  @Test
  void recipients_of_one_domain_are_counted_by_themselves() {
    Script.play(
        Profiles.MX.toBuilder().maxRecipientsPerDomain(1).build(),
        Script.HELLO_ON_MX
            + mail("a@client.example", "b@contoso.com", RELAYED)
            + """
            C: RCPT TO:<c@CONTOSO.com>
            S: 452 4.5.3 Too many recipients <E>
            C: RCPT TO:<b@fabrikam.com>
            S: 250 2.1.5 Recipient OK
            """);
  }

  @Test
  void nobody_takes_the_name_of_the_server() {
    Script.play(
        Profiles.MX,
        """
        C: EHLO am6pepf0001a2b3.mail.protection.outlook.com
        S: 550 5.7.506 Access Denied, Bad HELO <E>
        C: MAIL FROM:<a@client.example>
        S: 503 5.5.2 Send hello first <E>
        -- REFUSED 503, from <a@client.example> to [], 0 bytes
        """);
  }
}
