package io.mockexo.internal.smtp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.exchange.Middlebox;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class InspectionTest {

  private static final Step GREETING =
      Step.answer(SmtpReply.of(220, "AM6.outlook.com ready at 23 Nov 2026 [08DF]"));
  private static final Step EHLO =
      Step.answer(new SmtpReply(250, List.of("Hello", "SIZE 20", "STARTTLS", "SMTPUTF8")));
  private static final Step DONE = Step.answer(SmtpReply.of(250, "done by Exchange"));

  private final List<String> acted = new ArrayList<>();

  private Inspection by(Middlebox... boxes) {
    Set<Middlebox> all = EnumSet.noneOf(Middlebox.class);
    all.addAll(List.of(boxes));
    return new Inspection(all, (box, original) -> acted.add(box + ": " + original));
  }

  private static String wire(Step step) {
    return step.reply() == null ? "" : new String(step.reply().toWire(), US_ASCII);
  }

  private static String reply(Inspection inspection, String line, Step exchange) {
    SmtpCommand command = SmtpCommandParser.parse(line.getBytes(US_ASCII));
    return wire(inspection.reply(command, () -> exchange));
  }

  @Test
  void without_a_middlebox_everything_comes_through_as_it_is() {
    assertThat(by().greeting(GREETING)).isSameAs(GREETING);
    assertThat(reply(by(), "EHLO a", EHLO)).isEqualTo(wire(EHLO));
    assertThat(reply(by(), "STARTTLS", DONE)).isEqualTo(wire(DONE));
    assertThat(acted).isEmpty();
  }

  /** Facts 7: all but 2, 0 and blanks. */
  @Test
  void of_a_masked_greeting_there_are_twos_zeros_and_blanks_left() {
    assertThat(wire(by(Middlebox.MASKS_GREETING).greeting(GREETING)))
        .isEqualTo(
            "220 *************** ***** ** 2* *** 202* [08DF]\r\n".replace("[08DF]", "*0****"));
    assertThat(acted)
        .containsExactly("MASKS_GREETING: AM6.outlook.com ready at 23 Nov 2026 [08DF]");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MASKS_GREETING")
  void only_its_middlebox_masks_the_greeting(Middlebox other) {
    assertThat(by(other).greeting(GREETING)).isSameAs(GREETING);
  }

  @Test
  void a_masked_keyword_stays_where_it_was_and_as_long_as_it_was() {
    assertThat(reply(by(Middlebox.MASKS_STARTTLS), "EHLO a", EHLO))
        .isEqualTo("250-Hello\r\n250-SIZE 20\r\n250-XXXXXXXA\r\n250 SMTPUTF8\r\n");
    assertThat(acted).containsExactly("MASKS_STARTTLS: STARTTLS");
  }

  @Test
  void a_keyword_that_was_taken_out_leaves_no_line() {
    assertThat(reply(by(Middlebox.STRIPS_STARTTLS), "EHLO a", EHLO))
        .isEqualTo("250-Hello\r\n250-SIZE 20\r\n250 SMTPUTF8\r\n");
    assertThat(acted).containsExactly("STRIPS_STARTTLS: STARTTLS");
  }

  /** One that the blocklist has hidden already, for example. */
  @ParameterizedTest
  @EnumSource(names = {"MASKS_STARTTLS", "STRIPS_STARTTLS"})
  void what_exchange_does_not_offer_nobody_has_to_hide(Middlebox box) {
    assertThat(reply(by(box), "EHLO a", DONE)).isEqualTo(wire(DONE));
    assertThat(acted).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MASKS_GREETING")
  void starttls_does_not_reach_exchange(Middlebox box) {
    for (String line : List.of("STARTTLS", "starttls", "STARTTLS now")) {
      assertThat(reply(by(box), line, DONE)).isEqualTo("500 Command unrecognized\r\n");
    }
    assertThat(acted).hasSize(3).allMatch((box + ": null")::equals);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HELO a",
        "HELO b..c",
        "MAIL FROM:<a@b.example>",
        "MAIL",
        "RCPT TO:<a@b.example>",
        "DATA",
        "RSET",
        "NOOP",
        "QUIT",
        "quit"
      })
  void the_command_filter_lets_the_seven_pass(String line) {
    assertThat(reply(by(Middlebox.COMMAND_FILTER), line, DONE)).isEqualTo(wire(DONE));
    assertThat(acted).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EHLO a",
        "AUTH LOGIN",
        "BDAT 3 LAST",
        "BDAT x",
        "VRFY a",
        "EXPN a",
        "HELP",
        "FOO",
        ""
      })
  void the_command_filter_answers_everything_else_itself(String line) {
    assertThat(reply(by(Middlebox.COMMAND_FILTER), line, EHLO))
        .isEqualTo("500 Command unrecognized\r\n");
    assertThat(acted).containsExactly("COMMAND_FILTER: null");
  }
}
