package io.mockexo.assertj;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.assertj.SessionBuilder.accepted;
import static io.mockexo.assertj.SessionBuilder.refused;
import static io.mockexo.assertj.SessionBuilder.session;
import static io.mockexo.assertj.Snapshots.cleartext;
import static io.mockexo.assertj.Snapshots.overTls;
import static io.mockexo.assertj.Snapshots.quiet;
import static io.mockexo.assertj.Snapshots.silent;
import static io.mockexo.assertj.Snapshots.soFar;
import static io.mockexo.assertj.Snapshots.tlsRefused;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mockexo.journal.MailTransaction.Outcome;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import io.mockexo.tls.TlsVersion;
import org.junit.jupiter.api.Test;

/** What was delivered, how often, and in how many sessions. */
class DeliveryAssertionsTest {

  private static final Golden GOLDEN = Golden.of(DeliveryAssertionsTest.class);

  private static SmtpSession unacknowledged(int number) {
    return session(number)
        .ehlo()
        .fail(Outcome.UNACKNOWLEDGED, 0, "<1@a>", accepted("b@contoso.com"))
        .closedByServer();
  }

  @Test
  void deliveries_are_counted_copies_and_parts_included() {
    assertThat(quiet(tlsRefused(1))).deliveredExactly(0);
    assertThat(quiet(overTls(1), cleartext(2, "<2@a>"))).deliveredExactly(2);
    assertThat(quiet(overTls(1), overTls(2))).deliveredExactly(2);
    assertThat(quiet(session(1).ehlo().deliver("<1@a>").deliver("<2@a>").closed()))
        .deliveredExactly(2);
    assertThat(quiet(unacknowledged(1))).deliveredExactly(0);
  }

