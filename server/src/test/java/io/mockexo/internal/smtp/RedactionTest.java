package io.mockexo.internal.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

  @ParameterizedTest
  @CsvSource({
    "AUTH PLAIN AGFsaWNlAHMzY3JldA==,AUTH PLAIN <redacted>",
    "auth login czNjcmV0 czNjcmV0,auth login <redacted>",
    "'  AUTH  LOGIN  ','AUTH  LOGIN'",
    "AUTH LOGIN,AUTH LOGIN",
    "AUTH,AUTH",
    "AUTH czNjcmV0,AUTH <redacted>",
    "AUTH s3cret PLAIN,AUTH <redacted>",
    "X-EXPS LOGIN czNjcmV0,X-EXPS LOGIN <redacted>",
    "X-EXPS EXCHANGEAUTH SHA256 czNjcmV0,X-EXPS EXCHANGEAUTH <redacted>",
    "garbage AUTH PLAIN czNjcmV0,garbage AUTH PLAIN <redacted>"
  })
  void hides_the_arguments_of_auth(String line, String recorded) {
    assertThat(command(line)).isEqualTo(recorded);
    assertThat(Redaction.commandLine(line.getBytes(UTF_8), true)).isEqualTo(recorded);
  }

  @Test
  void hides_the_arguments_of_auth_behind_control_characters() {
    assertThat(command("\0AUTH PLAIN czNjcmV0")).isEqualTo("\\x00AUTH PLAIN <redacted>");
    assertThat(command("AUTH\tPLAIN\tczNjcmV0")).isEqualTo("AUTH\\x09PLAIN <redacted>");
    assertThat(command("AUTH PLAIN \0alice\0s3cret")).isEqualTo("AUTH PLAIN <redacted>");
    assertThat(Redaction.commandLine("\u00ffAUTH \u00ff s3cret".getBytes(ISO_8859_1), false))
        .isEqualTo("\\xFFAUTH <redacted>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MAIL FROM:<a@b.example> AUTH=<>",
        "MAIL FROM:<auth@b.example> AUTH=a+40b.example",
        "EHLO auth",
        "NOOP AUTH is what I would say",
        "AUTHENTICATE x",
        "EHLO bücher.example",
        "QUIT"
      })
  void shows_other_commands_as_they_are(String line) {
    assertThat(command(line)).isEqualTo(line);
    assertThat(Redaction.commandLine(line.getBytes(UTF_8), true)).isEqualTo(line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AGFsaWNlAHMzY3JldA==", " czNjcmV0 ", "s3cret!", "Y=", "\u00e4\0"})
  void hides_lone_words_after_auth(String line) {
    assertThat(Redaction.commandLine(line.getBytes(ISO_8859_1), true)).isEqualTo("<redacted>");
    assertThat(command(line)).doesNotContain("<redacted>");
  }

  @Test
  void shows_of_a_continuation_line_only_that_it_cancels() {
    assertThat(Redaction.authLine("czNjcmV0".getBytes(UTF_8))).isEqualTo("<redacted>");
    assertThat(Redaction.authLine(new byte[0])).isEqualTo("<redacted>");
    assertThat(Redaction.authLine("*".getBytes(UTF_8))).isEqualTo("*");
  }

  @Test
  void records_mechanisms_only_if_they_are_known() {
    assertThat(Redaction.mechanism("xoauth2")).isEqualTo("XOAUTH2");
    assertThat(Redaction.mechanism("S3CRET")).isEqualTo("<redacted>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AUTH", "auth x", "AUTH PLAIN =", "X-EXPS GSSAPI", "\0AUTH LOGIN"})
  void knows_a_try_of_auth(String line) {
    assertThat(Redaction.triesAuth(line.getBytes(UTF_8))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "QUIT", "MAIL FROM:<> AUTH=<>", "NOOP auth x", "AUTHENTICATE x"})
  void knows_what_is_no_try_of_auth(String line) {
    assertThat(Redaction.triesAuth(line.getBytes(UTF_8))).isFalse();
  }

  @Test
  void records_no_user_with_a_password_behind_a_nul() {
    assertThat(Redaction.user("\0alice\0s3cret")).isEqualTo("<redacted>");
    assertThat(Redaction.user("alice@contoso.com")).isEqualTo("alice@contoso.com");
    assertThat(Redaction.user(null)).isNull();
  }

  @Test
  void escapes_what_does_not_print() {
    assertThat(command("a\0b\r\u001b[31m\u007f")).isEqualTo("a\\x00b\\x0D\\x1B[31m\\x7F");
    assertThat(command("\u202eevil")).isEqualTo("\\xE2\\x80\\xAEevil");
    assertThat(command("\u0085")).isEqualTo("\\xC2\\x85");
    assertThat(command("grüße 😀")).isEqualTo("grüße 😀");
  }

  @Test
  void escapes_what_is_not_utf_8() {
    assertThat(latin1("\u00e4b")).isEqualTo("\\xE4b");
    assertThat(latin1("\u00c3")).isEqualTo("\\xC3");
    assertThat(latin1("\u00ed\u00a0\u0080")).isEqualTo("\\xED\\xA0\\x80");
    assertThat(latin1("\u00c0\u00af")).isEqualTo("\\xC0\\xAF");
    assertThat(latin1("\u00f0\u009f\u0098")).isEqualTo("\\xF0\\x9F\\x98");
  }

  @Test
  void cuts_long_lines_and_says_how_much_is_left_out() {
    assertThat(command("a".repeat(1000))).isEqualTo("a".repeat(1000));
    assertThat(command("a".repeat(1234))).isEqualTo("a".repeat(1000) + " ... (234 more bytes)");
    assertThat(command("a".repeat(999) + "ü")).hasSize(1000);
    assertThat(command("a".repeat(998) + "\0b")).isEqualTo("a".repeat(998) + " ... (2 more bytes)");
  }

  private static String command(String line) {
    return Redaction.commandLine(line.getBytes(UTF_8), false);
  }

  private static String latin1(String line) {
    return Redaction.commandLine(line.getBytes(ISO_8859_1), false);
  }
}
