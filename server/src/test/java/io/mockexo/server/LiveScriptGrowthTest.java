package io.mockexo.server;

import static io.mockexo.fault.Fault.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mockexo.client.SmtpTestClient;
import io.mockexo.fault.Connections;
import io.mockexo.fault.Drop;
import io.mockexo.fault.Stage;
import org.junit.jupiter.api.Test;

/** A script changes while the server runs. */
class LiveScriptGrowthTest {

  @Test
  void a_script_grows_while_the_server_runs_and_is_put_back_by_reset() {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx().onConnection(1, at(Stage.GREETING).drop(Drop.FIN)).start()) {
      try (SmtpTestClient first = SmtpTestClient.connect(exchange)) {
        assertThat(first.isAtEnd()).isTrue();
      }
      exchange.awaitSessions(1);

      assertThatIllegalArgumentException()
          .isThrownBy(() -> exchange.onConnection(1, at(Stage.EHLO).stall()))
          .withMessage(
              "onConnection: 1 has been accepted already; the next connection is number 2");
      exchange.inject(Connections.connections(1, 2), at(Stage.EHLO).drop(Drop.FIN));
      assertThat(exchange.unfiredFaults()).hasSize(1);
      try (SmtpTestClient second = SmtpTestClient.connect(exchange)) {
        second.reply();
        second.send("EHLO client.example\r\n");
        assertThat(second.isAtEnd()).isTrue();
      }
      assertThat(exchange.unfiredFaults()).isEmpty();

      exchange.reset();
      assertThat(exchange.script().faults()).hasSize(1);
      assertThat(exchange.unfiredFaults()).hasSize(1);
    }
  }
}
