package io.mockexo.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.tls.TlsVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A handshake cut, ended or spoiled anywhere. */
class MangledHandshakeTest {

  private final RecordedEvents events = new RecordedEvents();

  @ParameterizedTest
  @CsvSource({
    "TLS_1_3, TLS_AES_128_GCM_SHA256, 1",
    "TLS_1_2, ECDHE-ECDSA-AES128-GCM-SHA256, 1",
    "TLS_1_0, ECDHE-ECDSA-AES128-SHA, 1",
    "TLS_1_3, TLS_AES_128_GCM_SHA256, 7",
    "TLS_1_2, ECDHE-ECDSA-AES128-GCM-SHA256, 100",
  })
  void a_handshake_in_small_segments_succeeds(TlsVersion version, String suite, int segment)
      throws Exception {
    TlsServerEngine engine = Fixture.engine(Fixture.permissive(), events);

    MemoryClient.talk(
        BcClient.offering(version, suite),
        engine,
        (target, flight) -> {
          for (int at = 0; at < flight.length; at += segment) {
            target.receive(flight, at, Math.min(segment, flight.length - at));
          }
        });

    assertThat(engine.isEstablished()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "TLS_1_3, TLS_AES_128_GCM_SHA256",
    "TLS_1_2, ECDHE-ECDSA-AES128-GCM-SHA256",
    "TLS_1_1, ECDHE-ECDSA-AES128-SHA",
  })
  void every_flight_may_be_cut_in_two_at_every_byte(TlsVersion version, String suite)
      throws Exception {
    boolean[] reached = {true};
    for (int cut = 1; reached[0]; cut++) {
      int at = cut;
      reached[0] = false;
      RecordedEvents each = new RecordedEvents();
      TlsServerEngine engine = Fixture.engine(Fixture.permissive(), each);
      MemoryClient.talk(
          BcClient.offering(version, suite),
          engine,
          (target, flight) -> {
            int first = Math.min(at, flight.length);
            reached[0] |= at < flight.length;
            target.receive(flight, 0, first);
            target.receive(flight, first, flight.length - first);
          });
      assertThat(engine.isEstablished()).as("cut at %d: %s", at, each.lines).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TLS_1_3, TLS_AES_128_GCM_SHA256",
    "TLS_1_2, ECDHE-ECDSA-AES128-GCM-SHA256",
    "TLS_1_1, ECDHE-ECDSA-AES128-SHA",
  })
  void a_handshake_may_end_at_every_byte(TlsVersion version, String suite) throws Exception {
    boolean[] cut = {true};
    for (int bytes = 0; cut[0]; bytes++) {
      int[] left = {bytes};
      cut[0] = false;
      RecordedEvents each = new RecordedEvents();
      TlsServerEngine engine = Fixture.engine(Fixture.permissive(), each);
      MemoryClient.talk(
          BcClient.offering(version, suite),
          engine,
          (target, flight) -> {
            int given = Math.min(left[0], flight.length);
            target.receive(flight, 0, given);
            left[0] -= given;
            if (given < flight.length) {
              cut[0] = true;
              target.inputClosed();
            }
          });
      if (cut[0]) {
        assertThat(each.lines).as("after %d bytes", bytes).containsOnlyOnce("failed");
        assertThat(each.lines).noneMatch(line -> line.startsWith("established"));
        assertThat(engine.isClosed()).isTrue();
      } else {
        assertThat(engine.isEstablished()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TLS_1_3, TLS_AES_128_GCM_SHA256",
    "TLS_1_2, ECDHE-ECDSA-AES128-SHA",
  })
  void every_byte_of_a_handshake_may_be_wrong(TlsVersion version, String suite) throws Exception {
    boolean[] reached = {true};
    for (int position = 0; reached[0]; position++) {
      int at = position;
      reached[0] = false;
      RecordedEvents each = new RecordedEvents();
      TlsServerEngine engine = Fixture.engine(Fixture.permissive(), each);
      MemoryClient.talk(
          BcClient.offering(version, suite),
          engine,
          (target, flight) -> {
            if (at < flight.length) {
              reached[0] = true;
              flight[at] ^= 0x55;
            }
            target.receive(flight, 0, flight.length);
          });
      engine.inputClosed();
      assertThat(each.lines.stream().filter("failed"::equals).count())
          .as("byte %d: %s", at, each.lines)
          .isLessThanOrEqualTo(1);
    }
  }
}
