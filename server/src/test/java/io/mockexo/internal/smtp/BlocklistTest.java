package io.mockexo.internal.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.exchange.BlocklistKind;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import org.junit.jupiter.api.Test;

/** Facts 4. */
class BlocklistTest {

  private static final String AGENT =
      "[Name=Protocol Filter Agent][AGT=PFA][MxId=11BE8A01A0B45E1B]";

  private static ExchangeProfile listed(Endpoint endpoint, BlocklistKind kind) {
    return ExchangeProfile.builder(endpoint)
        .blockClients("192.0.2.0/24")
        .blocklistKind(kind)
        .acceptedDomains("contoso.com", "fabrikam.com")
        .build();
  }

  private static void refusedAtRcpt(ExchangeProfile profile, String reply) {
    Script.play(
        profile,
        Script.HELLO_ON_MX
            + """
            C: MAIL FROM:<a@client.example>
            S: 250 2.1.0 Sender OK
            C: RCPT TO:<b@fabrikam.com>
            S: %s <E>
            """
                .formatted(reply));
  }

  @Test
  void microsoft_has_a_range_of_codes() {
    refusedAtRcpt(
        listed(Endpoint.MX, BlocklistKind.MICROSOFT).toBuilder().blocklistCode(649).build(),
        "550 5.7.649 Access denied, banned sending IP [192.0.2.1]. To request removal from this"
            + " list please visit https://sender.office.com/ and follow the directions. For more"
            + " information please go to  http://go.microsoft.com/fwlink/?LinkID=526655"
            + " (AS16012609)");
  }

  @Test
  void banned_sender() {
    refusedAtRcpt(
        listed(Endpoint.MX, BlocklistKind.BANNED_SENDER),
        "550 5.7.511 Access denied, banned sender[192.0.2.1]. To request removal from this list"
            + " please forward this message to delist@microsoft.com.");
  }

  @Test
  void spamhaus_on_mx() {
    refusedAtRcpt(
        listed(Endpoint.MX, BlocklistKind.SPAMHAUS),
        "550 5.7.1 Service unavailable, Client host [192.0.2.1] blocked using Spamhaus. To request"
            + " removal from this list see https://www.spamhaus.org/query/ip/192.0.2.1 AS(1450)");
  }

  @Test
  void the_customers_own() {
    refusedAtRcpt(
        listed(Endpoint.MX, BlocklistKind.CUSTOMER),
        "550 5.7.513 Service unavailable, Client host [192.0.2.1] blocked by fabrikam.com using"
            + " Customer Block list (AS16012607)");
  }

  @Test
  void spamhaus_on_the_consumer_mx_at_mail_and_the_connection_ends() {
    Script.play(
        listed(Endpoint.CONSUMER_MX, BlocklistKind.SPAMHAUS),
        Script.HELLO_ON_MX
            + """
            C: MAIL FROM:<a@client.example>
            S: 550 5.7.1 Service unavailable, Client host [192.0.2.1] blocked using Spamhaus. To request removal from this list see https://www.spamhaus.org/query/ip/192.0.2.1 (AS3130). %s <E>
            -- REFUSED 550, from <a@client.example> to [], 0 bytes
            -- closed
            """
                .formatted(AGENT));
  }

  @Test
  void a_network_is_told_at_mail() {
    Script.play(
        listed(Endpoint.CONSUMER_MX, BlocklistKind.NETWORK),
        Script.HELLO_ON_MX
            + """
            C: MAIL FROM:<a@client.example>
            S: 550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3150). You can also refer your provider to http://mail.live.com/mail/troubleshooting.aspx#errors. %s <E>
            -- REFUSED 550, from <a@client.example> to [], 0 bytes
            """
                .formatted(AGENT));
  }

  @Test
  void only_microsofts_hides_starttls_unless_told_otherwise() {
    String offered =
        Script.HELLO_ON_MX
            + """
            C: STARTTLS
            S: 220 2.0.0 SMTP server ready
            """;
    for (BlocklistKind kind : BlocklistKind.values()) {
      if (kind != BlocklistKind.MICROSOFT) {
        Script.play(listed(Endpoint.MX, kind), offered);
      }
    }
    String hidden =
        Script.HELLO_ON_MX
            + """
            C: STARTTLS
            S: 500 5.3.3 Unrecognized command 'Length: 8' <E>
            """;
    Script.play(listed(Endpoint.MX, BlocklistKind.MICROSOFT), hidden);
    Script.play(
        listed(Endpoint.MX, BlocklistKind.SPAMHAUS).toBuilder()
            .hideStartTlsFromBlocked(true)
            .build(),
        hidden);
  }

  /** A transcript of 2025 has it on offer there. */
  @Test
  void the_consumer_mx_offers_starttls_to_everybody() {
    assertThat(listed(Endpoint.MX, BlocklistKind.MICROSOFT).blocklist().hidesStartTls()).isTrue();
    assertThat(listed(Endpoint.CONSUMER_MX, BlocklistKind.MICROSOFT).blocklist().hidesStartTls())
        .isFalse();
  }
}
