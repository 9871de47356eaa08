package io.mockexo.standalone.evidence.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.exchange.Endpoint;
import io.mockexo.fault.Drop;
import io.mockexo.fault.Fault;
import io.mockexo.fault.Stage;
import io.mockexo.journal.SmtpSession;
import io.mockexo.scenario.Scenarios;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.standalone.evidence.log.Said.Certainty;
import io.mockexo.tls.TestAuthority;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What senders say, of real sessions. */
@Timeout(120)
class SenderWordsTest {

  private static final String[] ENVELOPE = {
    "MAIL FROM:<a@client.example>", "RCPT TO:<b@contoso.com>"
  };

  @Test
  void of_a_refused_version_as_the_exchange_team_shows_it() {
    SenderWords words =
        of(
            MockExchangeOnlineServer.mx()
                .minimumTls(TlsVersion.TLS_1_2)
                .refuseOldTlsWith(TlsRefusal.FIN)
                .start(),
            talk -> talk.say("EHLO c.example").offerOldTls());
    assertThat(said(words, Said.EXCHANGE))
        .satisfiesExactly(
            log -> assertThat(log).isEqualTo("TLS negotiation failed with error SocketError"),
            queue ->
                assertThat(queue)
                    .matches(
                        Pattern.quote(
                                "[{LED=451 4.4.397 Error communicating with target host. -> 421"
                                    + " 4.4.2 Connection dropped due to SocketError};{MSG=};"
                                    + "{FQDN=<server>};{IP=127.0.0.1};{LRT=")
                            + "\\d{1,2}/\\d{1,2}/\\d{4} \\d{1,2}:\\d{2}:\\d{2} [AP]M}]"),
            ndr ->
                assertThat(ndr)
                    .contains(
                        " - Server at <server> (127.0.0.1) returned '550 5.4.300 Message expired ->"
                            + " 451 4.4.397 Error communicating with target host. -> 421 4.4.2"
                            + " Connection dropped due to SocketError'"));
    assertThat(said(words, Said.POSTFIX))
        .contains("status=deferred (Cannot start TLS: handshake failure)");
    assertThat(words.change()).isEqualTo("Enable TLS 1.2 on the sending server or device.");
    assertThat(words.unknown()).contains("RequireTLS", "smtp_tls_security_level");
    assertThat(words.said())
        .filteredOn(line -> line.software().equals(Said.EXCHANGE))
        .allMatch(line -> line.certainty() == Certainty.SEEN);
  }

  @Test
  void of_starttls_that_is_not_on_offer() {
    SenderWords words = of(scenario("starttls-stripped"), talk -> talk.say("EHLO c").quit());
    assertThat(said(words, Said.EXCHANGE))
        .containsExactly(
            "451 4.4.0 Primary target IP address responded with: \"451 5.7.3 STARTTLS is required"
                + " to send mail.\"");
    assertThat(said(words, Said.POSTFIX))
        .containsExactly(
            "status=deferred (TLS is required, but was not offered by host <server>[127.0.0.1])");
    assertThat(words.change()).contains("firewall", "blocklist");
  }

  @Test
  void of_starttls_that_is_refused() {
    SenderWords words =
        of(scenario("starttls-unavailable"), talk -> talk.say("EHLO c").say("STARTTLS").quit());
    assertThat(said(words, Said.POSTFIX))
        .containsExactly(
            "status=deferred (TLS is required, but host <server>[127.0.0.1] refused to start TLS:"
                + " 454 TLS not available due to temporary reason)");
  }

  @Test
  void of_mail_in_cleartext_whose_tls_was_hidden() {
    SenderWords words =
        of(scenario("starttls-stripped"), talk -> deliver(talk.say("EHLO c")).quit());
    assertThat(said(words, Said.POSTFIX).get(0)).startsWith("status=sent (250 2.6.0 <");
    assertThat(words.change()).startsWith("The mail went in cleartext. Look for a firewall");
  }

