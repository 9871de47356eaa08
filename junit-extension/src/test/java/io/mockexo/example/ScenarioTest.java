package io.mockexo.example;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.example.QueuedMailer.Manners.sound;
import static io.mockexo.example.QueuedMailer.Manners.unsound;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.fault.Effect;
import io.mockexo.fault.ScriptedFault;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import io.mockexo.scenario.Conduct;
import io.mockexo.scenario.Conduct.Outcome;
import io.mockexo.scenario.Scenario;
import io.mockexo.scenario.Scenarios;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.server.MockExchangeOnlineServerBuilder;
import io.mockexo.tls.TlsVersion;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** In each scenario of the catalogue a mailer comes to what the catalogue says. */
class ScenarioTest {

  private static final String USER = "app@contoso.com";
  private static final String PASSWORD = "s3cret";

  /** All but those in which somebody waits for seconds. */
  static Stream<Arguments> scenarios() {
    return Scenarios.all().stream()
        .filter(scenario -> scenario.script().faults().stream().noneMatch(ScenarioTest::isSlow))
        .flatMap(
            scenario ->
                scenario.endpoints().stream().map(endpoint -> Arguments.of(scenario, endpoint)));
  }

  private static boolean isSlow(ScriptedFault scripted) {
    Effect effect = scripted.fault().effect();
    return effect instanceof Effect.Stall
        || (effect instanceof Effect.Delay delay && delay.time().compareTo(ofSeconds(1)) > 0);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void a_mailer_that_requires_tls(Scenario scenario, Endpoint endpoint) throws Exception {
    Sessions sessions = send(scenario, endpoint, sound());

    assertThat(sessions).neverSentMailInCleartext().neverSentCredentialsInCleartext();
    assertThat(outcome(sessions)).isEqualTo(scenario.tlsRequiringClient().outcome());
  }

  /** Client submission takes no mail in cleartext, so that a fallback is of no use there. */
  @ParameterizedTest
  @MethodSource("scenarios")
  void a_mailer_that_falls_back(Scenario scenario, Endpoint endpoint) throws Exception {
    Conduct expected = scenario.opportunisticClient();

    Sessions sessions = send(scenario, endpoint, unsound());

    boolean inVain =
        endpoint == Endpoint.CLIENT_SUBMISSION
            && expected.outcome() == Outcome.DELIVERED_IN_CLEARTEXT;
    assertThat(outcome(sessions)).isEqualTo(inVain ? Outcome.NOT_DELIVERED : expected.outcome());
  }

  private static Sessions send(Scenario scenario, Endpoint endpoint, QueuedMailer.Manners manners)
      throws Exception {
    try (MockExchangeOnlineServer exchange = server(endpoint).start()) {
      exchange.apply(scenario);
      QueuedMailer mailer = new QueuedMailer(exchange.jakartaMailProperties(), manners);
      if (endpoint == Endpoint.CLIENT_SUBMISSION) {
        mailer.loggingInAs(USER, PASSWORD);
      }
      limit(mailer, scenario, exchange);
      boolean certificate = exchange.profile().tls().certificateFlaw() != null;
      if (certificate && !manners.requiresTls()) {
        mailer.trustingAnybody();
      } else if (certificate) {
        mailer.checkingRevocation(exchange.trustStore());
      }
      boolean relays = scenario.name().equals("certificate-connector-fallback");
      mailer.send("hello", relays ? "carol@fabrikam.com" : "alice@contoso.com");
      return exchange.awaitQuiet(ofMillis(100));
    }
  }

  private static MockExchangeOnlineServerBuilder server(Endpoint endpoint) {
    return MockExchangeOnlineServer.builder(
        endpoint == Endpoint.MX
            ? ExchangeProfile.builder(endpoint).build()
            : ExchangeProfile.builder(endpoint).account(USER, PASSWORD).build());
  }

  /** Makes the mailer what the scenario is about. */
  private static void limit(
      QueuedMailer mailer, Scenario scenario, MockExchangeOnlineServer exchange) {
    if (scenario.name().contains("old-tls") || scenario.name().endsWith("-fallback")) {
      // A JDK of today has no TLS 1.1 to offer: the floor is raised instead.
      exchange.updateProfile(profile -> profile.tls(tls -> tls.minimumTls(TlsVersion.TLS_1_3)));
      mailer.with("ssl.protocols", "TLSv1.2");
    } else if (scenario.name().equals("direct-send-rejected")) {
      mailer.with("from", USER);
    } else if (scenario.name().equals("cipher-mismatch")) {
      mailer.with("ssl.ciphersuites", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
    }
  }

  private static Outcome outcome(Sessions sessions) {
    if (sessions.deliveredMessages().isEmpty()) {
      return Outcome.NOT_DELIVERED;
    }
    boolean inside = sessions.stream().noneMatch(ScenarioTest::deliveredInCleartext);
    return inside ? Outcome.DELIVERED_OVER_TLS : Outcome.DELIVERED_IN_CLEARTEXT;
  }

  private static boolean deliveredInCleartext(SmtpSession session) {
    return session.deliveredMessages().stream().anyMatch(message -> !message.insideTls());
  }
}
