package io.mockexo.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.client.ClientHellos;
import io.mockexo.client.SmtpTestClient;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.SessionEvent.Closed.End;
import io.mockexo.journal.SessionEvent.Closed.Side;
import io.mockexo.journal.SessionEvent.TlsFailed;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that leave in the middle of a ClientHello, after each of its bytes. */
class CutHandshakeTest {

  private static List<Thread> serverThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("mockexo"))
        .toList();
  }

  private static void sendAndLeave(MockExchangeOnlineServer exchange, byte[] hello, End how) {
    try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      client.command("STARTTLS");
      client.send(hello);
      if (how == End.RST) {
        client.reset();
      } else {
        client.shutdownOutput();
        client.readToEnd();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void a_client_hello_may_be_cut_short_at_every_byte(String protocol) throws Exception {
    List<Thread> threadsBefore = serverThreads();
    int sessions;
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start()) {
      byte[] hello = ClientHellos.ofJdk(exchange.clientSslContext(), protocol);
      for (int cut = 0; cut < hello.length; cut++) {
        sendAndLeave(exchange, Arrays.copyOf(hello, cut), End.FIN);
        sendAndLeave(exchange, Arrays.copyOf(hello, cut), End.RST);
      }
      sendAndLeave(exchange, hello, End.FIN);
      sessions = 2 * hello.length + 1;

      Sessions seen = exchange.awaitSessions(sessions);
      assertThat(seen.list()).hasSize(sessions);
      assertThat(exchange.open()).isEmpty();
      seen.list().subList(0, sessions - 1).forEach(CutHandshakeTest::assertCutInTheHello);
      assertThat(seen.last().clientHellos()).as("of a whole one").hasSize(1);
      assertThat(seen.last().failedTls()).isTrue();
      try (SmtpTestClient other = SmtpTestClient.hello(exchange)) {
        assertThat(other.command("NOOP")).startsWith("250 ");
      }
    }
    for (Thread ending : serverThreads()) {
      if (!threadsBefore.contains(ending)) {
        ending.join(10_000);
      }
    }
    assertThat(serverThreads()).isSubsetOf(threadsBefore);
  }

  private static void assertCutInTheHello(SmtpSession session) {
    assertThat(session.clientHellos()).isEmpty();
    assertThat(session.events(TlsFailed.class))
        .as(session.transcript())
        .singleElement()
        .extracting(TlsFailed::reason)
        .isEqualTo("the client closed the connection before a ClientHello was complete");
    Closed closed = session.closed().orElseThrow();
    assertThat(closed.by()).as(session.transcript()).isEqualTo(Side.CLIENT);
    assertThat(closed.how()).isEqualTo(session.number() % 2 == 1 ? End.FIN : End.RST);
  }
}
