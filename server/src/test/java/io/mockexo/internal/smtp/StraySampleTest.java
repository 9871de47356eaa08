package io.mockexo.internal.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.journal.SessionEvent.StrayBytes.Kind;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StraySampleTest {

  @ParameterizedTest
  @CsvSource({
    "15 03 01 00 02 02 32,TLS_ALERT",
    "15 03,TLS_ALERT",
    "16 03 01 00 c8 01 00,TLS_RECORD",
    "14 03 03 00 01 01,TLS_RECORD",
    "17 03 03 00 13,TLS_RECORD"
  })
  void tells_tls_by_its_record_header(String hex, Kind kind) {
    byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex);

    assertThat(StraySample.of(bytes)).isEqualTo(new StraySample(kind, hex));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MAIL FROM:<a@b.example>",
        "mail  from:<a@b.example>",
        "RCPT TO:<a@b.example>",
        "DATA",
        "BDAT 100 LAST",
        "Subject: hello",
        "Message-ID: <1@x>"
      })
  void tells_mail_by_its_commands_and_header_fields(String line) {
    assertThat(StraySample.of((line + "\r\n").getBytes(ISO_8859_1)))
        .isEqualTo(new StraySample(Kind.MAIL, line + "\\r\\n"));
    assertThat(StraySample.of(("EHLO x\n" + line).getBytes(ISO_8859_1)).kind())
        .isEqualTo(Kind.MAIL);
  }

  @ParameterizedTest
  @CsvSource({
    "AUTH PLAIN AGFsaWNlAHMzY3JldA==,AUTH PLAIN <redacted>",
    "AUTH LOGIN,AUTH LOGIN",
    "AGFsaWNlAHMzY3JldA==,<redacted>",
    "czNjcmV0,<redacted>",
    "Y2U=,<redacted>"
  })
  void tells_auth_and_credentials_and_hides_them(String line, String sample) {
    assertThat(StraySample.of(line.getBytes(ISO_8859_1)))
        .isEqualTo(new StraySample(Kind.AUTH, sample));
  }

  @Test
  void hides_credentials_behind_auth_and_between_mail() {
    assertThat(
            StraySample.of(
                "EHLO x\r\nAUTH LOGIN\r\nYWxpY2U=\r\ns3cret!\r\nMAIL FROM:<a@b>\r\n"
                    .getBytes(ISO_8859_1)))
        .isEqualTo(
            new StraySample(
                Kind.AUTH,
                "EHLO x\\r\\nAUTH LOGIN\\r\\n<redacted>\\r\\n<redacted>\\r\\nMAIL FROM:<a@b>\\r\\n"));
    assertThat(StraySample.of("Subject: x\r\n\r\nczNjcmV0\r\n".getBytes(ISO_8859_1)))
        .isEqualTo(new StraySample(Kind.MAIL, "Subject: x\\r\\n\\r\\n<redacted>\\r\\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"QUIT", "EHLO x", "GET / HTTP/1.0", "hello", "please use auth", "RSET"})
  void takes_the_rest_for_other(String line) {
    assertThat(StraySample.of(line.getBytes(ISO_8859_1)).kind()).isEqualTo(Kind.OTHER);
  }

  @Test
  void looks_at_nothing_without_complaint() {
    assertThat(StraySample.of(new byte[0])).isEqualTo(new StraySample(Kind.OTHER, ""));
    assertThat(StraySample.of(new byte[] {0x15})).isEqualTo(new StraySample(Kind.OTHER, "\\x15"));
  }

  @Test
  void keeps_samples_short_and_printable_whatever_comes() {
    Random random = new Random(7);
    byte[] noise = new byte[3000];
    for (int round = 0; round < 200; round++) {
      random.nextBytes(noise);
      if (round % 2 == 0) {
        noise[0] = 0x16;
        noise[1] = 3;
      }
      String sample = StraySample.of(noise).sample();
      assertThat(sample).hasSizeLessThanOrEqualTo(200);
      assertThat(sample.chars()).noneMatch(Character::isISOControl);
    }
    assertThat(StraySample.of("a b".repeat(1000).getBytes(ISO_8859_1)).sample())
        .hasSize(200)
        .endsWith("...");
  }
}
