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
    "'  AUTH  LOGIN  ','  AUTH  LOGIN  '",
    "AUTH LOGIN,AUTH LOGIN",
    "AUTH,AUTH",
    "AUTH czNjcmV0,AUTH <redacted>",
    "AUTH s3cret PLAIN,AUTH <redacted>",
    "X-EXPS LOGIN czNjcmV0,X-EXPS LOGIN <redacted>",
    "X-EXPS EXCHANGEAUTH SHA256 czNjcmV0,X-EXPS EXCHANGEAUTH <redacted>",
    "AUTH PLAIN a b,AUTH PLAIN <redacted>"
  })
  void hides_the_arguments_of_auth(String line, String recorded) {
    assertThat(command(line)).isEqualTo(recorded);
    assertThat(afterAuth(line)).isEqualTo(recorded);
    assertThat(isRedacted(line)).isEqualTo(recorded.contains("<redacted>"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "garbage AUTH PLAIN czNjcmV0,garbage AUTH PLAIN <redacted>",
        "AUTH=PLAIN czNjcmV0,AUTH=PLAIN <redacted>",
        "AUTH=czNjcmV0,AUTH <redacted>",
        "AUTH\0PLAIN czNjcmV0,AUTH\\x00PLAIN <redacted>",
        "\"AUTH\" PLAIN czNjcmV0,\"AUTH\" PLAIN <redacted>",
        "AUTHPLAIN czNjcmV0,AUTHPLAIN <redacted>",
        "AUTHczNjcmV0,AUTH <redacted>",
        "XAUTH plain czNjcmV0,XAUTH plain <redacted>",
        "Authorization: Basic czNjcmV0,Authorization <redacted>",
        "X-EXPS=czNjcmV0,X-EXPS <redacted>",
        "\u00c3AUTH PLAIN czNjcmV0,\u00c3AUTH PLAIN <redacted>",
        "AUTH \u043f\u0430 PLAIN,AUTH <redacted>"
      })
  void hides_what_is_behind_auth_however_it_is_written(String line, String recorded) {
    assertThat(command(line)).isEqualTo(recorded);
    assertThat(isRedacted(line)).isTrue();
    assertThat(Redaction.triesAuth(line.getBytes(UTF_8))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "a1 LOGIN alice s3cretPW1,a1 LOGIN <redacted>",
    "a1 login login s3cretPW1,a1 login <redacted>",
    "a1 AUTHENTICATE PLAIN czNjcmV0,a1 AUTHENTICATE PLAIN <redacted>",
    "AUTHENTICATE x,AUTHENTICATE <redacted>",
    "PASS s3cretPW2,PASS <redacted>",
    "pass plain,pass <redacted>",
    "AUHT PLAIN czNjcmV0,AUHT PLAIN <redacted>",
    "PASS:s3cretPW2,PASS <redacted>",
    "password=s3cretPW2,password <redacted>",
    "USER alice PASS s3cretPW2,USER alice PASS <redacted>"
  })
  void hides_the_logins_of_other_protocols(String line, String recorded) {
    assertThat(command(line)).isEqualTo(recorded);
    assertThat(isRedacted(line)).isTrue();
    assertThat(Redaction.triesAuth(line.getBytes(UTF_8))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "NOOP AUTH PLAIN czNjcmV0,NOOP AUTH PLAIN <redacted>",
    "NOOP AUTHPLAIN czNjcmV0,NOOP AUTHPLAIN <redacted>",
    "NOOP AUTH is what I would say,NOOP AUTH <redacted>",
    "HELP PASS s3cret,HELP PASS <redacted>",
    "VRFY login s3cret,VRFY login <redacted>",
    "EXPN x X-EXPS GSSAPI czNj,EXPN x X-EXPS GSSAPI <redacted>",
    "EHLO x AUTH PLAIN czNjcmV0,EHLO x AUTH PLAIN <redacted>",
    "MAIL FROM:<a@b.example> AUTH PLAIN czNj,MAIL FROM:<a@b.example> AUTH PLAIN <redacted>",
    "MAIL FROM:<a@b.example>AUTH PLAIN czNj,MAIL FROM:<a@b.example>AUTH PLAIN <redacted>",
    "MAIL FROM:<a@b.example> AUTH=PLAIN s3c,MAIL FROM:<a@b.example> AUTH=PLAIN <redacted>",
    "RCPT TO:<a@b.example> PASS s3cret,RCPT TO:<a@b.example> PASS <redacted>",
    "DATA PASS s3cret,DATA PASS <redacted>"
  })
  void hides_what_is_behind_a_credential_word_in_what_is_no_valid_command(
      String line, String recorded) {
    assertThat(command(line)).isEqualTo(recorded);
    assertThat(isRedacted(line)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "'EHLO x\rAUTH PLAIN czNjcmV0',EHLO x\\x0DAUTH PLAIN <redacted>",
    "'MAIL FROM:<a@b>\rAUTH LOGIN\r\nczNjcmV0\rQUIT',MAIL FROM:<a@b>\\x0DAUTH LOGIN\\x0D\\x0A<redacted>\\x0DQUIT",
    "'AUTH PLAIN czNj\rEHLO x',AUTH PLAIN <redacted>\\x0DEHLO x",
    "'\r\r',\\x0D\\x0D"
  })
  void looks_at_what_is_behind_a_bare_cr_for_itself(String line, String recorded) {
    assertThat(command(line)).isEqualTo(recorded);
  }

  @Test
  void says_by_which_verb_a_line_is_executed() {
    assertThat(verb("ehlo x")).isEqualTo("EHLO");
    assertThat(verb("\tMAIL\tFROM:<a@b>")).isEqualTo("MAIL");
    assertThat(verb("EHLO x\rAUTH PLAIN x")).isEqualTo("EHLO");
    assertThat(verb("EHLO\rx")).isEmpty();
    assertThat(verb("GET / HTTP/1.0")).isEmpty();
    assertThat(Redaction.authLine("QUIT".getBytes(UTF_8)).verb()).isEmpty();
  }

  @Test
  void hides_the_arguments_of_auth_behind_control_characters() {
    assertThat(command("\0AUTH PLAIN czNjcmV0")).isEqualTo("\\x00AUTH PLAIN <redacted>");
    assertThat(command("AUTH\tPLAIN\tczNjcmV0")).isEqualTo("AUTH\\x09PLAIN <redacted>");
    assertThat(command("AUTH PLAIN \0alice\0s3cret")).isEqualTo("AUTH PLAIN <redacted>");
    assertThat(Redaction.commandLine("\u00ffAUTH \u00ff s3cret".getBytes(ISO_8859_1), false).text())
        .isEqualTo("\\xFFAUTH <redacted>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MAIL FROM:<a@b.example> AUTH=<>",
        "MAIL FROM:<auth@b.example> AUTH=a+40b.example",
        "MAIL FROM:<a@b.example> FOO=1 AUTH=<>",
        "MAIL FROM:<no address>",
        "RCPT TO:<login@>",
        "RCPT TO:<pass>",
        "EHLO auth",
        "EHLO auth..",
        "EHLO bücher.example",
        "BDAT -1",
        "NOOP passively and bypass logins",
        "VRFY login@b.example",
        "HELP AUTH",
        "QUIT",
        " "
      })
  void shows_other_commands_as_they_are(String line) {
    assertThat(command(line)).isEqualTo(line);
    assertThat(afterAuth(line)).isEqualTo(line);
    assertThat(isRedacted(line)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FOO",
        "GET / HTTP/1.0",
        "Accept: text/plain",
        "HELO..",
        "USER alice",
        "a1 CAPABILITY",
        "XCLIENT NAME=a",
        "MAILFROM:<a@b.example> AUTH=<>",
        "MAIL",
        "DATA x",
        "STARTTLS now"
      })
  void shows_what_is_no_command_before_auth(String line) {
    assertThat(command(line)).isEqualTo(line);
    assertThat(isRedacted(line)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "my pass word,<redacted>",
    "my AUTH word,<redacted>",
    "AGFsaWNlAHMzY3JldA==,<redacted>",
    "' czNjcmV0 ',<redacted>",
    "s3cret!,<redacted>",
    "Y=,<redacted>",
    "login-s3cret,<redacted>",
    "data s3cret,data <redacted>",
    "MAIL s3cret,MAIL <redacted>",
    "QUIT,QUIT"
  })
  void hides_all_of_what_is_no_command_after_auth(String line, String recorded) {
    assertThat(afterAuth(line)).isEqualTo(recorded);
    assertThat(Redaction.commandLine(line.getBytes(UTF_8), true).redacted())
        .isEqualTo(recorded.contains("<redacted>"));
  }

  @Test
  void shows_of_a_continuation_line_only_that_it_cancels() {
    assertThat(Redaction.authLine("czNjcmV0".getBytes(UTF_8)).text()).isEqualTo("<redacted>");
    assertThat(Redaction.authLine(new byte[0]).text()).isEqualTo("<redacted>");
    assertThat(Redaction.authLine("*".getBytes(UTF_8)).text()).isEqualTo("*");
  }

  @Test
  void records_mechanisms_only_if_they_are_known() {
    assertThat(Redaction.mechanism("xoauth2")).isEqualTo("XOAUTH2");
    assertThat(Redaction.mechanism("S3CRET")).isEqualTo("<redacted>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AUTH",
        "auth x",
        "AUTH PLAIN =",
        "X-EXPS GSSAPI",
        "\0AUTH LOGIN",
        "EHLO x\rAUTH LOGIN",
        "EHLO x AUTH LOGIN",
        "ATUH PLAIN"
      })
  void knows_a_try_of_auth(String line) {
    assertThat(Redaction.triesAuth(line.getBytes(UTF_8))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "QUIT", "MAIL FROM:<> AUTH=<>", "NOOP auth x", "USER alice", "HELP AUTH"})
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
    return Redaction.commandLine(line.getBytes(UTF_8), false).text();
  }

  private static boolean isRedacted(String line) {
    return Redaction.commandLine(line.getBytes(UTF_8), false).redacted();
  }

  private static String verb(String line) {
    return Redaction.commandLine(line.getBytes(UTF_8), false).verb();
  }

  private static String afterAuth(String line) {
    return Redaction.commandLine(line.getBytes(UTF_8), true).text();
  }

  private static String latin1(String line) {
    return Redaction.commandLine(line.getBytes(ISO_8859_1), false).text();
  }
}
