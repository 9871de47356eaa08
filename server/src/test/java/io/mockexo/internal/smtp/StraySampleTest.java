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

  private static StraySample sampleOf(byte[] bytes) {
    return StraySample.of(bytes, false);
  }

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

    assertThat(sampleOf(bytes)).isEqualTo(new StraySample(kind, hex));
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
    assertThat(sampleOf((line + "\r\n").getBytes(ISO_8859_1)))
        .isEqualTo(new StraySample(Kind.MAIL, line + "\\r\\n"));
    assertThat(sampleOf(("EHLO x\n" + line).getBytes(ISO_8859_1)).kind()).isEqualTo(Kind.MAIL);
  }

  @ParameterizedTest
  @CsvSource({
    "AUTH PLAIN AGFsaWNlAHMzY3JldA==,AUTH PLAIN <redacted>",
    "AUTH LOGIN,AUTH LOGIN",
    "AGFsaWNlAHMzY3JldA==,<redacted>",
    "czNjcmV0,<redacted>",
    "Y2U=,<redacted>",
    "AUTH=PLAIN czNjcmV0,AUTH=PLAIN <redacted>",
    "a1 LOGIN alice s3cretPW1,a1 LOGIN <redacted>",
    "PASS s3cretPW2,PASS <redacted>",
    "AUTHENTICATE PLAIN czNjcmV0,AUTHENTICATE PLAIN <redacted>",
    "NOOP AUTH PLAIN czNjcmV0,NOOP AUTH PLAIN <redacted>",
    "AUTHPLAIN czNjcmV0,AUTHPLAIN <redacted>"
  })
  void tells_auth_and_credentials_and_hides_them(String line, String sample) {
    assertThat(sampleOf(line.getBytes(ISO_8859_1))).isEqualTo(new StraySample(Kind.AUTH, sample));
  }

  @Test
  void hides_credentials_behind_auth_and_between_mail() {
    assertThat(
            sampleOf(
                "EHLO x\r\nAUTH LOGIN\r\nYWxpY2U=\r\ns3cret!\r\nMAIL FROM:<a@b>\r\n"
                    .getBytes(ISO_8859_1)))
        .isEqualTo(
            new StraySample(
                Kind.MAIL_AND_AUTH,
                "EHLO x\\r\\nAUTH LOGIN\\r\\n<redacted>\\r\\n<redacted>\\r\\nMAIL FROM:<a@b>\\r\\n"));
    assertThat(sampleOf("Subject: x\r\n\r\nczNjcmV0\r\n".getBytes(ISO_8859_1)))
        .isEqualTo(new StraySample(Kind.MAIL, "Subject: x\\r\\n\\r\\n<redacted>\\r\\n"));
  }

  @Test
  void looks_at_what_is_behind_a_bare_cr_for_itself() {
    assertThat(sampleOf("MAIL FROM:<a@b>\rAUTH PLAIN czNjcmV0\rx y\r".getBytes(ISO_8859_1)))
        .isEqualTo(
            new StraySample(
                Kind.MAIL_AND_AUTH, "MAIL FROM:<a@b>\\rAUTH PLAIN <redacted>\\r<redacted>\\r"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Subject: please login today\r\n\r\nthe pass is closed",
        "Authentication-Results: mx.example; dkim=pass header.d=b.example"
      })
  void takes_no_mail_that_speaks_of_logins_for_credentials(String mail) {
    assertThat(sampleOf(mail.getBytes(ISO_8859_1)).kind()).isEqualTo(Kind.MAIL);
  }

  /** A sample is cut where the buffer was full: any part of a secret is as good as the rest. */
  @Test
  void hides_credentials_wherever_the_bytes_are_cut() {
    String input =
        "EHLO x\r\nNOOP\rAUTH PLAIN czNjcmV0\r\nmy pass\u00e9!\na1 LOGIN alice s3cretPW1\r\n";
    for (int cut = 0; cut <= input.length(); cut++) {
      byte[] bytes = input.substring(0, cut).getBytes(ISO_8859_1);
      assertThat(sampleOf(bytes).sample())
          .as("cut at %d", cut)
          .doesNotContain("czN", "pass", "xE9", "alice", "s3c");
    }
  }

  @Test
  void hides_lines_that_are_no_command_once_auth_was_tried() {
    byte[] bytes = "x\r\nmy s3cret\r\nNOOP\r\n".getBytes(ISO_8859_1);
    assertThat(StraySample.of(bytes, true))
        .isEqualTo(new StraySample(Kind.OTHER, "<redacted>\\r\\n<redacted>\\r\\nNOOP\\r\\n"));
    assertThat(sampleOf("DATA\r\nsay AUTH LOGIN\r\nmy s3cret".getBytes(ISO_8859_1)))
        .isEqualTo(new StraySample(Kind.MAIL, "DATA\\r\\nsay AUTH LOGIN\\r\\n<redacted>"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "please login today",
        "GET /login HTTP/1.1",
        "Accept: text/plain, text/html",
        "please use auth for this"
      })
  void takes_no_text_with_such_words_for_a_login(String line) {
    assertThat(sampleOf(line.getBytes(ISO_8859_1)).kind()).isEqualTo(Kind.OTHER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"QUIT", "EHLO x", "GET / HTTP/1.0", "hello", "please use auth", "RSET"})
  void takes_the_rest_for_other(String line) {
    assertThat(sampleOf(line.getBytes(ISO_8859_1)).kind()).isEqualTo(Kind.OTHER);
  }

  @Test
  void looks_at_nothing_without_complaint() {
    assertThat(sampleOf(new byte[0])).isEqualTo(new StraySample(Kind.OTHER, ""));
    assertThat(sampleOf(new byte[] {0x15})).isEqualTo(new StraySample(Kind.OTHER, "\\x15"));
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
      String sample = sampleOf(noise).sample();
      assertThat(sample).hasSizeLessThanOrEqualTo(200);
      assertThat(sample.chars()).noneMatch(Character::isISOControl);
    }
    assertThat(sampleOf("a b".repeat(1000).getBytes(ISO_8859_1)).sample())
        .hasSize(200)
        .endsWith("...");
  }
}
