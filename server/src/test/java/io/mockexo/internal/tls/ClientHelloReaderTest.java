package io.mockexo.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.ClientHello;
import io.mockexo.tls.NamedGroup;
import io.mockexo.tls.SignatureScheme;
import io.mockexo.tls.TlsVersion;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHelloReaderTest {

  /** A TLS 1.3 hello with GREASE values (RFC 8701), written by hand, without its record header. */
  private static final byte[] HELLO =
      bytes(
          "01 0000a5 0303",
          "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
          "00",
          "000a 8a8a 1302 1301 c030 00ff",
          "01 00",
          "0072",
          "2a2a 0000",
          "0000 0015 0013 00 0010 6d782e636f6e746f736f2e636f6d2e2e",
          "000a 0008 0006 4a4a 001d 0018",
          "000b 0002 01 00",
          "000d 0008 0006 0804 0401 0203",
          "0010 0009 0007 04 736d7470 01 78",
          "002b 0007 06 3a3a 0304 0303",
          "0033 0013 0011 4a4a 0001 00 001d 0008 0102030405060708",
          "0017 0000",
          "0015 0000");

  @Test
  void a_hello_is_recorded_in_full() {
    ClientHello hello = complete(read(record(HELLO)));

    assertThat(hello.recordVersion()).isEqualTo(0x0301);
    assertThat(hello.legacyVersion()).isEqualTo(0x0303);
    assertThat(hello.supportedVersions()).containsExactly(0x3a3a, 0x0304, 0x0303);
    assertThat(hello.highestVersion()).contains(TlsVersion.TLS_1_3);
    assertThat(hello.cipherSuites())
        .extracting(CipherSuite::name)
        .containsExactly(
            "GREASE",
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_EMPTY_RENEGOTIATION_INFO_SCSV");
    assertThat(hello.groups())
        .extracting(NamedGroup::name)
        .containsExactly("GREASE", "x25519", "secp384r1");
    assertThat(hello.ecPointFormats()).containsExactly(0);
    assertThat(hello.keyShareGroups())
        .extracting(NamedGroup::name)
        .containsExactly("GREASE", "x25519");
    assertThat(hello.signatureSchemes())
        .extracting(SignatureScheme::name)
        .containsExactly("rsa_pss_rsae_sha256", "rsa_pkcs1_sha256", "ecdsa_sha1");
    assertThat(hello.serverName()).isEqualTo("mx.contoso.com..");
    assertThat(hello.alpnProtocols()).containsExactly("smtp", "x");
    assertThat(hello.extensionTypes()).containsExactly(0x2a2a, 0, 10, 11, 13, 16, 43, 51, 23, 21);
  }

  @Test
  void a_hello_without_extensions_is_one_of_before_2003() {
    byte[] hello = bytes("01 000029 0301", "00".repeat(32), "00 0002 002f 01 00");

    ClientHello parsed = complete(read(record(hello)));

    assertThat(parsed.highestVersion()).contains(TlsVersion.TLS_1_0);
    assertThat(parsed.extensionTypes()).isEmpty();
    assertThat(parsed.serverName()).isNull();
  }

  @Test
  void a_hello_may_be_cut_into_segments_at_every_byte() {
    byte[] input = record(HELLO);
    for (int cut = 1; cut < input.length; cut++) {
      ClientHelloReader reader = new ClientHelloReader();
      assertThat(reader.read(input, 0, cut)).isInstanceOf(HelloOutcome.Incomplete.class);
      assertThat(reader.read(input, cut, input.length - cut))
          .isInstanceOf(HelloOutcome.Complete.class);
    }
  }

  @Test
  void a_hello_may_be_cut_into_records_at_every_byte() {
    for (int cut = 1; cut < HELLO.length; cut++) {
      byte[] input =
          concat(
              record(Arrays.copyOf(HELLO, cut)),
              record(Arrays.copyOfRange(HELLO, cut, HELLO.length)));
      assertThat(complete(read(input))).isEqualTo(complete(read(record(HELLO))));
    }
  }

  @Test
  void a_hello_may_come_in_records_of_one_byte_in_segments_of_one_byte() {
    ClientHelloReader reader = new ClientHelloReader();
    HelloOutcome outcome = new HelloOutcome.Incomplete();
    for (byte content : HELLO) {
      for (byte b : record(new byte[] {content})) {
        assertThat(outcome).isInstanceOf(HelloOutcome.Incomplete.class);
        outcome = reader.read(new byte[] {b}, 0, 1);
      }
    }
    assertThat(outcome).isInstanceOf(HelloOutcome.Complete.class);
    assertThat(reader.helloSize()).isEqualTo(6 * HELLO.length);
  }

  @Test
  void a_hello_of_any_content_is_complete_or_malformed_and_never_an_exception() {
    byte[] input = record(HELLO);
    for (int at = 0; at < input.length; at++) {
      for (int flip = 1; flip < 256; flip <<= 1) {
        byte[] changed = input.clone();
        changed[at] ^= (byte) flip;
        assertThat(read(changed)).isNotNull();
      }
    }
  }

  @Test
  void a_hello_whose_lengths_do_not_add_up_is_malformed() {
    byte[] shorter = HELLO.clone();
    shorter[3]--;
    assertViolation(read(record(shorter)), AlertDescription.DECODE_ERROR);

    byte[] trailing = bytes("01 00002a 0301", "00".repeat(32), "00 0002 002f 01 00 00");
    assertViolation(read(record(trailing)), AlertDescription.DECODE_ERROR);
  }

  @ParameterizedTest
  @CsvSource({
    "a record too long, 16 0301 4001, RECORD_OVERFLOW",
    "an empty record, 16 0301 0000, UNEXPECTED_MESSAGE",
    "a ServerHello, 16 0301 0004 02000000, UNEXPECTED_MESSAGE",
    "a message too long, 16 0301 0004 01010001, ILLEGAL_PARAMETER",
    "application data, 17 0303 0001 00, UNEXPECTED_MESSAGE",
    "a ChangeCipherSpec, 14 0303 0001 01, UNEXPECTED_MESSAGE",
    "a heartbeat, 18 0303 0003 014000, UNEXPECTED_MESSAGE",
    "an alert too long, 15 0303 0003 020000, DECODE_ERROR",
    "data between records, 16 0301 0001 01 17 0301 0001 00, UNEXPECTED_MESSAGE",
    "an empty record between records, 16 0301 0001 01 16 0301 0000, UNEXPECTED_MESSAGE",
  })
  void what_breaks_the_rules_of_tls_has_its_alert(
      String what, String input, AlertDescription alert) {
    assertViolation(read(bytes(input)), alert);
  }

  @Test
  void an_alert_is_told_from_a_hello() {
    assertThat(read(bytes("15 0301 0002 02 28"))).isEqualTo(new HelloOutcome.Alert(true, 40));
    assertThat(read(bytes("16 0301 0001 01 15 0301 0002 01 00")))
        .isEqualTo(new HelloOutcome.Alert(false, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"E", "EHLO client.example\r\n", "GET / HTTP/1.1\r\n\r\n", "\0", "\26\2"})
  void what_is_no_tls_is_told_from_its_first_bytes(String input) {
    ClientHelloReader reader = new ClientHelloReader();
    byte[] bytes = input.getBytes(StandardCharsets.ISO_8859_1);

    assertThat(reader.read(bytes, 0, bytes.length)).isInstanceOf(HelloOutcome.NotTls.class);
    assertThat(reader.unread()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"M", "MAIL FROM:<a@client.example>\r\n", "\26\4\1"})
  void what_is_no_tls_between_two_records_of_a_hello_is_told_from_its_first_bytes(String input) {
    ClientHelloReader reader = new ClientHelloReader();
    byte[] bytes = input.getBytes(StandardCharsets.ISO_8859_1);
    byte[] both = concat(record(Arrays.copyOf(HELLO, 10)), bytes);

    assertThat(reader.read(both, 0, both.length)).isInstanceOf(HelloOutcome.NotTls.class);
    assertThat(reader.unread()).isEqualTo(bytes);
  }

  @Test
  void an_sslv2_hello_is_recognized_at_whatever_byte_it_is_cut() {
    byte[] hello = bytes("801c 01 0301 0003 0000 0010", "00002f", "00".repeat(16));
    for (int cut = 1; cut < hello.length; cut++) {
      ClientHelloReader reader = new ClientHelloReader();
      assertThat(reader.read(hello, 0, cut)).isInstanceOf(HelloOutcome.Incomplete.class);
      assertThat(reader.read(hello, cut, hello.length - cut))
          .isEqualTo(new HelloOutcome.Sslv2(0x0301, 1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"8003 01", "801c 02", "801c 01 05", "800c 01 0002 0003 0000 0010 00002f"})
  void what_only_begins_like_an_sslv2_hello_is_none(String input) {
    assertThat(read(bytes(input))).isInstanceOf(HelloOutcome.NotTls.class);
  }

  private static HelloOutcome read(byte[] input) {
    return new ClientHelloReader().read(input, 0, input.length);
  }

  private static ClientHello complete(HelloOutcome outcome) {
    assertThat(outcome).isInstanceOf(HelloOutcome.Complete.class);
    return ((HelloOutcome.Complete) outcome).hello();
  }

  private static void assertViolation(HelloOutcome outcome, AlertDescription alert) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            HelloOutcome.Violation.class,
            violation -> assertThat(violation.alert()).isEqualTo(alert));
  }

  private static byte[] record(byte[] content) {
    return concat(
        new byte[] {22, 3, 1, (byte) (content.length >>> 8), (byte) content.length}, content);
  }

  private static byte[] concat(byte[] first, byte[] second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(second);
    return both.toByteArray();
  }

  private static byte[] bytes(String... hex) {
    return HexFormat.of().parseHex(String.join("", List.of(hex)).replace(" ", ""));
  }
}