  @Test
  void of_a_banned_address() {
    SenderWords words =
        of(scenario("blocklisted"), talk -> talk.say("EHLO c").say(ENVELOPE).quit());
    assertThat(said(words, Said.POSTFIX))
        .allMatch(line -> line.contains("host <server>[127.0.0.1] said: 550 5.7.606 Access denied"))
        .allMatch(
            line -> line.endsWith("(in reply to RCPT TO command))") || line.endsWith(" command)"));
    assertThat(said(words, Said.POSTFIX).get(0)).startsWith("status=bounced (");
    assertThat(said(words, Said.EXIM).get(0))
        .startsWith(
            "SMTP error from remote mail server after RCPT TO:<b@contoso.com>: 550 5.7.606");
    assertThat(said(words, Said.EXCHANGE).get(1)).contains(" returned '550 5.7.606 Access denied");
    assertThat(words.change()).contains("sender.office.com");
  }

  /** Nobody has seen an NDR with each of our replies. */
  @Test
  void of_a_refusal_the_ndr_is_a_conclusion() {
    SenderWords words =
        of(scenario("blocklisted"), talk -> talk.say("EHLO c").say(ENVELOPE).quit());
    assertThat(words.said())
        .filteredOn(line -> line.software().equals(Said.EXCHANGE) && line.where().contains("NDR"))
        .singleElement()
        .matches(line -> line.certainty() == Certainty.GUESSED);
  }

  @Test
  void of_a_session_that_had_a_recipient_refused_and_a_message_delivered() {
    SenderWords words =
        of(
            MockExchangeOnlineServer.mx()
                .onEveryConnection(
                    Fault.at(Stage.RCPT).reply("550 5.1.10 RESOLVER.ADR.RecipientNotFound"))
                .start(),
            talk ->
                talk.say("EHLO c", "MAIL FROM:<a@c.example>", "RCPT TO:<no@contoso.com>")
                    .say("RCPT TO:<b@contoso.com>", "DATA")
                    .bytes("Subject: x\r\n\r\nx\r\n.\r\n")
                    .quit());
    assertThat(said(words, Said.POSTFIX))
        .anyMatch(line -> line.startsWith("status=bounced ("))
        .anyMatch(line -> line.startsWith("status=sent (250 2.6.0"));
    assertThat(words.change()).contains("Check the recipient", "The mail went in cleartext.");
  }

  @Test
  void of_a_transient_refusal() {
    SenderWords words = of(scenario("throttled"), talk -> talk.say("EHLO c").say(ENVELOPE).quit());
    assertThat(said(words, Said.POSTFIX)).hasSize(1).allMatch(l -> l.startsWith("status=deferred"));
    assertThat(said(words, Said.EXCHANGE).get(1)).startsWith("[{LED=451 4.7.500 ");
    assertThat(words.change()).contains("Send less");
    assertThat(words.unknown()).isEmpty();
  }

  @Test
  void of_a_reply_whose_codes_contradict_each_other() {
    SenderWords words =
        of(
            MockExchangeOnlineServer.clientSubmission().start(),
            talk -> talk.say("EHLO c").say("MAIL FROM:<a@client.example>").quit());
    assertThat(said(words, Said.EXCHANGE).get(0)).startsWith("451 5.7.3 STARTTLS is required");
    assertThat(words.unknown()).contains("transient", "permanent");
    assertThat(words.change()).contains("Let the sender use STARTTLS");
  }

  @Test
  void of_a_login_that_fails() {
    SenderWords words =
        of(
            scenario(
                "basic-auth-disabled",
                MockExchangeOnlineServer.clientSubmission()
                    .account("a@contoso.com", "right")
                    .start()),
            talk ->
                talk.say("EHLO c")
                    .startTls(TestAuthority.shared().trustAnchor().clientSslContext())
                    .say("EHLO c")
                    .say("AUTH LOGIN", "YUBjb250b3NvLmNvbQ==", "cmlnaHQ=")
                    .quit());
    assertThat(said(words, Said.POSTFIX).get(0))
        .startsWith(
            "status=deferred (SASL authentication failed; server <server>[127.0.0.1] said: 535"
                + " 5.7.139 ");
    assertThat(said(words, Said.EXCHANGE).get(1))
        .startsWith("451 4.4.0 Primary target IP address responded with: \"535 5.7.139 ");
    assertThat(words.said()).noneMatch(line -> line.where().contains("NDR"));
    assertThat(words.change()).contains("OAuth");
  }

