package io.mockexo.server;

import static io.mockexo.fault.Fault.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.client.SmtpTestClient;
import io.mockexo.fault.Drop;
import io.mockexo.fault.Stage;
import io.mockexo.journal.Sessions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Clients of {@code ignorePeers}: served, and left out of everything else. */
class IgnoredPeersTest {

  @Test
  void a_probe_takes_no_number_no_fault_and_no_record() {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx()
            .ignorePeers("127.0.0.0/8")
            .onConnection(1, at(Stage.EHLO).drop(Drop.FIN))
            .onAttempt(1, at(Stage.MAIL).drop(Drop.RST))
            .start()) {
      deliver(exchange);

      assertThat(exchange.messages()).isEmpty();
      assertThat(exchange.sessions().size()).isZero();
      assertThat(exchange.unfiredFaults()).hasSize(2);

      exchange.updateProfile(profile -> profile.ignorePeers());
      try (SmtpTestClient counted = SmtpTestClient.connect(exchange)) {
        counted.reply();
        counted.send("EHLO client.example\r\n");
        assertThat(counted.isAtEnd()).isTrue();
      }
      assertThat(exchange.awaitSessions(1).only().faults()).hasSize(1);
    }
  }

  @Test
  void a_probe_that_stays_disturbs_no_quiet_and_ends_with_a_reset() {
    try (MockExchangeOnlineServer exchange =
            MockExchangeOnlineServer.mx().ignorePeers("127.0.0.1").start();
        SmtpTestClient probe = SmtpTestClient.connect(exchange)) {
      probe.reply();

      Sessions quiet = exchange.awaitQuiet(Duration.ofMillis(1));
      assertThat(quiet.isQuiet()).isTrue();
      assertThat(exchange.open()).isEmpty();

      exchange.reset();
      assertThat(probe.isAtEnd()).isTrue();
    }
  }

  private static void deliver(MockExchangeOnlineServer exchange) {
    try (SmtpTestClient probe = SmtpTestClient.connect(exchange)) {
      probe.reply();
      for (String command :
          new String[] {"EHLO probe.example", "MAIL FROM:<>", "RCPT TO:<a@contoso.com>", "DATA"}) {
        probe.send(command + "\r\n");
        probe.reply();
      }
      probe.send("Subject: probe\r\n\r\n.\r\n");
      assertThat(probe.reply()).startsWith("250 2.6.0");
    }
  }
}