  @Test
  void a_wrong_number_is_told_with_those_that_delivered() {
    GOLDEN.fails(
        "deliveredExactly: too many",
        () -> assertThat(soFar(tlsRefused(1), overTls(2), overTls(3))).deliveredExactly(1));
    GOLDEN.fails(
        "deliveredExactly: too few",
        () -> assertThat(quiet(tlsRefused(1), overTls(2))).deliveredExactly(2));
    GOLDEN.fails(
        "deliveredExactly: nothing", () -> assertThat(quiet(tlsRefused(1))).deliveredExactly(1));
    GOLDEN.fails(
        "deliveredExactly: too few so far",
        () -> assertThat(soFar(overTls(1))).deliveredExactly(2));
    GOLDEN.fails(
        "deliveredExactly: right so far", () -> assertThat(soFar(overTls(1))).deliveredExactly(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(quiet(overTls(1))).deliveredExactly(-1))
        .withMessage("expected is 0 or more, not -1");
  }

  @Test
  void delivered_once_is_one_copy_of_each_message_for_each_recipient() {
    assertThat(quiet(tlsRefused(1), overTls(2))).deliveredOnce();
    assertThat(quiet(overTls(1), overTls(2, TlsVersion.TLS_1_3, "<2@a>"))).deliveredOnce();
    assertThat(
            quiet(
                session(1).ehlo().deliver("<1@a>", accepted("b@c")).closed(),
                session(2).ehlo().deliver("<1@a>", accepted("d@c")).closed()))
        .deliveredOnce();
    assertThat(
            quiet(
                session(1).ehlo().deliver("<1@a>", accepted("b@c"), refused("d@c", 550)).closed()))
        .deliveredOnce();
    assertThat(
            quiet(
                session(1)
                    .ehlo()
                    .fail(Outcome.REFUSED, 451, "<1@a>", accepted("b@contoso.com"))
                    .closed(),
                overTls(2)))
        .deliveredOnce();
  }

  @Test
  void a_copy_that_was_not_acknowledged_counts() {
    assertThat(quiet(unacknowledged(1))).deliveredOnce();
    GOLDEN.fails(
        "deliveredOnce: not acknowledged",
        () -> assertThat(soFar(unacknowledged(1), overTls(2))).deliveredOnce());
  }

  @Test
  void duplicates_are_told() {
    GOLDEN.fails(
        "deliveredOnce: twice",
        () -> assertThat(quiet(overTls(1), overTls(2), cleartext(3, "<2@a>"))).deliveredOnce());
    GOLDEN.fails(
        "deliveredOnce: alike without Message-ID",
        () -> assertThat(quiet(cleartext(1, null), cleartext(2, null))).deliveredOnce());
    GOLDEN.fails(
        "deliveredOnce: on one connection",
        () ->
            assertThat(quiet(session(1).ehlo().deliver("<1@a>").deliver("<1@a>").closed()))
                .deliveredOnce());
  }

  @Test
  void a_message_that_did_not_come_was_not_delivered_once() {
    GOLDEN.fails("deliveredOnce: nothing", () -> assertThat(quiet(tlsRefused(1))).deliveredOnce());
    GOLDEN.fails(
        "deliveredOnce: one of two",
        () ->
            assertThat(
                    quiet(
                        overTls(1),
                        session(2)
                            .ehlo()
                            .fail(Outcome.REFUSED, 550, "<2@a>", accepted("b@contoso.com"))
                            .closed()))
                .deliveredOnce());
    GOLDEN.fails(
        "deliveredOnce: deferred recipient",
        () ->
            assertThat(
                    quiet(
                        session(1)
                            .ehlo()
                            .deliver("<1@a>", accepted("b@c"), refused("d@c", 450))
                            .closed()))
                .deliveredOnce());
    GOLDEN.fails("deliveredOnce: not quiet", () -> assertThat(soFar(overTls(1))).deliveredOnce());
  }

  @Test
  void nothing_is_delivered_before_it_is_accepted() {
    assertThat(quiet(tlsRefused(1))).deliveredNothing();
    assertThat(quiet(unacknowledged(1))).deliveredNothing();
    GOLDEN.fails(
        "deliveredNothing: it did",
        () -> assertThat(soFar(tlsRefused(1), cleartext(2))).deliveredNothing());
    GOLDEN.fails(
        "deliveredNothing: not quiet", () -> assertThat(soFar(tlsRefused(1))).deliveredNothing());
  }

  @Test
  void sessions_are_counted_without_silent_ones() {
    assertThat(quiet(tlsRefused(1), silent(2), cleartext(3))).hasSessions(2);
    GOLDEN.fails(
        "hasSessions: too few", () -> assertThat(quiet(tlsRefused(1), silent(2))).hasSessions(2));
    GOLDEN.fails(
        "hasSessions: too many",
        () -> assertThat(soFar(tlsRefused(1), cleartext(2))).hasSessions(1));
    GOLDEN.fails("hasSessions: not quiet", () -> assertThat(soFar(tlsRefused(1))).hasSessions(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(quiet(overTls(1))).hasSessions(0))
        .withMessage("expected is 1 or more, not 0");
  }

  @Test
  void each_session_satisfies_the_requirement_in_its_place() {
    assertThat(quiet(tlsRefused(1), silent(2), cleartext(3)))
        .satisfiesInOrder(
            first -> assertThat(first).failedTls(),
            second -> assertThat(second).stayedInCleartext().deliveredMessage());
  }

  @Test
  void all_requirements_that_are_not_met_are_told() {
    Sessions sessions = quiet(tlsRefused(1), cleartext(2));

    GOLDEN.fails(
        "satisfiesInOrder: both",
        () ->
            assertThat(sessions)
                .satisfiesInOrder(
                    first -> assertThat(first).usedTls(),
                    second -> assertThat(second.number()).as("its number").isEqualTo(7)));
    GOLDEN.fails(
        "satisfiesInOrder: too few sessions",
        () ->
            assertThat(sessions)
                .satisfiesInOrder(
                    first -> assertThat(first).failedTls(),
                    second -> assertThat(second).deliveredMessage(),
                    third -> assertThat(third).deliveredMessage()));
    GOLDEN.fails(
        "satisfiesInOrder: too many sessions",
        () -> assertThat(sessions).satisfiesInOrder(first -> assertThat(first).failedTls()));
    GOLDEN.fails(
        "satisfiesInOrder: not quiet",
        () ->
            assertThat(soFar(tlsRefused(1)))
                .satisfiesInOrder(first -> assertThat(first).failedTls()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(sessions).satisfiesInOrder())
        .withMessage("at least one requirement is needed");
  }
}
