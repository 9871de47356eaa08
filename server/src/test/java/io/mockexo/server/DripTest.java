package io.mockexo.server;

import static io.mockexo.fault.Fault.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mockexo.client.SmtpTestClient;
import io.mockexo.client.WholeCourse;
import io.mockexo.fault.Connections;
import io.mockexo.fault.Drop;
import io.mockexo.fault.Stage;
import io.mockexo.journal.AwaitTimeoutError;
import io.mockexo.journal.SmtpSession;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A drip together with other faults, and with our own patience. */
class DripTest {

  private static final Duration MILLISECOND = Duration.ofMillis(1);

  @ParameterizedTest
  @EnumSource(Drop.class)
  void what_was_sent_before_a_drop_arrives_however_slowly(Drop how) {
    try (MockExchangeOnlineServer exchange =
            MockExchangeOnlineServer.mx()
                .onConnection(1, at(Stage.GREETING).drip(5, MILLISECOND))
                .onConnection(1, at(Stage.STARTTLS_REPLIED).drop(how))
                .start();
        SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      client.send("STARTTLS\r\n");

      assertThat(client.reply()).isEqualTo("220 2.0.0 SMTP server ready");
    }
  }

  @Test
  void of_several_drips_the_slowest_is_noticed() {
    try (MockExchangeOnlineServer exchange =
            MockExchangeOnlineServer.mx()
                .onConnection(1, at(Stage.EHLO).drip(64, MILLISECOND))
                .onConnection(1, at(Stage.QUIT).drip(1, Duration.ofHours(1)))
                .start();
        SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      client.send("QUIT\r\n");

      assertThat(client.readSome()).isEqualTo(new byte[] {'2'});
      assertThatExceptionOfType(AwaitTimeoutError.class)
          .isThrownBy(() -> exchange.awaitSessions(1, Duration.ofMillis(200)));
    }
  }

  /**
   * The whole course takes longer than either limit; a client that is answered slowly is patient.
   */
  @Test
  void neither_the_handshake_nor_the_client_times_out_while_we_drip() {
    try (MockExchangeOnlineServer exchange =
        WholeCourse.builder(at(Stage.STARTTLS_REPLIED).drip(1, MILLISECOND))
            .profile(
                profile ->
                    profile.timeouts(
                        t ->
                            t.withHandshake(Duration.ofSeconds(2)).withIdle(Duration.ofSeconds(2))))
            .start()) {
      assertThat(WholeCourse.run(exchange)).isTrue();

      SmtpSession session = exchange.awaitSessions(1).only();
      assertThat(session.deliveredMessages()).hasSize(1);
      assertThat(session.duration().orElseThrow()).isGreaterThan(Duration.ofSeconds(2));
    }
  }

  @Test
  void a_client_that_leaves_because_we_fell_silent_after_the_handshake_has_not_abandoned_tls() {
    try (MockExchangeOnlineServer exchange =
        WholeCourse.server(at(Stage.HANDSHAKE_DONE).garbage(64))) {
      assertThat(WholeCourse.run(exchange)).isFalse();

      SmtpSession session = exchange.awaitSessions(1).only();
      assertThat(session.abandonedTls()).isFalse();
      assertThat(session.summary()).startsWith("fault at(HANDSHAKE_DONE).garbage(64), TLS 1.");
      assertThat(session.faults().get(0).on()).isEqualTo(Connections.connection(1));
    }
  }
}
