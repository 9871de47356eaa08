package io.mockexo.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.tls.CertificateKind;
import io.mockexo.tls.TlsPolicy;
import io.mockexo.tls.TlsVersion;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a client sends has a defined end: no exception, one failure at most, an alert if due.
 */
class HostileClientTest {

  private final RecordedEvents events = new RecordedEvents();

  @Test
  void garbage_after_a_hello_has_an_end() throws Exception {
    Random random = new Random(42);
    byte[] hello = BcClient.offering(TlsVersion.TLS_1_3, "TLS_AES_128_GCM_SHA256").output();
    for (int i = 0; i < 200; i++) {
      RecordedEvents each = new RecordedEvents();
      TlsServerEngine engine = Fixture.engine(Fixture.permissive(), each);
      byte[] garbage = new byte[300];
      random.nextBytes(garbage);
      garbage[0] = (byte) (20 + i % 4);
      garbage[1] = 3;

      engine.receive(hello, 0, hello.length);
      engine.receive(garbage, 0, garbage.length);
      engine.inputClosed();

      assertThat(each.lines).containsOnlyOnce("failed");
      assertThat(engine.isClosed()).isTrue();
    }
  }

  @Test
  void a_malformed_hello_is_answered_with_decode_error() {
    TlsServerEngine engine = Fixture.engine(TlsPolicy.exchangeOnline(), events);
    receive(engine, "16 0301 0008 01 000004 0303 0102");

    assertThat(MemoryClient.drain(engine)).containsExactly(21, 3, 1, 0, 2, 2, 50);
    assertThat(events.lines).containsExactly("alertSent fatal decode_error", "failed");
    assertThat(engine.isClosed()).isTrue();
  }

  /** Well-formed for us, and refused by Bouncy Castle before it has a version to answer in. */
  @Test
  void an_alert_that_bouncy_castle_cannot_write_yet_is_written_for_it() {
    TlsServerEngine engine = Fixture.engine(TlsPolicy.exchangeOnline(), events);
    String withoutNullCompression = "01 000029 0303" + "00".repeat(32) + "00 0002 009c 01 01";
    receive(engine, "16 0301 002d" + withoutNullCompression);

    assertThat(MemoryClient.drain(engine)).containsExactly(21, 3, 3, 0, 2, 2, 40);
    assertThat(events.lines)
        .containsExactly("clientHello", "alertSent fatal handshake_failure", "failed");
  }

  @Test
  void an_sslv2_hello_is_told_and_left_unanswered() {
    TlsServerEngine engine = Fixture.engine(TlsPolicy.exchangeOnline(), events);
    receive(engine, "801c 01 0301 0003 0000 0010 00002f" + "00".repeat(16));

    assertThat(events.lines).containsExactly("sslv2Hello 0301 1");
    assertThat(engine.pendingOutput()).isZero();
    assertThat(engine.takesInput()).isFalse();
  }

  @Test
  void an_alert_instead_of_a_hello_is_told() {
    TlsServerEngine engine = Fixture.engine(TlsPolicy.exchangeOnline(), events);
    receive(engine, "15 0301 0002 02 46");

    assertThat(events.lines).containsExactly("alertReceived fatal protocol_version", "failed");
    assertThat(events.failure).isEqualTo("the client sent protocol_version for a ClientHello");
  }

  @ParameterizedTest
  @ValueSource(strings = {"17 0303 ffff", "17 0303 4801", "16 0303 ffff"})
  void a_record_that_is_too_long_is_refused_by_its_header(String header) throws Exception {
    TlsServerEngine engine = established("ECDHE-ECDSA-AES128-GCM-SHA256");
    receive(engine, header);

    assertThat(events.lines).endsWith("alertSent fatal record_overflow", "failed");
    assertThat(engine.pendingOutput()).isPositive();
  }

  @Test
  void a_record_with_a_wrong_mac_is_answered_with_bad_record_mac() throws Exception {
    TlsServerEngine engine = established("ECDHE-ECDSA-AES128-SHA");
    receive(engine, "17 0303 0030" + "00".repeat(48));

    assertThat(events.lines).endsWith("alertSent fatal bad_record_mac", "failed");
  }

