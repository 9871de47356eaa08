package io.mockexo.standalone.evidence;

import static io.mockexo.fault.Fault.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mockexo.exchange.Endpoint;
import io.mockexo.fault.Drop;
import io.mockexo.fault.Stage;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.SessionEvent.Closed.End;
import io.mockexo.journal.SessionEvent.Closed.Side;
import io.mockexo.journal.SessionEvent.Direction;
import io.mockexo.journal.SmtpSession;
import io.mockexo.journal.WireListener;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.server.MockExchangeOnlineServerBuilder;
import io.mockexo.standalone.evidence.capture.Capture;
import io.mockexo.standalone.evidence.capture.WireMemory;
import io.mockexo.standalone.evidence.capture.WireRecord;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Captures, judged by Wireshark and by the journal. */
@Timeout(300)
class CaptureTest {

  private static final String SERVER_FIN = "tcp.flags.fin == 1 && tcp.srcport == ";
  private static final String SERVER_RST = "tcp.flags.reset == 1 && tcp.srcport == ";

  @TempDir private Path folder;
  private final WireMemory wires = new WireMemory(64 << 20);

  private MockExchangeOnlineServerBuilder mx() {
    return mx(wires);
  }

  private static MockExchangeOnlineServerBuilder mx(WireMemory wires) {
    return MockExchangeOnlineServer.mx()
        .profile(profile -> profile.keyLog(true))
        .wireListener(Objects.requireNonNull(wires.listener("mx")));
  }

  private Tshark tshark(SmtpSession session, boolean secrets) throws IOException {
    return tshark(wires, session, secrets);
  }

  private Tshark tshark(WireMemory memory, SmtpSession session, boolean secrets)
      throws IOException {
    WireRecord wire = memory.of("mx", session).orElseThrow();
    Path file = Files.createTempFile(folder, "capture", ".pcapng");
    try (InputStream capture =
        secrets ? Capture.withSecrets(wire, session.keyLog()) : Capture.open(wire)) {
      Files.write(file, capture.readAllBytes());
    }
    return new Tshark(file, session.local().orElseThrow().getPort());
  }

