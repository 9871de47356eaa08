package io.mockexo.server;

import static io.mockexo.fault.Fault.at;
import static io.mockexo.fault.Stage.CLIENT_HELLO;
import static io.mockexo.fault.Stage.EHLO;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.client.ClientHellos;
import io.mockexo.client.SmtpTestClient;
import io.mockexo.fault.Drop;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.SessionEvent.Closed.End;
import io.mockexo.journal.SessionEvent.Closed.Side;
import io.mockexo.journal.SessionEvent.Direction;
import io.mockexo.journal.SmtpSession;
import io.mockexo.journal.WireListener;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever looks at the wire sees what a capture would show. */
@Timeout(120)
class WireListenerTest {

  private final List<Followed> connections = new CopyOnWriteArrayList<>();

  /** What was told of one connection: bytes by direction, and the ends in their order. */
  private static class Followed implements WireListener.Connection {
    final SmtpSession session;
    final StringBuilder received = new StringBuilder();
    final StringBuilder sent = new StringBuilder();
    final List<String> ends = Collections.synchronizedList(new ArrayList<>());
    final List<Duration> times = Collections.synchronizedList(new ArrayList<>());

    Followed(SmtpSession session) {
      this.session = session;
    }

    @Override
    public void bytes(Duration at, Direction direction, ByteBuffer bytes) {
      (direction == Direction.SENT ? sent : received).append(ISO_8859_1.decode(bytes));
      times.add(at);
    }

    @Override
    public void fin(Duration at, Direction direction) {
      ends.add("FIN " + direction);
      times.add(at);
    }

    @Override
    public void rst(Duration at, Direction direction) {
      ends.add("RST " + direction);
      times.add(at);
    }

    @Override
    public void closed(Duration at) {
      ends.add("closed");
      times.add(at);
    }
  }

  private WireListener.Connection follow(SmtpSession session) {
    Followed followed = new Followed(session);
    connections.add(followed);
    return followed;
  }

  private MockExchangeOnlineServerBuilder mx() {
    return MockExchangeOnlineServer.mx().wireListener(this::follow);
  }

  private Followed only() {
    assertThat(connections).hasSize(1);
    return connections.get(0);
  }

  private static Closed closed(MockExchangeOnlineServer exchange) {
    return exchange.awaitSessions(1).only().closed().orElseThrow();
  }

  @Test
  void shows_every_byte_in_both_directions_and_who_ended_it() {
    try (MockExchangeOnlineServer exchange = mx().start()) {
      StringBuilder replies = new StringBuilder();
      try (SmtpTestClient client = SmtpTestClient.connect(exchange)) {
        replies.append(client.reply()).append('\n');
        replies.append(client.command("EHLO client.example")).append('\n');
        replies.append(client.deliver("a@client.example", "b@contoso.com")).append('\n');
        replies.append(client.command("QUIT")).append('\n');
        assertThat(client.isAtEnd()).isTrue();
      }

      Closed end = closed(exchange);
      Followed wire = only();
      assertThat(wire.session.number()).isEqualTo(1);
      assertThat(wire.session.local()).isPresent();
      assertThat(wire.received.toString())
          .startsWith("EHLO client.example\r\nMAIL FROM:")
          .endsWith("\r\nhello\r\n.\r\nQUIT\r\n");
      assertThat(wire.sent.toString().replace("\r", ""))
          .contains(List.of(replies.toString().split("\n", -1)));
      assertThat(wire.ends).containsExactly("FIN SENT", "FIN RECEIVED", "closed");
      assertThat(end.by()).isEqualTo(Side.SERVER);
      assertThat(wire.times).isSorted();
    }
  }

  @Test
  void shows_tls_as_it_is_on_the_wire() {
    try (MockExchangeOnlineServer exchange = mx().start()) {
      try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
        client.command("STARTTLS");
        client.startTls(exchange.clientSslContext(), "TLSv1.3");
        client.command("EHLO inside.example");
        client.command("QUIT");
      }

      exchange.awaitSessions(1);
      assertThat(only().received.toString())
          .contains("STARTTLS\r\n\u0016\u0003")
          .doesNotContain("inside.example", "QUIT");
      assertThat(only().sent.toString()).contains("SMTP server ready\r\n\u0016\u0003\u0003");
    }
  }

  @ParameterizedTest
  @EnumSource(Drop.class)
  void a_fault_ends_it_as_the_journal_says(Drop how) {
    try (MockExchangeOnlineServer exchange = mx().onEveryConnection(at(EHLO).drop(how)).start()) {
      try (SmtpTestClient client = SmtpTestClient.connect(exchange)) {
        client.reply();
        client.send("EHLO client.example\r\n");
        client.awaitEnd();
      }

      assertThat(closed(exchange).how()).isEqualTo(End.valueOf(how.name()));
      assertThat(only().ends)
          .isEqualTo(
              how == Drop.RST
                  ? List.of("RST SENT", "closed")
                  : List.of("FIN SENT", "FIN RECEIVED", "closed"));
      assertThat(only().sent.toString()).startsWith("220 ").doesNotContain("250");
    }
  }

  @Test
  void a_client_that_resets_is_seen_to() {
    try (MockExchangeOnlineServer exchange = mx().start()) {
      SmtpTestClient client = SmtpTestClient.hello(exchange);
      client.reset();

      assertThat(closed(exchange).how()).isEqualTo(End.RST);
      assertThat(only().ends).containsExactly("RST RECEIVED", "closed");
    }
  }

  @Test
  void a_client_that_leaves_is_seen_to() {
    try (MockExchangeOnlineServer exchange = mx().start()) {
      SmtpTestClient.hello(exchange).close();

      assertThat(closed(exchange).by()).isEqualTo(Side.CLIENT);
      assertThat(only().ends).containsExactly("FIN RECEIVED", "FIN SENT", "closed");
    }
  }

  @Test
  void a_listener_that_fails_harms_no_connection() {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx()
            .wireListener(
                session -> {
                  if (session.number() == 1) {
                    throw new IllegalStateException("a failing listener, logged on purpose");
                  }
                  return new Followed(session) {
                    @Override
                    public void bytes(Duration at, Direction direction, ByteBuffer bytes) {
                      throw new AssertionError("another one, logged on purpose");
                    }
                  };
                })
            .start()) {
      for (int i = 0; i < 2; i++) {
        try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
          assertThat(client.deliver("a@client.example", "b@contoso.com")).startsWith("250");
        }
      }

      assertThat(exchange.awaitSessions(2).deliveredMessages()).hasSize(2);
    }
  }

  @Test
  void connections_without_a_record_are_not_shown() {
    try (MockExchangeOnlineServer exchange =
        mx().profile(profile -> profile.ignorePeers("127.0.0.0/8")).start()) {
      SmtpTestClient.hello(exchange).close();

      assertThat(connections).isEmpty();
    }
  }

  @Test
  void a_refused_hello_is_the_last_that_is_received() {
    try (MockExchangeOnlineServer exchange =
        mx().onEveryConnection(at(CLIENT_HELLO).drop(Drop.RST)).start()) {
      try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
        client.command("STARTTLS");
        client.send(ClientHellos.tls11());
        client.awaitEnd();
      }

      exchange.awaitSessions(1);
      assertThat(only().received.toString()).contains("STARTTLS\r\n\u0016\u0003");
      assertThat(only().ends).containsExactly("RST SENT", "closed");
    }
  }
}
