package io.mockexo.server;

import static io.mockexo.fault.Fault.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.client.SmtpTestClient;
import io.mockexo.client.WholeCourse;
import io.mockexo.fault.Drop;
import io.mockexo.fault.Effect;
import io.mockexo.fault.Stage;
import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.SessionEvent.Alert;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.SessionEvent.FaultInjected;
import io.mockexo.journal.SmtpSession;
import io.mockexo.tls.AlertDescription;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the effects other than drops and replies do. */
class EffectTest {

  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofHours(1);

  @ParameterizedTest
  @EnumSource(Stage.class)
  void a_delay_at_any_stage_is_got_over(Stage stage) {
    try (MockExchangeOnlineServer exchange =
        WholeCourse.server(at(stage, stage == Stage.BODY ? 50 : 0).delay(SHORT))) {
      assertThat(WholeCourse.run(exchange)).as("came to the end").isTrue();

      SmtpSession session = exchange.awaitSessions(1).only();
      assertThat(session.deliveredMessages()).hasSize(1);
      assertThat(session.faults()).hasSize(1);
      Duration injected = session.events(FaultInjected.class).get(0).at();
      assertThat(session.events().stream().filter(e -> e.at().compareTo(injected) > 0).findFirst())
          .hasValueSatisfying(
              next -> assertThat(next.at()).isGreaterThanOrEqualTo(injected.plus(SHORT)));
    }
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void a_stall_at_any_stage_lasts_until_the_client_gives_up(Stage stage) {
    try (MockExchangeOnlineServer exchange =
        WholeCourse.server(at(stage, stage == Stage.BODY ? 50 : 0).stall())) {
      WholeCourse.runImpatiently(exchange);

      SmtpSession session = exchange.awaitSessions(1).only();
      assertThat(session.faults()).hasSize(1);
      assertThat(session.closed().orElseThrow().by()).isEqualTo(Closed.Side.CLIENT);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Stage.class,
      names = {"CONNECT", "EHLO", "CLIENT_HELLO", "EHLO_AFTER_TLS", "BODY", "END_OF_DATA"})
  void a_client_that_leaves_ends_a_delay(Stage stage) {
    try (MockExchangeOnlineServer exchange =
        WholeCourse.server(at(stage, stage == Stage.BODY ? 50 : 0).delay(LONG))) {
      WholeCourse.runImpatiently(exchange);

      SmtpSession session = exchange.awaitSessions(1).only();
      assertThat(session.closed().orElseThrow().by()).isEqualTo(Closed.Side.CLIENT);
      assertThat(session.deliveredMessages()).isEmpty();
    }
  }

  @Test
  void a_message_whose_client_left_before_the_reply_is_unacknowledged() {
    try (MockExchangeOnlineServer exchange =
        WholeCourse.server(at(Stage.END_OF_DATA).delay(LONG))) {
      WholeCourse.runImpatiently(exchange);

      assertThat(exchange.awaitSessions(1).only().transactions())
          .extracting(MailTransaction::outcome)
          .containsExactly(MailTransaction.Outcome.UNACKNOWLEDGED);
    }
  }

  @Test
  void a_connection_that_is_not_read_ends_with_the_stall_timeout() {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx()
            .profile(profile -> profile.timeouts(t -> t.withStall(Duration.ofMillis(300))))
            .onEveryConnection(at(Stage.EHLO).stopReading())
            .start()) {
      try (SmtpTestClient client = SmtpTestClient.connect(exchange)) {
        client.reply();
        client.send("EHLO client.example\r\n");
        client.awaitEnd();
      }
      assertThat(exchange.awaitSessions(1).only().closed().orElseThrow().how())
          .isEqualTo(Closed.End.TIMEOUT);
    }
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void a_drip_from_any_stage_on_is_slow_and_complete(Stage stage) {
    if (!stage.possibleEffects().contains(Effect.Kind.DRIP)) {
      return;
    }
    try (MockExchangeOnlineServer exchange =
        WholeCourse.server(at(stage).drip(64, Duration.ofMillis(1)))) {
      assertThat(WholeCourse.run(exchange)).as("came to the end").isTrue();
      assertThat(exchange.awaitSessions(1).only().deliveredMessages()).hasSize(1);
    }
  }

  @Test
  void nothing_is_answered_behind_a_close_that_waits_for_a_drip() {
    try (MockExchangeOnlineServer exchange =
            MockExchangeOnlineServer.mx()
                .onConnection(1, at(Stage.QUIT).drip(1, Duration.ofMillis(1)))
                .start();
        SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      client.send("QUIT\r\nNOOP\r\n");

      assertThat(client.reply()).startsWith("221 ");
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void an_alert_of_choice_is_sent_wherever_tls_is(Stage stage) {
    if (!stage.possibleEffects().contains(Effect.Kind.ALERT)) {
      return;
    }
    try (MockExchangeOnlineServer exchange =
        WholeCourse.server(at(stage).alert(AlertDescription.INSUFFICIENT_SECURITY))) {
      assertThat(WholeCourse.run(exchange)).isFalse();

      SmtpSession session = exchange.awaitSessions(1).only();
      assertThat(session.alertsSent())
          .extracting(Alert::description)
          .contains("insufficient_security");
      assertThat(session.closed().orElseThrow().by()).isEqualTo(Closed.Side.SERVER);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Stage.class,
      names = {"CLIENT_HELLO", "SERVER_FLIGHT", "CLIENT_FINISHED", "HANDSHAKE_DONE"})
  void garbage_breaks_a_handshake(Stage stage) {
    try (MockExchangeOnlineServer exchange = WholeCourse.server(at(stage).garbage(100))) {
      assertThat(WholeCourse.run(exchange)).isFalse();
      assertThat(exchange.awaitSessions(1).only().deliveredMessages()).isEmpty();
    }
  }

  /** What becomes of it depends on the client: one that reads ahead may throw it away. */
  @Test
  void garbage_can_follow_the_reply_to_starttls() {
    try (MockExchangeOnlineServer exchange =
            MockExchangeOnlineServer.mx()
                .onConnection(1, at(Stage.STARTTLS_REPLIED).garbage(100))
                .start();
        SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      assertThat(client.command("STARTTLS")).startsWith("220");
      client.shutdownOutput();
      assertThat(client.readToEnd()).hasSize(100).startsWith(0xA5);
    }
  }

  @Test
  void bytes_of_a_body_are_counted_over_chunks() {
    try (MockExchangeOnlineServer exchange =
            MockExchangeOnlineServer.mx()
                .onConnection(1, at(Stage.BODY, 15).drop(Drop.FIN))
                .start();
        SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      client.command("MAIL FROM:<a@client.example>");
      client.command("RCPT TO:<b@contoso.com>");
      assertThat(client.send("BDAT 10\r\n0123456789").reply()).startsWith("250");
      client.send("BDAT 4\r\n0123");
      assertThat(client.reply()).startsWith("250");
      client.send("BDAT 1 LAST\r\nx");
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void the_transcript_and_the_summary_tell_of_the_fault() {
    try (MockExchangeOnlineServer exchange =
        WholeCourse.server(at(Stage.CLIENT_HELLO).drop(Drop.RST))) {
      WholeCourse.run(exchange);

      SmtpSession session = exchange.awaitSessions(1).only();
      assertThat(session.transcript())
          .contains("-- fault: at(CLIENT_HELLO).drop(RST)\n")
          .endsWith("-- closed by the server with RST\n");
      assertThat(session.summary()).startsWith("fault at(CLIENT_HELLO).drop(RST), TLS failed");
      assertThat(session.failedTls()).isTrue();
    }
  }
}