  private static Closed closed(SmtpSession session) {
    return session.closed().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void a_delivery_inside_tls_can_be_read_with_the_secrets_alone(String protocol) throws Exception {
    try (MockExchangeOnlineServer exchange = mx().start()) {
      TalkingClient.hello(exchange).startTls(protocol).deliver("hello\r\n").quit();
      SmtpSession session = exchange.awaitSessions(1).only();
      Tshark open = tshark(session, true);

      assertThat(String.join(",", open.values("smtp.req.command")))
          .isEqualTo("EHLO,STAR,EHLO,MAIL,RCPT,DATA,QUIT");
      assertThat(open.values("imf.subject")).containsExactly("hello");
      assertThat(open.complaints()).isEmpty();
      Tshark shut = tshark(session, false);
      assertThat(shut.values("smtp.req.command")).containsExactly("EHLO", "STAR");
      assertThat(shut.values("tls.handshake.type")).isNotEmpty();
    }
  }

  @Test
  void a_delivery_in_the_clear_can_be_read_and_ends_as_it_did() throws Exception {
    try (MockExchangeOnlineServer exchange = mx().start()) {
      TalkingClient.hello(exchange).deliver("hello\r\n".repeat(40_000)).quit();
      SmtpSession session = exchange.awaitSessions(1).only();
      Tshark tshark = tshark(session, true);

      assertThat(String.join(",", tshark.values("smtp.req.command")))
          .isEqualTo("EHLO,MAIL,RCPT,DATA,QUIT");
      assertThat(tshark.complaints()).isEmpty();
      assertThat(tshark.values("tcp.checksum.status")).hasSizeGreaterThan(190).containsOnly("1");
      assertThat(tshark.values("tcp.len"))
          .allSatisfy(length -> assertThat(Integer.parseInt(length)).isLessThanOrEqualTo(1460));
      assertThat(tshark.values("frame.comment").get(0)).startsWith("Connection 1 of the endpoint");
      assertThat(tshark.values("tcp.flags.fin == 1", "tcp.srcport"))
          .containsExactly(
              Integer.toString(exchange.port()), Integer.toString(session.peer().getPort()));
      assertThat(tshark.values("tcp.flags.reset == 1", "tcp.srcport")).isEmpty();
      assertThat(closed(session).by()).isEqualTo(Side.SERVER);
    }
  }

  @ParameterizedTest
  @EnumSource(Drop.class)
  void what_is_dropped_at_the_hello_ends_with_what_the_journal_has(Drop how) throws Exception {
    try (MockExchangeOnlineServer exchange =
        mx().onEveryConnection(at(Stage.CLIENT_HELLO).drop(how)).start()) {
      TalkingClient client = TalkingClient.hello(exchange);
      assertThatThrownBy(() -> client.startTls("TLSv1.3")).isInstanceOf(IOException.class);
      client.close();
      SmtpSession session = exchange.awaitSessions(1).only();
      Tshark tshark = tshark(session, true);

      assertThat(closed(session).by()).isEqualTo(Side.SERVER);
      assertThat(closed(session).how()).isEqualTo(End.valueOf(how.name()));
      int port = exchange.port();
      assertThat(tshark.values(SERVER_FIN + port, "tcp.srcport")).hasSize(how == Drop.FIN ? 1 : 0);
      assertThat(tshark.values(SERVER_RST + port, "tcp.srcport")).hasSize(how == Drop.RST ? 1 : 0);
      assertThat(tshark.values("tls.handshake.type")).containsExactly("1");
      assertThat(tshark.complaints()).isEmpty();
    }
  }

  @Test
  void a_reset_by_the_client_is_one() throws Exception {
    try (MockExchangeOnlineServer exchange = mx().start()) {
      TalkingClient.hello(exchange).startTls("TLSv1.3").reset();
      SmtpSession session = exchange.awaitSessions(1).only();
      Tshark tshark = tshark(session, true);

      assertThat(closed(session))
          .extracting(Closed::by, Closed::how)
          .containsExactly(Side.CLIENT, End.RST);
      assertThat(tshark.values("tcp.flags.reset == 1", "tcp.srcport"))
          .containsExactly(Integer.toString(session.peer().getPort()));
      assertThat(tshark.values("tcp.flags.fin == 1", "tcp.srcport")).isEmpty();
      assertThat(tshark.complaints()).isEmpty();
    }
  }

  /** A limit must not make it look as if segments had been lost. */
  @Test
  void a_long_one_is_cut_and_says_so_and_shows_how_it_ended() throws Exception {
    WireMemory little = new WireMemory(64 << 10);
    try (MockExchangeOnlineServer exchange = mx(little).start()) {
      TalkingClient.hello(exchange).deliver("hello\r\n".repeat(40_000)).quit();
      SmtpSession session = exchange.awaitSessions(1).only();
      Tshark tshark = tshark(little, session, true);

      assertThat(tshark.values("frame.comment"))
          .anyMatch(text -> text.matches("2\\d{5} bytes that were received from here on .*"));
      assertThat(tshark.complaints()).isEmpty();
      assertThat(tshark.values("tcp.flags.fin == 1", "tcp.srcport")).hasSize(2);
      assertThat(little.of("mx", session).orElseThrow().leftOut()).isBetween(250_000L, 290_000L);
      assertThat(little.usedBytes()).isLessThanOrEqualTo(16 << 10);
    }
  }

  private static SmtpSession session(int number, String peer, String local) throws IOException {
    return new SmtpSession(
        number,
        Endpoint.MX,
        new InetSocketAddress(InetAddress.getAllByName(peer)[0], 40_000),
        new InetSocketAddress(InetAddress.getAllByName(local)[0], 25),
        Instant.parse("2026-01-02T03:04:05.678901234Z"),
        List.of());
  }

  private static WireListener.Connection follow(WireMemory memory, SmtpSession session) {
    return Objects.requireNonNull(Objects.requireNonNull(memory.listener("mx")).accepted(session));
  }

  private static ByteBuffer bytes(String text) {
    return StandardCharsets.US_ASCII.encode(text);
  }

  @Test
  void addresses_and_times_are_those_of_the_connection_with_ip_version_6_too() throws Exception {
    SmtpSession session = session(7, "2001:db8::1", "2001:db8::2");
    WireListener.Connection wire = follow(wires, session);
    wire.bytes(Duration.ofNanos(1_000), Direction.SENT, bytes("220 hello\r\n"));
    wire.bytes(Duration.ofMillis(2_500), Direction.RECEIVED, bytes("EHLO me\r\n"));
    wire.fin(Duration.ofSeconds(3), Direction.RECEIVED);
    Tshark unfinished = tshark(session, false);
    wire.rst(Duration.ofSeconds(4), Direction.SENT);
    wire.closed(Duration.ofSeconds(4));
    Tshark tshark = tshark(session, false);

    assertThat(unfinished.values("tcp.flags.reset == 1", "tcp.srcport")).isEmpty();
    assertThat(tshark.complaints()).isEmpty();
    assertThat(tshark.values("smtp.req", "ipv6.src")).containsExactly("2001:db8::1");
    assertThat(tshark.values("smtp.rsp", "frame.time_epoch"))
        .containsExactly("1767323045.678902234");
    assertThat(tshark.values("smtp.req", "frame.time_epoch"))
        .containsExactly("1767323048.178901234");
    assertThat(tshark.values("tcp.flags.reset == 1", "ipv6.src")).containsExactly("2001:db8::2");
    assertThat(tshark.values("tcp.checksum.status")).containsOnly("1");
  }

  @Test
  void what_is_held_stays_until_it_is_let_go_of_and_no_more_than_that() throws Exception {
    WireMemory little = new WireMemory(8_192);
    for (int number = 1; number <= 20; number++) {
      SmtpSession session = session(number, "127.0.0.1", "127.0.0.1");
      WireListener.Connection wire = follow(little, session);
      wire.bytes(Duration.ZERO, Direction.SENT, bytes("x".repeat(1_000)));
      wire.closed(Duration.ZERO);

      assertThat(little.hold("mx", session).isPresent()).as("%d", number).isEqualTo(number <= 5);
    }
    SmtpSession last = session(20, "127.0.0.1", "127.0.0.1");
    little.letGo(little.of("mx", last).orElseThrow());
    assertThat(little.hold("mx", last)).isPresent();
  }

  @Test
  void the_oldest_that_have_ended_go_first_and_open_ones_stay() throws Exception {
    WireMemory little = new WireMemory(16_384);
    SmtpSession open = session(1, "127.0.0.1", "127.0.0.1");
    follow(little, open).bytes(Duration.ZERO, Direction.SENT, bytes("x".repeat(2_000)));
    for (int number = 2; number <= 20; number++) {
      WireListener.Connection wire = follow(little, session(number, "127.0.0.1", "127.0.0.1"));
      wire.bytes(Duration.ZERO, Direction.SENT, bytes("x".repeat(2_000)));
      wire.closed(Duration.ZERO);
    }

    assertThat(little.of("mx", open)).isPresent();
    assertThat(little.of("mx", session(2, "127.0.0.1", "127.0.0.1"))).isEmpty();
    assertThat(little.of("mx", session(20, "127.0.0.1", "127.0.0.1"))).isPresent();
    assertThat(little.of("submission", open)).isEmpty();
    assertThat(little.usedBytes()).isBetween(8_192L, 16_384L);
  }
}
