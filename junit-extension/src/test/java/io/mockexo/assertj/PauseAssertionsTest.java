package io.mockexo.assertj;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.assertj.SessionBuilder.NOON;
import static io.mockexo.assertj.SessionBuilder.accepted;
import static io.mockexo.assertj.SessionBuilder.refused;
import static io.mockexo.assertj.SessionBuilder.session;
import static io.mockexo.assertj.Snapshots.cleartext;
import static io.mockexo.assertj.Snapshots.overTls;
import static io.mockexo.assertj.Snapshots.quiet;
import static io.mockexo.assertj.Snapshots.quietUntil;
import static io.mockexo.assertj.Snapshots.soFar;
import static io.mockexo.assertj.Snapshots.tlsRefused;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mockexo.journal.MailTransaction.Outcome;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import io.mockexo.tls.TlsVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The time between attempts, and after the last one. */
class PauseAssertionsTest {

  private static final Golden GOLDEN = Golden.of(PauseAssertionsTest.class);

  /** Attempts that fail 4 ms after accept, with these pauses between them in milliseconds. */
  private static Sessions pauses(long... millis) {
    List<SmtpSession> sessions = new ArrayList<>();
    Duration accept = ZERO;
    for (int i = 0; i <= millis.length; i++) {
      sessions.add(session(i + 1).at(accept).ehlo().fail(Outcome.REFUSED, 451, "<1@a>").closed());
      accept = accept.plusMillis(5 + (i < millis.length ? millis[i] : 0));
    }
    return quiet(sessions.toArray(SmtpSession[]::new));
  }

  @Test
  void pauses_run_from_the_failure_to_the_next_accept() {
    assertThat(pauses(60_000, 61_000))
        .waitedAtLeast(ofSeconds(60))
        .waitedBetween(ofSeconds(60), ofSeconds(61));
    assertThat(soFar(tlsRefused(1), overTls(2))).waitedBetween(ofMillis(900), ofSeconds(1));
  }

  @Test
  void every_pause_is_judged() {
    GOLDEN.fails(
        "waitedAtLeast: too soon",
        () -> assertThat(pauses(60_000, 2_000, 59_999)).waitedAtLeast(ofSeconds(60)));
    GOLDEN.fails(
        "waitedBetween: too long",
        () -> assertThat(pauses(60_000, 300_000)).waitedBetween(ofSeconds(55), ofSeconds(65)));
    GOLDEN.fails(
        "waitedBetween: too short",
        () -> assertThat(pauses(1, 2)).waitedBetween(ofMillis(2), ofSeconds(65)));
  }

  @Test
  void a_try_that_began_before_the_other_had_failed_has_not_waited() {
    SmtpSession slow =
        session(1).ehlo().pause(ofSeconds(5)).fail(Outcome.REFUSED, 451, "<1@a>").closed();

    GOLDEN.fails(
        "waitedAtLeast: overlapping",
        () ->
            assertThat(quiet(slow, session(2).ehlo().fail(Outcome.REFUSED, 451, "<1@a>").closed()))
                .waitedAtLeast(ZERO));
  }

  @Test
  void there_must_be_a_pause_and_nothing_may_be_missing() {
    GOLDEN.fails(
        "waitedAtLeast: no later try",
        () -> assertThat(quiet(tlsRefused(1))).waitedAtLeast(ofSeconds(1)));
    GOLDEN.fails(
        "waitedBetween: other messages",
        () ->
            assertThat(quiet(cleartext(1, "<1@a>"), cleartext(2, "<2@a>")))
                .waitedBetween(ZERO, ofSeconds(9)));
    GOLDEN.fails(
        "waitedAtLeast: evicted",
        () -> {
          Sessions all = pauses(60_000);
          assertThat(new Sessions(all.list(), 1, 0, true)).waitedAtLeast(ofSeconds(60));
        });
    GOLDEN.fails(
        "waitedAtLeast: ambiguous",
        () ->
            assertThat(quiet(tlsRefused(1), tlsRefused(2), cleartext(3), cleartext(4, "<2@a>")))
                .waitedAtLeast(ofMillis(1500)));
  }

  @Test
  void where_all_messages_would_do_it_does_not_matter_which_it_was() {
    Sessions sessions = quiet(tlsRefused(1), tlsRefused(2), cleartext(3), cleartext(4, "<2@a>"));

    assertThat(sessions).waitedAtLeast(ofMillis(500)).waitedBetween(ofMillis(500), ofSeconds(3));
    GOLDEN.fails(
        "waitedAtLeast: too soon in every reading",
        () -> assertThat(sessions).waitedAtLeast(ofSeconds(3)));
    GOLDEN.fails(
        "gaveUpAfter: delivered in every reading",
        () -> assertThat(sessions).gaveUpAfter(ofSeconds(5)));
  }