  @Test
  void of_a_message_whose_acknowledgement_is_lost() {
    SenderWords words =
        of(
            MockExchangeOnlineServer.mx()
                .onEveryConnection(Fault.at(Stage.END_OF_DATA).drop(Drop.FIN))
                .start(),
            talk -> {
              talk.say("EHLO c").say(ENVELOPE).say("DATA");
              talk.untilClosed("Subject: x\r\n\r\nx\r\n.\r\n");
            });
    assertThat(said(words, Said.POSTFIX))
        .containsExactly(
            "status=deferred (lost connection with <server>[127.0.0.1] while sending end of data --"
                + " message may be sent more than once)");
    assertThat(words.change()).contains("twice", "The mail went in cleartext.");
  }

  @Test
  void of_a_server_that_never_greets() throws IOException {
    try (MockExchangeOnlineServer exchange = scenario("no-greeting")) {
      new Socket(InetAddress.getLoopbackAddress(), exchange.port()).close();
      SenderWords words = SenderWords.of(exchange.awaitSessions(1).only());
      assertThat(said(words, Said.POSTFIX))
          .containsExactly(
              "status=deferred (conversation with <server>[127.0.0.1] timed out while receiving the"
                  + " initial server greeting)");
    }
  }

  @Test
  void of_a_server_that_is_drained() {
    SenderWords words =
        of(
            MockExchangeOnlineServer.mx()
                .onEveryConnection(Fault.at(Stage.EHLO).reply("421 4.3.2 Service not active"))
                .start(),
            talk -> talk.say("EHLO c").close());
    assertThat(said(words, Said.POSTFIX))
        .containsExactly(
            "status=deferred (host <server>[127.0.0.1] refused to talk to me: 421 4.3.2 Service not"
                + " active)");
  }

  @Test
  void of_a_server_on_premises_that_exchange_online_sends_to() {
    SenderWords words =
        of(
            MockExchangeOnlineServer.builder(Endpoint.ON_PREMISES)
                .minimumTls(TlsVersion.TLS_1_2)
                .refuseOldTlsWith(TlsRefusal.FIN)
                .start(),
            talk -> talk.say("EHLO c.example").offerOldTls());
    assertThat(said(words, Said.EXCHANGE_ONLINE))
        .containsExactly(
            "450 4.4.317 Cannot connect to remote server [Message=451 4.4.0 TLS negotiation failed"
                + " with error SocketError]");
  }

  /** The same failures, of a real Postfix that requires TLS, or does not mind. */
  @ParameterizedTest
  @CsvSource({
    "FIN at ClientHello, required",
    "RST at ClientHello, required",
    "stall after the 220, required",
    "STARTTLS not offered, required",
    "454, required",
    "blocklisted, opportunistic"
  })
  void of_postfix_as_it_is_seen_by_the_matrix_of_clients(String failure, String mode)
      throws IOException {
    String seen = Matrix.ofPostfix(failure, mode);
    assertThat(said(Matrix.session(failure), Said.POSTFIX))
        .as(seen)
        .anyMatch(line -> line.matches(seen));
  }

  @Test
  void nothing_of_who_only_looked() {
    SenderWords words =
        of(MockExchangeOnlineServer.mx().start(), talk -> talk.say("EHLO c").quit());
    assertThat(words).isEqualTo(new SenderWords(List.of(), "", ""));
  }

  private static MockExchangeOnlineServer scenario(String name) {
    return scenario(name, MockExchangeOnlineServer.mx().start());
  }

  private static MockExchangeOnlineServer scenario(String name, MockExchangeOnlineServer server) {
    server.apply(Scenarios.named(name));
    return server;
  }

  private static Talk deliver(Talk talk) {
    return talk.say(ENVELOPE).say("DATA").bytes("Message-ID: <1@x>\r\n\r\nx\r\n.\r\n");
  }

  private static SenderWords of(MockExchangeOnlineServer server, Consumer<Talk> client) {
    try (MockExchangeOnlineServer exchange = server) {
      client.accept(Talk.to(exchange));
      SmtpSession session = exchange.awaitSessions(1).only();
      return SenderWords.of(session);
    }
  }

  private static List<String> said(SenderWords words, String software) {
    return words.said().stream()
        .filter(line -> line.software().equals(software))
        .map(Said::text)
        .toList();
  }
}
