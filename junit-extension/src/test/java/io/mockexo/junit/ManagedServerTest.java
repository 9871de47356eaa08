package io.mockexo.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.exchange.Endpoint;
import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import io.mockexo.server.MockExchange;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What is seen of a server while its clients go on. */
class ManagedServerTest {

  static class Declaring {
    @MockExchangeOnline MockExchange exchange;
  }

  private static SmtpSession session(List<SessionEvent> events) {
    InetSocketAddress peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40000);
    return new SmtpSession(1, Endpoint.MX, peer, null, Instant.EPOCH, events);
  }

  /** A server whose one session ends as soon as it has been asked for anything. */
  private static MockExchange endingMeanwhile() {
    SmtpSession open = session(List.of());
    SmtpSession complete =
        session(List.of(new Closed(Duration.ZERO, Closed.Side.CLIENT, Closed.End.FIN)));
    AtomicReference<SmtpSession> now = new AtomicReference<>(open);
    return (MockExchange)
        Proxy.newProxyInstance(
            MockExchange.class.getClassLoader(),
            new Class<?>[] {MockExchange.class},
            (proxy, method, arguments) -> {
              SmtpSession session = now.getAndSet(complete);
              List<SmtpSession> it = List.of(session);
              return method.getName().equals("open")
                  ? (session == open ? it : List.of())
                  : new Sessions(session == open ? List.of() : it, 0, 0, false);
            });
  }

  @Test
  void a_session_that_ends_while_it_is_looked_for_is_found_once() throws Exception {
    ManagedServer server =
        new ManagedServer(
            Declaration.of(Declaring.class.getDeclaredField("exchange")),
            endingMeanwhile(),
            false,
            false,
            new AtomicReference<>(),
            () -> {});

    assertThat(server.everything())
        .singleElement()
        .satisfies(session -> assertThat(session.isComplete()).isTrue());
  }
}
