package io.mockexo.client;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.Middlebox;
import io.mockexo.fault.Effect;
import io.mockexo.fault.Fault;
import io.mockexo.fault.FaultScript;
import io.mockexo.fault.ScriptedFault;
import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import io.mockexo.scenario.Conduct;
import io.mockexo.scenario.Conduct.Outcome;
import io.mockexo.scenario.Scenario;
import io.mockexo.scenario.Scenarios;
import io.mockexo.server.MockExchangeOnlineServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Postfix comes to what the catalogue says, whatever interferes between it and Exchange Online:
 * one that uses TLS where it can, and one that must.
 */
class PostfixScenariosTest {

  /** What each is called in the log of a Postfix that must use TLS. */
  private static final Map<String, String> LOGGED =
      Map.ofEntries(
          Map.entry("greeting-masked", "status=sent (250 2.6.0 <"),
          Map.entry("starttls-masked", "TLS is required, but was not offered by host"),
          Map.entry("starttls-stripped", "TLS is required, but was not offered by host"),
          Map.entry("ehlo-blocked", "TLS is required, but was not offered by host"),
          Map.entry("starttls-unknown", "refused to start TLS: 500 Command unrecognized"),
          Map.entry("starttls-unavailable", "refused to start TLS: 454 TLS not available"),
          Map.entry("starttls-silence", "Cannot start TLS: handshake failure"),
          Map.entry("starttls-garbage", "Cannot start TLS: handshake failure"),
          Map.entry("handshake-timed-out", "Cannot start TLS: handshake failure"),
          Map.entry("handshake-timed-out-after-certificate", "Cannot start TLS: handshake failure"),
          Map.entry("handshake-reset", "Cannot start TLS: handshake failure"),
          Map.entry("no-greeting", "timed out while receiving the initial server greeting"));

  /** What takes 19 seconds to be reset takes less here, and Postfix waits less. */
  private static final Duration UNTIL_RESET = Duration.ofMillis(300);

  private static final String[] PATIENCE = {
    "smtp_helo_timeout = 8s", "smtp_starttls_timeout = 8s", "smtp_pix_workarounds ="
  };

  @Test
  void one_that_uses_tls_where_it_can() {
    run("may", Scenario::opportunisticClient);
  }

  @Test
  void one_that_must_use_tls() {
    Map<String, String> logs = run("encrypt", Scenario::tlsRequiringClient);

    assertThat(logs.keySet()).containsExactlyInAnyOrderElementsOf(LOGGED.keySet());
    assertThat(logs).allSatisfy((name, log) -> assertThat(log).as(name).contains(LOGGED.get(name)));
  }

  /** Where it sees a masked greeting it avoids EHLO, unless it is told not to. */
  @Test
  void one_with_its_workarounds_for_firewalls_does_not_even_ask_for_tls() {
    try (MockExchangeOnlineServer exchange =
            MockExchangeOnlineServer.mx().middleboxes(Middlebox.MASKS_GREETING).start();
        Postfix postfix =
            Postfix.start(
                exchange.port(),
                "smtp_tls_security_level = may",
                "smtp_pix_workaround_threshold_time = 0s")) {
      postfix.submit("app@sender.example", "alice@contoso.com", "Subject: hi\n\nhello\n");

      assertThat(postfix.awaitStatus("alice@contoso.com")).contains("status=sent");
      assertThat(postfix.log())
          .contains("enabling PIX workarounds: disable_esmtp delay_dotcrlf for 127.0.0.1");
      SmtpSession session = exchange.awaitSessions(1).only();
      assertThat(session.transcript()).contains("C: HELO sender.example");
      assertThat(session.sentMailInCleartext()).isTrue();
    }
  }

