package io.mockexo.assertj;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.assertj.SessionBuilder.session;
import static io.mockexo.assertj.Snapshots.cleartext;
import static io.mockexo.assertj.Snapshots.quiet;
import static io.mockexo.assertj.Snapshots.tlsRefused;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mockexo.journal.SmtpSession;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The shape of a message, and what becomes of it when there is too much to show. */
class FailureTest {

  private static final Golden GOLDEN = Golden.of(FailureTest.class);

  @Test
  void a_description_comes_first() {
    GOLDEN.fails(
        "described sessions",
        () -> assertThat(quiet(tlsRefused(1))).as("the %s mailer", "new").deliveredExactly(1));
    GOLDEN.fails("described session", () -> assertThat(tlsRefused(1)).as("100% old").usedTls());
    GOLDEN.fails(
        "described message",
        () ->
            assertThat(cleartext(1).deliveredMessages().get(0)).as("the mail").hasReversePath(""));
  }

  @Test
  void a_message_of_ones_own_replaces_all() {
    assertThatThrownBy(
            () ->
                assertThat(quiet(tlsRefused(1)))
                    .overridingErrorMessage("no %s", "mail")
                    .deliveredExactly(1))
        .isInstanceOf(AssertionError.class)
        .hasMessage("no mail");
    assertThatThrownBy(() -> assertThat(tlsRefused(1)).withFailMessage("no TLS").usedTls())
        .isInstanceOf(AssertionError.class)
        .hasMessage("no TLS");
  }

  @Test
  void percent_signs_of_a_client_are_no_formats() {
    GOLDEN.fails(
        "percent signs", () -> assertThat(session(1).command("EHLO %n%s%d").closed()).sent("MAIL"));
  }

  @Test
  void a_long_transcript_is_shown_by_its_ends() {
    SessionBuilder talkative = session(1);
    IntStream.rangeClosed(1, 450).forEach(i -> talkative.command("NOOP " + i));
    SmtpSession session = talkative.closed();

    String[] lines = message(() -> assertThat(session).neverSent("NOOP")).split("\n");
    assertThat(lines).hasSize(4 + 401);
    assertThat(lines[4 + 199]).endsWith("C: NOOP 199");
    assertThat(lines[4 + 200]).isEqualTo("          ... 52 lines left out");
    assertThat(lines[4 + 201]).endsWith("C: NOOP 252");
    assertThat(lines[4 + 400]).endsWith("-- closed by the client with FIN");
  }

  @Test
  void a_transcript_that_just_fits_is_shown_whole() {
    SessionBuilder talkative = session(1);
    IntStream.rangeClosed(1, 398).forEach(i -> talkative.command("NOOP " + i));
    SmtpSession session = talkative.closed();

    assertThat(message(() -> assertThat(session).neverSent("NOOP"))).doesNotContain("left out");
  }

  @Test
  void of_many_sessions_the_first_and_last_are_shown() {
    SmtpSession[] hundred =
        IntStream.rangeClosed(1, 100)
            .mapToObj(number -> session(number).mail().closed())
            .toArray(SmtpSession[]::new);

    GOLDEN.fails("many sessions", () -> assertThat(quiet(hundred)).neverSentMailInCleartext());
  }

  @Test
  void sessions_of_two_servers_are_told_apart() {
    GOLDEN.fails(
        "two servers",
        () ->
            assertThat(
                    quiet(
                        session(1).onPort(2525).ehlo().deliver("<1@a>").closed(),
                        session(1).onPort(2526).ehlo().deliver("<1@a>").closed(),
                        session(2).onPort(2526).ehlo().closed()))
                .deliveredOnce());
  }

  @Test
  void lists_of_many_are_cut_in_the_middle() {
    List<String> words = IntStream.rangeClosed(1, 25).mapToObj(i -> "" + i).toList();

    assertThat(Words.list(words.subList(0, 1))).isEqualTo("1");
    assertThat(Words.list(words.subList(0, 20))).endsWith("18, 19 and 20").doesNotContain("more");
    assertThat(Words.list(words)).contains("10, ... 5 more, 16").endsWith("24 and 25");
    assertThat(Words.seconds(ZERO)).isEqualTo("0 s");
  }

  private static String message(Runnable assertion) {
    try {
      assertion.run();
    } catch (AssertionError error) {
      return error.getMessage();
    }
    throw new IllegalStateException("it passed");
  }
}
