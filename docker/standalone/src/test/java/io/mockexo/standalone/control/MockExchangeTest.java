package io.mockexo.standalone.control;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mockexo.client.wire.ProfileSettings;
import io.mockexo.exchange.AccessTokenSpec;
import io.mockexo.exchange.Account;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.TokenFlaw;
import io.mockexo.fault.Connections;
import io.mockexo.fault.Drop;
import io.mockexo.fault.Fault;
import io.mockexo.fault.ScriptedFault;
import io.mockexo.fault.Stage;
import io.mockexo.journal.AwaitTimeoutError;
import io.mockexo.journal.MessageContent;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import io.mockexo.scenario.Scenarios;
import io.mockexo.server.MockExchange;
import io.mockexo.standalone.control.Side.Exchanges;
import io.mockexo.tls.TlsVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An exchange is the same for whoever uses it, wherever it runs. */
@Timeout(120)
class MockExchangeTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Fault RST_AT_MAIL = Fault.at(Stage.MAIL).drop(Drop.RST);

  private static void deliver(MockExchange exchange) throws IOException {
    Tls.deliver(exchange.port(), exchange.clientSslContext());
  }

  private static Socket connect(MockExchange exchange) throws IOException {
    Socket socket = new Socket(InetAddress.getByName(exchange.host()), exchange.port());
    socket.setSoTimeout(30_000);
    assertThat(socket.getInputStream().read()).isEqualTo('2');
    return socket;
  }

  private static Map<String, ?> rules(MockExchange exchange) {
    return ProfileSettings.write(exchange.profile());
  }

  @ParameterizedTest
  @EnumSource
  void it_says_where_and_what_it_is(Side side) {
    try (Exchanges exchanges = side.start()) {
      assertThat(exchanges.mx().host()).isEqualTo("127.0.0.1");
      assertThat(exchanges.mx().port()).isEqualTo(exchanges.program().mx.port());
      assertThat(exchanges.mx().endpoint()).isEqualTo(Endpoint.MX);
      assertThat(exchanges.submission().endpoint()).isEqualTo(Endpoint.CLIENT_SUBMISSION);
      assertThat(exchanges.mx().awaitTimeout()).isEqualTo(MockExchange.DEFAULT_TIMEOUT);
      assertThat(rules(exchanges.mx())).isEqualTo(rules(exchanges.program().mx));
    }
  }

  @ParameterizedTest
  @EnumSource
  void its_certificates_are_trusted_in_every_form(Side side) throws Exception {
    try (Exchanges exchanges = side.start()) {
      MockExchange mx = exchanges.mx();
      deliver(mx);
      assertThat(mx.awaitSessions(1).only().tls().orElseThrow().version())
          .isEqualTo(TlsVersion.TLS_1_3);
      assertThat(mx.caPem()).isEqualTo(exchanges.program().mx.caPem());
      assertThat(mx.trustStore().size()).isEqualTo(1);
      assertThat(mx.jakartaMailProperties())
          .containsEntry("mail.smtp.host", "127.0.0.1")
          .containsEntry("mail.smtp.port", Integer.toString(mx.port()))
          .containsKey("mail.smtp.ssl.socketFactory");
    }
  }

  @ParameterizedTest
  @EnumSource
  void it_behaves_as_in_a_scenario_until_another_or_a_reset(Side side) throws Exception {
    try (Exchanges exchanges = side.start()) {
      MockExchange mx = exchanges.mx();
      Map<String, ?> usual = rules(mx);
      deliver(mx);
      mx.awaitSessions(1, MINUTE);

      mx.apply(Scenarios.named("throttled"));
      assertThat(mx.script().faults())
          .singleElement()
          .satisfies(fault -> assertThat(fault.on()).isEqualTo(Connections.connections(2, 3)));
      mx.apply(Scenarios.named("blocklisted"));
      assertThat(mx.script().faults()).isEmpty();
      assertThat(mx.profile().blocklist().clients()).hasSize(2);
      mx.apply(Scenarios.named("cipher-mismatch"));
      assertThat(mx.profile().blocklist().clients()).isEmpty();
      assertThat(mx.profile().tls().cipherSuites()).hasSize(8);
      assertThat(mx.sessions().list()).hasSize(1);

      assertThatIllegalArgumentException()
          .isThrownBy(() -> mx.apply(Scenarios.named("basic-auth-disabled")))
          .withMessageContaining(
              "basic-auth-disabled is a scenario of CLIENT_SUBMISSION, and this endpoint is MX");
      assertThat(mx.profile().tls().cipherSuites()).hasSize(8);
      mx.reset();
      assertThat(rules(mx)).isEqualTo(usual);
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_happened_is_seen_alike(Side side) throws Exception {
    try (Exchanges exchanges = side.start()) {
      MockExchange mx = exchanges.mx();
      deliver(mx);
      Sessions awaited = mx.awaitMessages(1, MINUTE);
      assertThat(awaited.deliveredMessages()).hasSize(1);
      SmtpSession session = mx.awaitSessions(1, MINUTE).only();
      SmtpSession original = exchanges.program().mx.sessions().only();
      assertThat(session.transcript()).isEqualTo(original.transcript());
      assertThat(session.summary()).isEqualTo(original.summary());
      assertThat(session.peer()).isEqualTo(original.peer());
      assertThat(session.acceptedAt()).isEqualTo(original.acceptedAt());
      assertThat(session.isComplete()).isTrue();
      assertThat(mx.messages().stream().map(MessageContent::toByteArray))
          .containsExactlyElementsOf(
              exchanges.program().mx.messages().stream().map(MessageContent::toByteArray).toList());
      assertThat(mx.awaitQuiet(Duration.ofMillis(1)).isQuiet()).isTrue();
      assertThat(mx.sessions().isQuiet()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void open_sessions_are_seen(Side side) throws Exception {
    try (Exchanges exchanges = side.start();
        Socket socket = connect(exchanges.mx())) {
      assertThat(exchanges.mx().open())
          .singleElement()
          .satisfies(
              open -> {
                assertThat(open.isComplete()).isFalse();
                assertThat(open.peer().getPort()).isEqualTo(socket.getLocalPort());
              });
      assertThat(exchanges.mx().sessions()).isEmpty();
      assertThat(exchanges.mx().sessions().openCount()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_does_not_happen_is_told_alike(Side side) throws Exception {
    try (Exchanges exchanges = side.start()) {
      MockExchange mx = exchanges.mx();
      deliver(mx);
      mx.awaitSessions(1);
      Duration soon = Duration.ofMillis(20);
      AwaitTimeoutError late =
          catchThrowableOfType(AwaitTimeoutError.class, () -> mx.awaitSessions(2, soon));
      assertThat(late)
          .hasMessage(
              new AwaitTimeoutError(
                      "2 sessions to be complete",
                      soon,
                      "1 session, 0 of them open, and 1 message accepted",
                      exchanges.program().mx.sessions())
                  .getMessage());
      assertThat(late.sessions().list()).hasSize(1);
      assertThat(late.awaited()).isEqualTo("2 sessions to be complete");
      assertThatExceptionOfType(AwaitTimeoutError.class)
          .isThrownBy(() -> mx.awaitMessages(2, Duration.ofSeconds(-1)))
          .withMessageContaining("2 messages to be accepted");
      try (Socket open = connect(mx)) {
        assertThat(open.isConnected()).isTrue();
        assertThatExceptionOfType(AwaitTimeoutError.class)
            .isThrownBy(() -> mx.awaitQuiet(Duration.ofMillis(5), soon))
            .withMessageContaining("no open session and 5 ms without any event");
      }
      assertThatIllegalArgumentException().isThrownBy(() -> mx.awaitSessions(-1, soon));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> mx.awaitQuiet(Duration.ofMillis(-1), soon));
    }
  }

  @ParameterizedTest
  @EnumSource
  void faults_are_scripted_and_fire(Side side) throws Exception {
    try (Exchanges exchanges = side.start()) {
      MockExchange mx = exchanges.mx();
      mx.onConnection(1, RST_AT_MAIL);
      mx.onConnection(7, Fault.at(Stage.RCPT).reply(451, "4.7.500", "Server busy").thenClose());
      mx.onAttempt(9, Fault.at(Stage.BODY, 100).stall());
      mx.onEveryConnection(Fault.at(Stage.QUIT).delay(Duration.ofMillis(1)).everyTime());
      assertThat(mx.script()).isEqualTo(exchanges.program().mx.script());
      assertThat(mx.script().faults()).hasSize(4);

      try (Socket socket = connect(mx)) {
        socket.getOutputStream().write("EHLO c\r\nMAIL FROM:<>\r\n".getBytes(US_ASCII));
        mx.awaitSessions(1, MINUTE);
      }
      assertThat(mx.unfiredFaults()).hasSize(3);
      assertThat(mx.unfiredFaults()).extracting(ScriptedFault::fault).doesNotContain(RST_AT_MAIL);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> mx.onConnection(1, RST_AT_MAIL))
          .withMessage(
              "onConnection: 1 has been accepted already; the next connection is number 2");
      assertThat(mx.script().faults()).hasSize(4);
    }
  }

  @ParameterizedTest
  @EnumSource
  void rules_are_changed_for_later_connections(Side side) {
    try (Exchanges exchanges = side.start()) {
      MockExchange mx = exchanges.mx();
      mx.updateProfile(
          profile -> profile.maxRecipients(7).tls(tls -> tls.maximumTls(TlsVersion.TLS_1_2)));
      assertThat(mx.profile().maxRecipients()).isEqualTo(7);
      assertThat(exchanges.program().mx.profile().tls().maximumTls()).isEqualTo(TlsVersion.TLS_1_2);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> mx.updateProfile(p -> p.tls(tls -> tls.minimumTls(TlsVersion.TLS_1_3))))
          .withMessage(
              "minimumTls TLS_1_3 is above maximumTls TLS_1_2; no client could ever connect");
      assertThat(rules(exchanges.mx())).isEqualTo(rules(exchanges.program().mx));
    }
  }

  @ParameterizedTest
  @EnumSource
  void accounts_keep_their_credentials(Side side) {
    try (Exchanges exchanges = side.start()) {
      exchanges
          .submission()
          .updateProfile(
              profile ->
                  profile
                      .account("bob@contoso.com", "b0b")
                      .tls(tls -> tls.minimumTls(TlsVersion.TLS_1_3)));
      List<Account> accounts = exchanges.submissionServer().profile().tenant().accounts();
      assertThat(accounts).hasSize(2);
      assertThat(accounts.get(0).acceptsPassword("alice@contoso.com", TestProgram.PASSWORD))
          .isTrue();
      assertThat(accounts.get(1).acceptsPassword("bob@contoso.com", "b0b")).isTrue();
      exchanges
          .submission()
          .updateProfile(
              profile -> profile.accounts(List.of(new Account("alice@contoso.com", "new"))));
      assertThat(exchanges.submissionServer().profile().tenant().accounts())
          .containsExactly(new Account("alice@contoso.com", "new"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void it_hands_out_access_tokens_good_and_bad(Side side) {
    try (Exchanges exchanges = side.start()) {
      MockExchange submission = exchanges.submission();
      AccessTokenSpec odd =
          AccessTokenSpec.forUser("alice@contoso.com")
              .withAudience("https://contoso.com/äpi?a=b&c")
              .withPermission("One Two")
              .withLifetime(Duration.ofDays(9));
      AccessTokenSpec app =
          AccessTokenSpec.forApp("my app").withPermission("One SMTP.SendAsApp").withAudience("id");

      assertThat(objection(exchanges, submission.accessToken("alice@contoso.com"))).isEmpty();
      assertThat(objection(exchanges, submission.accessToken(odd)))
          .hasValueSatisfying(why -> assertThat(why).contains("its audience is https://contoso"));
      assertThat(objection(exchanges, submission.accessToken(app)))
          .hasValueSatisfying(why -> assertThat(why).contains("its audience is id"));
      for (TokenFlaw flaw : TokenFlaw.values()) {
        for (AccessTokenSpec spec : List.of(AccessTokenSpec.forUser("a@b"), app)) {
          assertThat(objection(exchanges, submission.accessToken(spec.withFlaw(flaw))))
              .as("%s", flaw)
              .isPresent();
        }
      }
      assertThat(claims(submission.accessToken(odd)))
          .contains("\"aud\":\"https://contoso.com/äpi?a=b&c\"", "\"scp\":\"One Two\"");
      assertThat(claims(submission.accessToken(app)))
          .contains("\"roles\":[\"One\",\"SMTP.SendAsApp\"]", "\"appid\":\"my app\"");
    }
  }

  private static Optional<String> objection(Exchanges exchanges, String token) {
    return exchanges
        .submissionServer()
        .profile()
        .tenant()
        .tokenIssuer()
        .objectionTo(token, "alice@contoso.com", Instant.now());
  }

  private static String claims(String token) {
    String payload = token.substring(token.indexOf('.') + 1, token.lastIndexOf('.'));
    return new String(Base64.getUrlDecoder().decode(payload), UTF_8);
  }

  @ParameterizedTest
  @EnumSource
  void a_reset_puts_everything_back(Side side) throws Exception {
    try (Exchanges exchanges = side.start();
        Socket open = connect(exchanges.mx())) {
      MockExchange mx = exchanges.mx();
      mx.updateProfile(profile -> profile.maxRecipients(7));
      mx.onConnection(9, RST_AT_MAIL);
      mx.reset();
      assertThat(open.getInputStream().readAllBytes()).isNotEmpty();
      assertThat(mx.profile().maxRecipients()).isEqualTo(1000);
      assertThat(mx.script().faults()).isEmpty();
      deliver(mx);
      assertThat(mx.awaitSessions(1).only().number()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void who_is_interrupted_knows_it(Side side) {
    try (Exchanges exchanges = side.start()) {
      Thread.currentThread().interrupt();
      assertThatIllegalStateException()
          .isThrownBy(() -> exchanges.mx().awaitSessions(1, MINUTE))
          .withMessageStartingWith("interrupted while waiting for ");
      assertThat(Thread.interrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
  }
}