  /** Only who checks the certificate notices who has issued it. */
  @Test
  void behind_tls_inspection_one_that_checks_certificates_sends_nothing(@TempDir Path folder)
      throws Exception {
    Scenario inspection = Scenarios.named("tls-inspection");
    try (MockExchangeOnlineServer checked = start(inspection);
        MockExchangeOnlineServer unchecked = start(inspection)) {
      Path ca = Files.writeString(folder.resolve("ca.pem"), checked.caPem());
      try (Postfix postfix =
          Postfix.start(
              checked.port(),
              "smtp_tls_security_level = secure",
              "smtp_tls_secure_cert_match = localhost",
              "smtp_tls_CAfile = " + ca)) {
        postfix.submit("app@sender.example", "alice@contoso.com", "Subject: hi\n\nhello\n");

        assertThat(postfix.awaitStatus("alice@contoso.com"))
            .contains("status=deferred (Server certificate not verified)");
        assertThat(postfix.log())
            .contains(
                "untrusted issuer /O=Mock TLS Inspection Firewall/CN=Mock TLS Inspection Root CA");
        assertThat(checked.awaitSessions(1).first().deliveredMessages()).isEmpty();
        assertThat(checked.sessions().first().sentMailInCleartext()).isFalse();

        checked.reset();
        assertThat(checked.awaitMessages(1, ofSeconds(60)).deliveredMessages())
            .as("it is the issuer, and nothing else, that it did not like")
            .singleElement()
            .matches(MailTransaction::insideTls);
      }
      try (Postfix postfix =
          Postfix.start(
              unchecked.port(), "smtp_tls_security_level = may", "smtp_tls_CAfile = " + ca)) {
        postfix.submit("app@sender.example", "alice@contoso.com", "Subject: hi\n\nhello\n");

        assertThat(unchecked.awaitMessages(1).deliveredMessages())
            .singleElement()
            .matches(MailTransaction::insideTls);
        assertThat(postfix.awaitStatus("alice@contoso.com")).contains("status=sent");
      }
    }
  }

  /** Returns what was logged of the first try in each scenario. */
  private static Map<String, String> run(String level, Function<Scenario, Conduct> conduct) {
    Map<Scenario, MockExchangeOnlineServer> servers = new LinkedHashMap<>();
    try {
      scenarios().forEach(scenario -> servers.put(scenario, start(scenario)));
      try (Postfix postfix = Postfix.start(0, settings(level, servers))) {
        servers.forEach((scenario, exchange) -> submit(postfix, scenario));
        servers.forEach(
            (scenario, exchange) -> assertOutcome(scenario, conduct.apply(scenario), exchange));
        return servers.keySet().stream()
            .collect(
                Collectors.toMap(
                    Scenario::name, scenario -> postfix.awaitStatus(recipient(scenario))));
      }
    } finally {
      servers.values().forEach(MockExchangeOnlineServer::close);
    }
  }

  /** Those between the sender and Exchange Online: all that need no client of a special kind. */
  private static Stream<Scenario> scenarios() {
    return Scenarios.all().stream().filter(scenario -> LOGGED.containsKey(scenario.name()));
  }

  private static MockExchangeOnlineServer start(Scenario scenario) {
    MockExchangeOnlineServer exchange = MockExchangeOnlineServer.builder(Endpoint.MX).start();
    exchange.apply(scenario);
    exchange.replaceScript(
        new FaultScript(
            scenario.script().faults().stream().map(PostfixScenariosTest::shortened).toList()));
    return exchange;
  }

  private static ScriptedFault shortened(ScriptedFault scripted) {
    Fault fault = scripted.fault();
    return fault.effect() instanceof Effect.Delay
        ? new ScriptedFault(scripted.on(), Fault.at(fault.stage()).delay(UNTIL_RESET))
        : scripted;
  }

  private static String domain(Scenario scenario) {
    return scenario.name() + ".example";
  }

  private static String recipient(Scenario scenario) {
    return "alice@" + domain(scenario);
  }

  private static String[] settings(String level, Map<Scenario, MockExchangeOnlineServer> servers) {
    String transports =
        servers.entrySet().stream()
            .map(
                entry ->
                    "{%s = smtp:[127.0.0.1]:%d}"
                        .formatted(domain(entry.getKey()), entry.getValue().port()))
            .collect(Collectors.joining(", "));
    return Stream.concat(
            Stream.of(PATIENCE),
            Stream.of(
                "smtp_tls_security_level = " + level,
                "transport_maps = inline:{ %s }".formatted(transports)))
        .toArray(String[]::new);
  }

  private static void submit(Postfix postfix, Scenario scenario) {
    postfix.submit("app@sender.example", recipient(scenario), "Subject: hi\n\nhello\n");
  }

  private static void assertOutcome(
      Scenario scenario, Conduct expected, MockExchangeOnlineServer exchange) {
    if (expected.outcome() == Outcome.NOT_DELIVERED) {
      Sessions sessions = exchange.awaitSessions(1, ofSeconds(60));
      assertThat(sessions.deliveredMessages()).as(scenario.name()).isEmpty();
      assertThat(sessions.stream().filter(SmtpSession::sentMailInCleartext))
          .as(scenario.name())
          .isEmpty();
    } else {
      Sessions sessions = exchange.awaitMessages(1, ofSeconds(60));
      assertThat(sessions.deliveredMessages())
          .as(scenario.name())
          .singleElement()
          .satisfies(
              message ->
                  assertThat(message.insideTls())
                      .isEqualTo(expected.outcome() == Outcome.DELIVERED_OVER_TLS));
    }
  }
}
