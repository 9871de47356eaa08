package io.mockexo.internal.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.internal.smtp.SmtpCommand.Mail;
import io.mockexo.internal.smtp.SmtpCommand.Malformed;
import io.mockexo.internal.smtp.SmtpCommand.Problem;
import io.mockexo.internal.smtp.SmtpCommand.Rcpt;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailAndRcptParsingTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "<a@b.example> | a@b.example",
        "` <a@b.example> ` | a@b.example",
        "<> | ``",
        "a@b.example | a@b.example",
        "<@one.example,@two.example:a@b.example> | a@b.example",
        "<a@[192.0.2.1]> | a@[192.0.2.1]",
        "<a@[IPv6:2001:db8::1]> | a@[IPv6:2001:db8::1]",
        "<\"a b\"@b.example> | \"a b\"@b.example",
        "<\"a>b\"@b.example> | \"a>b\"@b.example",
        "<\"a@\\\"b\"@b.example> | \"a@\\\"b\"@b.example",
        "<\"\"@b.example> | \"\"@b.example",
        "<a+b=c/d@host_1> | a+b=c/d@host_1",
      })
  void reads_reverse_paths(String path, String mailbox) {
    assertThat(parse("MAIL FROM:" + path)).isEqualTo(new Mail(mailbox, Map.of()));
    assertThat(parse("mail from:" + path + " SIZE=5"))
        .isEqualTo(new Mail(mailbox, Map.of("SIZE", "5")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<",
        "<a@b.example",
        "a",
        "<a>",
        "<@b.example>",
        "<a@>",
        "<a@b..example>",
        "<a@.example>",
        "<a..b@b.example>",
        "<.a@b.example>",
        "<a b@b.example>",
        "<a@b@c.example>",
        "<a@b.example>SIZE=5",
        "<\"a@b.example>",
        "<\"a\"b@b.example>",
        "<a@[192.0.2.1>",
        "<a@[]>",
        "<@one.example:>x",
        "<<a@b.example>>",
        "<ä@b.example>",
        "<a@bücher.example>"
      })
  void refuses_what_is_no_reverse_path(String path) {
    assertThat(parse("MAIL FROM:" + path))
        .isEqualTo(new Malformed("MAIL", Problem.INVALID_REVERSE_PATH));
  }

  @Test
  void refuses_addresses_that_are_longer_than_exchange_takes() {
    String domain = "@b.example";
    String longest = "a".repeat(571 - domain.length()) + domain;

    assertThat(parse("MAIL FROM:<" + longest + ">")).isEqualTo(new Mail(longest, Map.of()));
    assertThat(parse("MAIL FROM:<a" + longest + ">"))
        .isEqualTo(new Malformed("MAIL", Problem.INVALID_REVERSE_PATH));
  }

  @Test
  void reads_addresses_in_utf_8() {
    assertThat(parse("MAIL FROM:<ä@bücher.example> SMTPUTF8"))
        .isEqualTo(new Mail("ä@bücher.example", Map.of("SMTPUTF8", "")));
    assertThat(parse("RCPT TO:<ö@bücher.example>"))
        .isEqualTo(new Rcpt("ö@bücher.example", Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "<Postmaster>,Postmaster",
    "<postmaster@b.example>,postmaster@b.example",
    "a@b.example,a@b.example"
  })
  void reads_forward_paths(String path, String mailbox) {
    assertThat(parse("RCPT TO: " + path)).isEqualTo(new Rcpt(mailbox, Map.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<>", "<a>", "<a@>"})
  void refuses_what_is_no_forward_path(String path) {
    assertThat(parse("RCPT TO:" + path))
        .isEqualTo(new Malformed("RCPT", Problem.INVALID_FORWARD_PATH));
  }

  @Test
  void reads_all_parameters() {
    assertThat(
            parse(
                "MAIL FROM:<a@b.example> size=1000 body=binarymime SMTPUTF8 ret=full"
                    + " ENVID=QQ314159 AUTH=e+3Dmc2@example.com"))
        .isEqualTo(
            new Mail(
                "a@b.example",
                Map.of(
                    "SIZE", "1000",
                    "BODY", "BINARYMIME",
                    "SMTPUTF8", "",
                    "RET", "FULL",
                    "ENVID", "QQ314159",
                    "AUTH", "e+3Dmc2@example.com")));
    assertThat(parse("RCPT TO:<a@b.example> notify=success,Delay ORCPT=rfc822;A@b.example"))
        .isEqualTo(
            new Rcpt(
                "a@b.example", Map.of("NOTIFY", "SUCCESS,DELAY", "ORCPT", "rfc822;A@b.example")));
  }

  @ParameterizedTest
  @CsvSource({
    "FOO=1,UNRECOGNIZED_PARAMETER",
    "NOTIFY=NEVER,UNRECOGNIZED_PARAMETER",
    "SIZE=1 size=2,UNRECOGNIZED_PARAMETER",
    "=1,INVALID_ARGUMENTS",
    "SIZE,INVALID_ARGUMENTS",
    "SIZE=,INVALID_ARGUMENTS",
    "SIZE=-1,INVALID_ARGUMENTS",
    "SIZE=1k,INVALID_ARGUMENTS",
    "SIZE=123456789012345678901,INVALID_ARGUMENTS",
    "BODY,UNSUPPORTED_BODY_TYPE",
    "BODY=9BIT,UNSUPPORTED_BODY_TYPE",
    "SMTPUTF8=1,INVALID_ARGUMENTS",
    "RET=NONE,INVALID_ARGUMENTS",
    "ENVID=,INVALID_ARGUMENTS",
    "ENVID=a=b,INVALID_ARGUMENTS",
    "ENVID=a+b,INVALID_ARGUMENTS",
    "ENVID=a+3,INVALID_ARGUMENTS",
    "ENVID=a+3d,INVALID_ARGUMENTS",
    "ENVID=a+0Ab,INVALID_ARGUMENTS",
    "ENVID=ü,INVALID_ARGUMENTS",
    "AUTH=,INVALID_ARGUMENTS",
    "AUTH=a+b@c.example,INVALID_ARGUMENTS",
    "AUTH=a+,INVALID_ARGUMENTS",
    "AUTH=ü@c.example,INVALID_ARGUMENTS"
  })
  void names_the_problem_with_a_parameter(String parameters, Problem problem) {
    assertThat(parse("MAIL FROM:<a@b.example> " + parameters))
        .isEqualTo(new Malformed("MAIL", problem));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NOTIFY=",
        "NOTIFY=NEVER,DELAY",
        "NOTIFY=SUCCESS,",
        "NOTIFY=x",
        "ORCPT=a@b.example",
        "ORCPT=;a",
        "ORCPT=rfc822;",
        "ORCPT=a(b;c@d.example",
        "ORCPT=rfc822;a+b@c.example",
        "ORCPT=rfc822;a+3d@c.example",
        "ORCPT=rfc822;a+0A@c.example",
        "ORCPT=rfc822;ü@c.example",
        "ORCPT=utf-8;ü+@c.example"
      })
  void names_the_problem_with_a_parameter_of_rcpt(String parameters) {
    assertThat(parse("RCPT TO:<a@b.example> " + parameters))
        .isEqualTo(new Malformed("RCPT", Problem.INVALID_ARGUMENTS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MAIL FROM:<a@b.example> ENVID=a+2B+3D+20+09~!",
        "MAIL FROM:<a@b.example> AUTH=<>",
        "MAIL FROM:<a@b.example> AUTH=e+3Dmc2+C3+BC@c.example"
      })
  void takes_xtext_as_it_was_sent(String line) {
    String[] parameter = line.split(" ", 3)[2].split("=", 2);
    assertThat(parse(line)).isEqualTo(new Mail("a@b.example", Map.of(parameter[0], parameter[1])));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rfc822;a+2Bb@c.example", "UTF-8;ü\\x{FC}+2B@c.example", "x400;/a;b"})
  void takes_original_recipients_of_every_type(String orcpt) {
    assertThat(parse("RCPT TO:<a@b.example> ORCPT=" + orcpt))
        .isEqualTo(new Rcpt("a@b.example", Map.of("ORCPT", orcpt)));
  }

  @Test
  void takes_sizes_that_no_long_holds_as_very_large() {
    Mail mail = (Mail) parse("MAIL FROM:<> SIZE=99999999999999999999");

    assertThat(mail.declaredSize()).isEqualTo(Long.MAX_VALUE);
    assertThat(((Mail) parse("MAIL FROM:<> SIZE=9223372036854775806")).declaredSize())
        .isEqualTo(Long.MAX_VALUE - 1);
    assertThat(((Mail) parse("MAIL FROM:<>")).declaredSize()).isZero();
  }

  private static SmtpCommand parse(String line) {
    return SmtpCommandParser.parse(line.getBytes(UTF_8));
  }
}