  @Test
  void impossible_pauses_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(pauses(1)).waitedAtLeast(ofMillis(-1)))
        .withMessage("a pause cannot be negative: PT-0.001S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(pauses(1)).waitedBetween(ofSeconds(2), ofSeconds(1)))
        .withMessage("no pause is between PT2S and PT1S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(pauses(1)).gaveUpAfter(ofMillis(-1)))
        .withMessage("a period cannot be negative: PT-0.001S");
  }

  @Test
  void backing_off_is_growing_pauses() {
    assertThat(pauses(1_000, 2_000)).backedOff();
    assertThat(pauses(1_000, 2_000, 2_000, 4_000)).backedOff();
    assertThat(pauses(1_000, 2_000, 1_801)).backedOff();
    assertThat(pauses(1_000, 1_050, 1_100, 1_150)).backedOff();
  }

  @Test
  void a_fixed_schedule_is_no_backing_off_even_if_it_is_not_quite_regular() {
    GOLDEN.fails("backedOff: fixed", () -> assertThat(pauses(60_000, 60_000)).backedOff());
    GOLDEN.fails(
        "backedOff: jitter", () -> assertThat(pauses(60_000, 60_300, 59_900, 61_000)).backedOff());
  }

  @Test
  void a_shrinking_pause_is_no_backing_off() {
    GOLDEN.fails(
        "backedOff: shrank", () -> assertThat(pauses(1_000, 4_000, 3_500, 8_000)).backedOff());
  }

  @Test
  void two_attempts_are_not_enough_to_tell() {
    GOLDEN.fails("backedOff: two attempts", () -> assertThat(pauses(1_000)).backedOff());
  }

  @Test
  void a_message_split_over_its_recipients_is_judged_for_each() {
    Sessions split =
        quiet(
            session(1)
                .at(ofSeconds(0))
                .ehlo()
                .fail(Outcome.REFUSED, 451, "<1@a>", accepted("b@c"))
                .closed(),
            session(2)
                .at(ofSeconds(1))
                .ehlo()
                .fail(Outcome.REFUSED, 451, "<1@a>", accepted("d@c"))
                .closed(),
            session(3)
                .at(ofSeconds(2))
                .ehlo()
                .fail(Outcome.REFUSED, 451, "<1@a>", accepted("b@c"))
                .closed(),
            session(4)
                .at(ofSeconds(3))
                .ehlo()
                .fail(Outcome.REFUSED, 451, "<1@a>", accepted("d@c"))
                .closed(),
            session(5)
                .at(ofSeconds(7))
                .ehlo()
                .fail(Outcome.REFUSED, 451, "<1@a>", accepted("b@c"))
                .closed(),
            session(6)
                .at(ofSeconds(8))
                .ehlo()
                .fail(Outcome.REFUSED, 451, "<1@a>", accepted("d@c"))
                .closed());

    assertThat(split).backedOff();
  }

  @Test
  void giving_up_is_no_further_attempt_within_a_period_that_is_over() {
    assertThat(quietUntil(ofSeconds(6), tlsRefused(1))).gaveUpAfter(ofMillis(4_900));
    assertThat(
            quietUntil(
                ofSeconds(60),
                session(1).ehlo().deliver("<1@a>", accepted("b@c"), refused("d@c", 450)).closed()))
        .gaveUpAfter(ofSeconds(30));
  }

  @Test
  void until_the_period_is_over_the_client_may_still_come() {
    GOLDEN.fails(
        "gaveUpAfter: too early",
        () -> assertThat(quietUntil(ofSeconds(6), tlsRefused(1))).gaveUpAfter(ofSeconds(60)));
    GOLDEN.fails(
        "gaveUpAfter: unknown time",
        () ->
            assertThat(new Sessions(List.of(tlsRefused(1)), 0, 0, true))
                .gaveUpAfter(ofMillis(1500)));
    GOLDEN.fails(
        "gaveUpAfter: not quiet",
        () ->
            assertThat(new Sessions(List.of(tlsRefused(1)), 0, 0, false, NOON.plusSeconds(99)))
                .gaveUpAfter(ofSeconds(5)));
  }

  @Test
  void who_has_delivered_has_not_given_up() {
    GOLDEN.fails(
        "gaveUpAfter: delivered",
        () -> assertThat(quiet(tlsRefused(1), overTls(2))).gaveUpAfter(ofSeconds(5)));
  }

  @Test
  void looking_at_the_server_is_no_message_that_was_given_up() {
    SmtpSession look = session(2).tls(TlsVersion.TLS_1_3).offered().quit().closed();
    GOLDEN.fails(
        "gaveUpAfter: delivered, and looked",
        () -> assertThat(quiet(overTls(1), look)).gaveUpAfter(ofSeconds(5)));

    GOLDEN.fails(
        "gaveUpAfter: looked only", () -> assertThat(quiet(look)).gaveUpAfter(ofSeconds(5)));
    assertThat(quiet(session(1).ehlo().quit().closed())).gaveUpAfter(ofSeconds(5));
    assertThat(quiet(overTls(1), session(2).ehlo().quit().closed())).gaveUpAfter(ofSeconds(5));
    assertThat(quiet(overTls(1), tlsRefused(2))).gaveUpAfter(ofSeconds(5));
  }

  @Test
  void giving_up_cannot_be_told_of_attempts_that_may_belong_to_another_message() {
    GOLDEN.fails(
        "gaveUpAfter: ambiguous",
        () ->
            assertThat(
                    quietUntil(
                        ofSeconds(8),
                        session(1).ehlo().fail(Outcome.REFUSED, 451, "<1@a>").closed(),
                        session(2).ehlo().fail(Outcome.REFUSED, 451, "<2@a>").closed(),
                        tlsRefused(4),
                        session(5).ehlo().deliver("<1@a>").closed()))
                .gaveUpAfter(ofSeconds(5)));
  }
}