  @Test
  void a_record_too_short_for_its_cipher_is_refused() throws Exception {
    TlsServerEngine engine = established("ECDHE-ECDSA-AES128-GCM-SHA256");
    receive(engine, "17 0303 0001 00");

    assertThat(events.lines).endsWith("alertSent fatal decode_error", "failed");
  }

  @Test
  void close_notify_in_the_handshake_is_a_failure() throws Exception {
    TlsServerEngine engine = Fixture.engine(Fixture.permissive(), events);
    byte[] hello = BcClient.offering(TlsVersion.TLS_1_2, "ECDHE-ECDSA-AES128-GCM-SHA256").output();
    engine.receive(hello, 0, hello.length);
    receive(engine, "15 0303 0002 01 00");

    assertThat(events.lines)
        .containsExactly(
            "clientHello",
            "alertReceived warning close_notify",
            "alertSent fatal handshake_failure",
            "failed");
  }

  @ParameterizedTest
  @CsvSource({
    "TLS_1_3, TLS_AES_128_GCM_SHA256",
    "TLS_1_2, ECDHE-ECDSA-AES128-GCM-SHA256",
    "TLS_1_0, ECDHE-ECDSA-AES128-SHA",
  })
  void five_warnings_in_a_row_are_answered_with_unexpected_message(TlsVersion version, String suite)
      throws Exception {
    BcClient client = BcClient.offering(version, suite);
    TlsServerEngine engine = Fixture.engine(Fixture.permissive(), events);
    MemoryClient.talk(client, engine);
    byte[] userCanceled = {1, 90};

    for (int i = 0; i < 4; i++) {
      client.sendRecord(TlsRecord.ALERT, userCanceled);
    }
    client.send(new byte[] {'x'});
    for (int i = 0; i < 100; i++) {
      client.sendRecord(TlsRecord.ALERT, userCanceled);
    }
    byte[] flood = client.output();
    engine.receive(flood, 0, flood.length);

    assertThat(events.lines.stream().filter("alertReceived warning user_canceled"::equals))
        .hasSize(9);
    assertThat(events.lines).endsWith("alertSent fatal unexpected_message", "failed");
    assertThat(events.failure).contains("5 warning alerts in a row");
    assertThat(engine.takesInput()).isFalse();
  }

  @Test
  void warnings_in_one_record_and_in_the_handshake_are_counted_alike() throws Exception {
    TlsServerEngine engine = Fixture.engine(Fixture.permissive(), events);
    byte[] hello = BcClient.offering(TlsVersion.TLS_1_2, "ECDHE-ECDSA-AES128-GCM-SHA256").output();
    engine.receive(hello, 0, hello.length);
    receive(engine, "15 0303 1000" + "015a".repeat(2048));

    assertThat(events.lines.stream().filter("alertReceived warning user_canceled"::equals))
        .hasSize(5);
    assertThat(events.lines).endsWith("alertSent fatal unexpected_message", "failed");
  }

  @Test
  void a_flood_of_plaintext_is_taken_as_it_comes() throws Exception {
    BcClient client = BcClient.offering(TlsVersion.TLS_1_2, "ECDHE-ECDSA-AES128-GCM-SHA256");
    TlsServerEngine engine = Fixture.engine(Fixture.permissive(), events);
    MemoryClient.talk(client, engine);
    byte[] sent = new byte[1_000_000];
    new Random(1).nextBytes(sent);

    client.send(sent);
    MemoryClient.talk(client, engine);

    byte[] received = new byte[sent.length + 1];
    assertThat(engine.readPlaintext(received, 0, received.length)).isEqualTo(sent.length);
    assertThat(Arrays.copyOf(received, sent.length)).isEqualTo(sent);
  }

  private TlsServerEngine established(String suite) throws Exception {
    TlsServerEngine engine =
        new TlsServerEngine(
            Fixture.permissive(),
            Fixture.certificate(CertificateKind.ECDSA_P256),
            Fixture.TRUST,
            new ResumableSessions(),
            events);
    MemoryClient.talk(BcClient.offering(TlsVersion.TLS_1_2, suite), engine);
    assertThat(engine.isEstablished()).isTrue();
    return engine;
  }

  private static void receive(TlsServerEngine engine, String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    engine.receive(bytes, 0, bytes.length);
  }
}
