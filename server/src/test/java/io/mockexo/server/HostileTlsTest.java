package io.mockexo.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.client.ClientHellos;
import io.mockexo.client.RecordClient;
import io.mockexo.client.SmtpTestClient;
import io.mockexo.journal.JournalLimits;
import io.mockexo.journal.SessionEvent.Alert;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.SessionEvent.Closed.End;
import io.mockexo.journal.SessionEvent.Closed.Side;
import io.mockexo.journal.SessionEvent.EventsDropped;
import io.mockexo.journal.SessionEvent.StrayBytes;
import io.mockexo.journal.SessionEvent.TlsFailed;
import io.mockexo.journal.SmtpSession;
import io.mockexo.tls.TlsVersion;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client can do to TLS, over a socket: each gets its alert or its close, and a record. */
class HostileTlsTest {

  private static final int ALERT = 21;
  private static final int HANDSHAKE = 22;
  private static final int HEARTBEAT = 24;

  private static final int UNEXPECTED_MESSAGE = 10;
  private static final int NO_RENEGOTIATION = 100;

  /** A heartbeat request that says it has 16 KiB and has none (CVE-2014-0160). */
  private static final byte[] HEARTBLEED = HexFormat.of().parseHex("014000");

  private static final byte[] USER_CANCELED = {1, 90};
  private static final byte[] PROTOCOL_VERSION = {2, 70};

  private static final int MANY = 10_000;
  private static final int MAX_EVENTS = 100;

  private final MockExchangeOnlineServer exchange =
      MockExchangeOnlineServer.mx()
          .threads(1)
          .journalLimits(new JournalLimits(100, 10_000_000, MAX_EVENTS))
          .start();

  @AfterEach
  void others_are_served_and_close() {
    try (SmtpTestClient other = SmtpTestClient.hello(exchange)) {
      assertThat(other.deliver("a@client.example", "b@contoso.com")).startsWith("250 2.6.0 ");
    }
    exchange.close();
  }

  private SmtpTestClient afterStartTls() {
    SmtpTestClient client = SmtpTestClient.hello(exchange);
    client.command("STARTTLS");
    return client;
  }

  private SmtpSession session() {
    return exchange.awaitSessions(1).first();
  }

  private static byte[] plaintext(int type, byte[] content) {
    return HexFormat.of()
        .parseHex(
            "%02x0303%04x%s".formatted(type, content.length, HexFormat.of().formatHex(content)));
  }

