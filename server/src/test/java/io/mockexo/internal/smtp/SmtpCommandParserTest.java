package io.mockexo.internal.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.mockexo.internal.smtp.SmtpCommand.Auth;
import io.mockexo.internal.smtp.SmtpCommand.Bdat;
import io.mockexo.internal.smtp.SmtpCommand.Ehlo;
import io.mockexo.internal.smtp.SmtpCommand.Malformed;
import io.mockexo.internal.smtp.SmtpCommand.Problem;
import io.mockexo.internal.smtp.SmtpCommand.Unknown;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpCommandParserTest {

  static Stream<Arguments> simpleCommands() {
    return Stream.of(
        arguments("EHLO client.example", new Ehlo("client.example")),
        arguments("HELO client.example", new SmtpCommand.Helo("client.example")),
        arguments("DATA", new SmtpCommand.Data()),
        arguments("RSET", new SmtpCommand.Rset()),
        arguments("QUIT", new SmtpCommand.Quit()),
        arguments("STARTTLS", new SmtpCommand.StartTls()),
        arguments("NOOP", new SmtpCommand.Noop()),
        arguments("NOOP anything at all", new SmtpCommand.Noop()),
        arguments("VRFY alice", new SmtpCommand.Vrfy()),
        arguments("EXPN staff", new SmtpCommand.Expn()),
        arguments("HELP", new SmtpCommand.Help()),
        arguments("HELP MAIL", new SmtpCommand.Help()),
        arguments("AUTH LOGIN", new Auth("LOGIN", null)),
        arguments("AUTH plain =", new Auth("PLAIN", "=")),
        arguments("AUTH\tXOAUTH2  dXNlcg==", new Auth("XOAUTH2", "dXNlcg==")),
        arguments("BDAT 0", new Bdat(0, false)),
        arguments("BDAT 1000 LAST", new Bdat(1000, true)),
        arguments("BDAT 9223372036854775806", new Bdat(Long.MAX_VALUE - 1, false)));
  }

  @ParameterizedTest
  @MethodSource("simpleCommands")
  void reads_verbs_in_any_case_and_blanks_around_them(String line, SmtpCommand expected) {
    assertThat(parse(line)).isEqualTo(expected);
    assertThat(parse("  " + line + " \t")).isEqualTo(expected);
    int verbEnd = Blanks.wordEnd(line);
    assertThat(parse(line.substring(0, verbEnd).toLowerCase(Locale.ROOT) + line.substring(verbEnd)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BDAT",
        "BDAT LAST",
        "BDAT -1",
        "BDAT +1",
        "BDAT 0x10",
        "BDAT 1 FIRST",
        "BDAT 1 LAST LAST",
        "BDAT 9223372036854775807",
        "BDAT 18446744073709551616",
        "BDAT 99999999999999999999999",
        "BDAT 1\0",
        "BDAT ١"
      })
  void finds_sizes_of_chunks_unusable(String line) {
    assertThat(parse(line)).isEqualTo(new Malformed("BDAT", Problem.UNUSABLE_CHUNK_SIZE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MAIL", "MAIL a@b.example", "MAIL FROM", "MAIL TO:<a@b.example>", "RCPT", "RCPT FROM:<a@b>",
        "DATA x", "RSET x", "QUIT x", "STARTTLS x", "AUTH", "AUTH LOGIN a b"
      })
  void finds_arguments_invalid(String line) {
    String verb = line.substring(0, Blanks.wordEnd(line));
    assertThat(parse(line)).isEqualTo(new Malformed(verb, Problem.INVALID_ARGUMENTS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "my_pc", "[192.0.2.1]", "[IPv6:2001:db8::1]", "host.", "-x-", "1.2.3.4"})
  void takes_any_likely_domain_behind_ehlo(String domain) {
    assertThat(parse("EHLO " + domain)).isEqualTo(new Ehlo(domain));
  }

  @ParameterizedTest
  @ValueSource(strings = {"MacBook..", ".", ".a", "a..b", "a b", "<a>", "[", "[]", "bücher", "a@b"})
  void takes_no_malformed_domain_behind_ehlo(String domain) {
    assertThat(parse("EHLO " + domain)).isEqualTo(new Malformed("EHLO", Problem.INVALID_DOMAIN));
    assertThat(parse("HELO " + domain)).isEqualTo(new Malformed("HELO", Problem.INVALID_DOMAIN));
  }

  @Test
  void takes_no_endless_domain_behind_ehlo() {
    assertThat(parse("EHLO " + "a".repeat(255))).isInstanceOf(Ehlo.class);
    assertThat(parse("EHLO " + "a".repeat(256))).isInstanceOf(Malformed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NOOP \0", "MAIL FROM:<a\0@b.example>", "EHLO a\u0007", "AUTH \u001b"})
  void takes_no_control_characters(String line) {
    String verb = line.substring(0, Blanks.wordEnd(line));
    assertThat(parse(line)).isEqualTo(new Malformed(verb, Problem.INVALID_ARGUMENTS));
  }

  @Test
  void takes_no_bytes_that_are_not_utf_8() {
    assertThat(
            SmtpCommandParser.parse("MAIL FROM:<\u00e4@b.example> SMTPUTF8".getBytes(ISO_8859_1)))
        .isEqualTo(new Malformed("MAIL", Problem.INVALID_ARGUMENTS));
  }

  @Test
  void knows_the_length_of_a_verb_that_it_does_not_know() {
    assertThat(parse("a1 login x")).isEqualTo(new Unknown("a1"));
    assertThat(parse("")).isEqualTo(new Unknown(""));
    assertThat(parse(" \t ")).isEqualTo(new Unknown(""));
    assertThat(parse("MAILFROM:<a@b>")).isEqualTo(new Unknown("MAILFROM:<a@b>"));
    assertThat(((Unknown) parse("ä")).verb()).hasSize(2);
    byte[] clientHello = {0x16, 3, 1, 0, (byte) 0xC8, 1, 0};
    assertThat(((Unknown) SmtpCommandParser.parse(clientHello)).verb()).hasSize(7);
  }

  @Test
  void hides_the_initial_response_in_the_text_of_auth() {
    assertThat(parse("AUTH PLAIN AGFsaWNlAHMzY3JldA==")).hasToString("Auth[PLAIN]");
    assertThat(parse("AUTH AGFsaWNlAHMzY3JldA==")).hasToString("Auth[<redacted>]");
  }

  @Test
  void never_throws_whatever_it_reads() {
    String[] pieces = {
      "MAIL",
      "RCPT",
      "FROM:",
      "TO:",
      "BDAT",
      "AUTH",
      "EHLO",
      " ",
      "\t",
      "<",
      ">",
      "\"",
      "\\",
      "@",
      ":",
      ",",
      ".",
      "=",
      "SIZE",
      "BODY",
      "NOTIFY",
      "LAST",
      "99999999999999999999",
      "a",
      "[",
      "]",
      "\0",
      "\u00e4",
      "\u00ff",
      "\r",
      "\n"
    };
    long seed = 20261123;
    Random random = new Random(seed);
    for (int round = 0; round < 100_000; round++) {
      StringBuilder line = new StringBuilder();
      for (int i = random.nextInt(12); i > 0; i--) {
        line.append(pieces[random.nextInt(pieces.length)]);
      }
      byte[] bytes = line.toString().getBytes(ISO_8859_1);
      assertThat(SmtpCommandParser.parse(bytes)).as("seed %d: %s", seed, line).isNotNull();
    }
    byte[] noise = new byte[64];
    for (int round = 0; round < 20_000; round++) {
      random.nextBytes(noise);
      assertThat(SmtpCommandParser.parse(noise)).as("seed %d", seed).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EHLO ",
        "MAIL FROM:<",
        "MAIL FROM:<\"",
        "MAIL FROM:<@a,",
        "MAIL FROM:<a@b> ",
        "RCPT TO:<a@",
        "BDAT ",
        "AUTH ",
        "X"
      })
  void reads_lines_of_any_length(String start) {
    for (String piece : new String[] {"a", ".a", "@a,", "\\\"", " a=b", "\"", "9", "a@"}) {
      assertThat(parse(start + piece.repeat(200_000))).isNotNull();
      assertThat(parse(start + piece.repeat(200_000) + "\"@b.example>")).isNotNull();
    }
  }

  private static SmtpCommand parse(String line) {
    return SmtpCommandParser.parse(line.getBytes(UTF_8));
  }
}