  private static byte[] times(int count, byte[] bytes) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      all.writeBytes(bytes);
    }
    return all.toByteArray();
  }

  private void assertEndedWith(int alert) {
    SmtpSession session = session();
    assertThat(session.alertsSent())
        .as(session.transcript())
        .singleElement()
        .matches(Alert::fatal)
        .extracting(Alert::code)
        .isEqualTo(alert);
    assertThat(session.events(TlsFailed.class)).hasSize(1);
    assertThat(session.events(StrayBytes.class)).isEmpty();
    Closed closed = session.closed().orElseThrow();
    assertThat(closed.by()).isEqualTo(Side.SERVER);
    assertThat(closed.how()).isEqualTo(End.FIN);
  }

  static Stream<Arguments> fragmentations() {
    Function<byte[], List<byte[]>> oneByteRecords =
        flight -> List.of(RecordClient.inOneByteRecords(flight));
    Function<byte[], List<byte[]>> both =
        flight -> RecordClient.inOneByteSegments(RecordClient.inOneByteRecords(flight));
    Function<byte[], List<byte[]>> oneByteSegments = RecordClient::inOneByteSegments;
    return Stream.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3)
        .flatMap(
            version ->
                Stream.of(
                    Arguments.of(version, "one-byte records", oneByteRecords),
                    Arguments.of(version, "one-byte segments", oneByteSegments),
                    Arguments.of(version, "both", both)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("fragmentations")
  void a_handshake_in_fragments_is_a_handshake(
      TlsVersion version, String how, Function<byte[], List<byte[]>> segments) throws Exception {
    try (RecordClient client = RecordClient.of(exchange, version).handshake(segments)) {
      assertThat(client.command("EHLO client.example")).startsWith("250-");
      assertThat(client.command("QUIT")).startsWith("221 ");
    }
    assertThat(session().tls().orElseThrow().version()).isEqualTo(version);
  }

  /** RFC 8446, section 5, and RFC 5246, section 6: what was not agreed on is unexpected. */
  @Test
  void a_heartbeat_instead_of_a_client_hello_is_unexpected() {
    try (SmtpTestClient client = afterStartTls()) {
      client.send(plaintext(HEARTBEAT, HEARTBLEED));
      assertThat(client.readToEnd()).endsWith(2, UNEXPECTED_MESSAGE);
    }
    assertEndedWith(UNEXPECTED_MESSAGE);
  }

  @Test
  void a_heartbeat_between_two_records_of_a_client_hello_is_unexpected() {
    byte[] hello = ClientHellos.tls11();
    try (SmtpTestClient client = afterStartTls()) {
      client.send(Arrays.copyOf(RecordClient.inOneByteRecords(hello), 60));
      client.send(plaintext(HEARTBEAT, HEARTBLEED));
      assertThat(client.readToEnd()).endsWith(2, UNEXPECTED_MESSAGE);
    }
    assertEndedWith(UNEXPECTED_MESSAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void a_heartbeat_during_the_handshake_is_unexpected(String protocol) throws Exception {
    try (SmtpTestClient client = afterStartTls()) {
      client.send(ClientHellos.ofJdk(exchange.clientSslContext(), protocol));
      client.readSome();
      client.send(plaintext(HEARTBEAT, HEARTBLEED));
      client.readToEnd();
    }
    assertEndedWith(UNEXPECTED_MESSAGE);
  }

  @ParameterizedTest
  @EnumSource(
      value = TlsVersion.class,
      names = {"TLS_1_2", "TLS_1_3"})
  void a_heartbeat_inside_tls_is_unexpected(TlsVersion version) throws Exception {
    try (RecordClient client = RecordClient.of(exchange, version).handshake()) {
      client.sendRecord(HEARTBEAT, HEARTBLEED);
      client.wire().readToEnd();
    }
    assertEndedWith(UNEXPECTED_MESSAGE);
  }

  /** The first one ends it; what follows is noted, as far as there is room for noise. */
  @ParameterizedTest
  @CsvSource({"015a, user_canceled", "0246, protocol_version"})
  void a_flood_of_alerts_instead_of_a_client_hello_ends_with_the_first(String alert, String name) {
    try (SmtpTestClient client = afterStartTls()) {
      client.send(times(MANY, plaintext(ALERT, HexFormat.of().parseHex(alert))));
      assertThat(client.isAtEnd()).isTrue();
    }
    assertThat(session().events(TlsFailed.class))
        .singleElement()
        .extracting(TlsFailed::reason)
        .isEqualTo("the client sent " + name + " for a ClientHello");
    assertBounded();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void a_flood_of_warnings_during_the_handshake_is_ended(String protocol) throws Exception {
    try (SmtpTestClient client = afterStartTls()) {
      client.send(ClientHellos.ofJdk(exchange.clientSslContext(), protocol));
      client.readSome();
      client.send(times(MANY, plaintext(ALERT, USER_CANCELED)));
      client.readToEnd();
    }
    assertEndedWith(UNEXPECTED_MESSAGE);
    assertBounded();
  }

  @ParameterizedTest
  @EnumSource(
      value = TlsVersion.class,
      names = {"TLS_1_2", "TLS_1_3"})
  void a_flood_of_warnings_inside_tls_is_ended(TlsVersion version) throws Exception {
    try (RecordClient client = RecordClient.of(exchange, version).handshake()) {
      for (int i = 0; i < MANY; i++) {
        client.sendRecord(ALERT, USER_CANCELED);
      }
      client.wire().readToEnd();
    }
    assertEndedWith(UNEXPECTED_MESSAGE);
    assertThat(session().alertsReceived()).hasSize(5);
  }

  @Test
  void a_flood_of_fatal_alerts_after_our_fin_is_noted_as_far_as_there_is_room_for_noise() {
    try (SmtpTestClient client = afterStartTls()) {
      client.send(ClientHellos.tls11());
      assertThat(client.isAtEnd()).isTrue();
      client.send(times(MANY, plaintext(ALERT, PROTOCOL_VERSION)));
    }
    assertThat(session().tlsRefused()).isPresent();
    assertThat(session().alertsReceived()).isNotEmpty();
    assertBounded();
  }

  private void assertBounded() {
    SmtpSession session = session();
    assertThat(session.events()).hasSizeLessThanOrEqualTo(MAX_EVENTS + 10);
    assertThat(session.events(EventsDropped.class)).hasSize(1);
    assertThat(session.closed()).isPresent();
  }

  /** RFC 5246, section 7.2.2: a server may refuse with a warning. What Exchange does: G. */
  @Test
  void renegotiation_is_refused_again_and_again_and_the_session_goes_on() throws Exception {
    byte[] hello = handshakeMessage("TLSv1.2");
    int attempts = 3 * MAX_EVENTS;
    try (RecordClient client = RecordClient.of(exchange, TlsVersion.TLS_1_2).handshake()) {
      for (int i = 0; i < attempts; i++) {
        client.sendRecord(HANDSHAKE, hello);
        assertThat(client.command("NOOP")).startsWith("250 ");
      }
      assertThat(client.command("QUIT")).startsWith("221 ");
    }
    assertThat(session().clientHellos()).hasSize(1);
    assertThat(session().alertsSent())
        .isNotEmpty()
        .allMatch(alert -> !alert.fatal() && alert.code() == NO_RENEGOTIATION);
    assertBounded();
  }

  /** TLS 1.3 has no renegotiation (RFC 8446, section 4.1.2). */
  @Test
  void a_client_hello_inside_tls_1_3_is_unexpected() throws Exception {
    byte[] hello = handshakeMessage("TLSv1.3");
    try (RecordClient client = RecordClient.of(exchange, TlsVersion.TLS_1_3).handshake()) {
      client.sendRecord(HANDSHAKE, hello);
      client.wire().readToEnd();
    }
    assertEndedWith(UNEXPECTED_MESSAGE);
  }

  /** A ClientHello without its record. */
  private byte[] handshakeMessage(String protocol) throws Exception {
    byte[] hello = ClientHellos.ofJdk(exchange.clientSslContext(), protocol);
    return Arrays.copyOfRange(hello, 5, hello.length);
  }
}
