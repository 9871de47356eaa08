package io.mockexo.assertj;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.assertj.SessionBuilder.accepted;
import static io.mockexo.assertj.SessionBuilder.refused;
import static io.mockexo.assertj.SessionBuilder.session;
import static io.mockexo.assertj.Snapshots.cleartext;
import static io.mockexo.assertj.Snapshots.overTls;
import static io.mockexo.assertj.Snapshots.quiet;
import static io.mockexo.tls.TlsVersion.TLS_1_2;
import static io.mockexo.tls.TlsVersion.TLS_1_3;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.mockexo.journal.MailTransaction.Outcome;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A failed message that comes again with a new Message-ID may be another one, or may not. */
class LookalikeTest {

  private static final Golden GOLDEN = Golden.of(LookalikeTest.class);

  private static SmtpSession unacknowledged(int number, String messageId) {
    return session(number)
        .ehlo()
        .fail(Outcome.UNACKNOWLEDGED, 0, messageId, accepted("b@contoso.com"))
        .closedByServer();
  }

  private static SmtpSession refusedWith(int code, int number, String messageId) {
    return session(number)
        .tls(TLS_1_3)
        .fail(Outcome.REFUSED, code, messageId, accepted("b@contoso.com"))
        .closed();
  }

  private static SmtpSession delivered(int number, String messageId, @Nullable String message) {
    return session(number).message(message).tls(TLS_1_3).deliver(messageId).closed();
  }

  private static Sessions deferredAndDelivered() {
    return quiet(refusedWith(451, 1, "<1@a>"), overTls(2, TLS_1_3, "<2@a>"));
  }

  @Test
  void whether_a_copy_is_a_duplicate_is_ambiguous() {
    GOLDEN.fails(
        "deliveredOnce: another Message-ID after an unacknowledged copy",
        () ->
            assertThat(quiet(unacknowledged(1, "<1@a>"), overTls(2, TLS_1_3, "<2@a>")))
                .deliveredOnce());
    GOLDEN.fails(
        "deliveredOnce: another Message-ID after a reply that may be lost",
        () ->
            assertThat(
                    quiet(
                        session(1)
                            .ehlo()
                            .deliver("<1@a>")
                            .closedBy(Closed.Side.SERVER, Closed.End.RST),
                        overTls(2, TLS_1_3, "<2@a>")))
                .deliveredOnce());
    assertThat(
            quiet(
                session(1).ehlo().deliver("<1@a>").closedByServer(),
                session(2)
                    .ehlo()
                    .deliver("<2@a>")
                    .command("QUIT")
                    .closedBy(Closed.Side.CLIENT, Closed.End.RST),
                overTls(3, TLS_1_3, "<3@a>")))
        .as("two mails with the same text are two, if the client has heard of the first")
        .deliveredOnce();
    GOLDEN.fails(
        "deliveredOnce: another Message-ID after a refusal",
        () -> assertThat(deferredAndDelivered()).deliveredOnce());
    GOLDEN.fails(
        "deliveredOnce: another Message-ID each time",
        () ->
            assertThat(
                    quiet(
                        unacknowledged(1, "<1@a>"),
                        unacknowledged(2, "<2@a>"),
                        overTls(3, TLS_1_3, "<3@a>")))
                .deliveredOnce());
    GOLDEN.fails(
        "deliveredOnce: another Message-ID on the same connection",
        () ->
            assertThat(
                    quiet(
                        session(1)
                            .ehlo()
                            .fail(Outcome.REFUSED, 451, "<1@a>", accepted("b@contoso.com"))
                            .deliver("<2@a>")
                            .closed()))
                .deliveredOnce());
  }

  @Test
  void whether_it_stopped_is_ambiguous() {
    GOLDEN.fails(
        "stoppedAfterPermanentFailure: another Message-ID",
        () ->
            assertThat(quiet(refusedWith(550, 1, "<1@a>"), refusedWith(550, 2, "<2@a>")))
                .stoppedAfterPermanentFailure());
    assertThat(
            quiet(
                refusedWith(451, 1, "<1@a>"),
                overTls(2, TLS_1_3, "<2@a>"),
                session(3)
                    .message("Subject: other\r\n\r\nhello\r\n")
                    .ehlo()
                    .fail(Outcome.REFUSED, 550, "<3@a>", accepted("b@contoso.com"))
                    .closed()))
        .stoppedAfterPermanentFailure();
  }

  @Test
  void whether_it_came_again_is_ambiguous() {
    GOLDEN.fails(
        "retriedTimes: another Message-ID",
        () -> assertThat(deferredAndDelivered()).retriedTimes(0));
    GOLDEN.fails(
        "keptTryingAfterTransientFailure: another Message-ID",
        () -> assertThat(deferredAndDelivered()).keptTryingAfterTransientFailure());
    GOLDEN.fails(
        "gaveUpAfter: another Message-ID",
        () -> assertThat(deferredAndDelivered()).gaveUpAfter(ofSeconds(5)));
    GOLDEN.fails(
        "switchedHost: another Message-ID",
        () ->
            assertThat(
                    quiet(
                        refusedWith(451, 1, "<1@a>"),
                        session(2).onPort(2526).ehlo().deliver("<2@a>").closed()))
                .switchedHost());
    GOLDEN.fails(
        "retriedAfterTlsFailure: another Message-ID",
        () ->
            assertThat(
                    quiet(
                        session(1)
                            .offered()
                            .startTlsRefused()
                            .fail(Outcome.REFUSED, 451, "<1@a>", accepted("b@contoso.com"))
                            .closed(),
                        overTls(2, TLS_1_3, "<2@a>")))
                .retriedAfterTlsFailure());
  }

  @Test
  void that_it_gave_up_is_sure_where_the_last_one_failed_too() {
    Sessions both = quiet(refusedWith(451, 1, "<1@a>"), refusedWith(451, 2, "<2@a>"));

    assertThat(both).gaveUpAfter(ofSeconds(5));
    GOLDEN.fails(
        "keptTryingAfterTransientFailure: gave up, under another Message-ID",
        () -> assertThat(both).keptTryingAfterTransientFailure());
  }

  @Test
  void how_long_it_waited_is_ambiguous() {
    SmtpSession other =
        session(3).ehlo().fail(Outcome.REFUSED, 451, "<3@a>", accepted("d@contoso.com")).closed();
    SmtpSession later = session(9).ehlo().deliver("<3@a>", accepted("d@contoso.com")).closed();

    GOLDEN.fails(
        "waitedAtLeast: another Message-ID",
        () ->
            assertThat(
                    quiet(refusedWith(451, 1, "<1@a>"), overTls(2, TLS_1_3, "<2@a>"), other, later))
                .waitedAtLeast(ofSeconds(5)));
    GOLDEN.fails(
        "backedOff: another Message-ID", () -> assertThat(deferredAndDelivered()).backedOff());
  }

  @Test
  void whether_it_became_weaker_is_ambiguous() {
    Sessions inCleartext = quiet(refusedWith(451, 1, "<1@a>"), cleartext(2, "<2@a>"));
    Sessions lowered = quiet(refusedWith(451, 1, "<1@a>"), overTls(2, TLS_1_2, "<2@a>"));

    GOLDEN.fails(
        "fellBackToCleartext: another Message-ID",
        () -> assertThat(inCleartext).fellBackToCleartext());
    GOLDEN.fails(
        "neverTriedTls: another Message-ID", () -> assertThat(inCleartext).neverTriedTls());
    GOLDEN.fails(
        "alwaysTriedTls: another Message-ID", () -> assertThat(inCleartext).alwaysTriedTls());
    GOLDEN.fails(
        "usedNewConnectionForFallback: another Message-ID",
        () -> assertThat(inCleartext).usedNewConnectionForFallback());
    GOLDEN.fails(
        "fellBackToTls: another Message-ID", () -> assertThat(lowered).fellBackToTls(TLS_1_2));
    GOLDEN.fails(
        "neverLoweredTlsVersion: another Message-ID",
        () -> assertThat(lowered).neverLoweredTlsVersion());
    assertThat(deferredAndDelivered()).neverLoweredTlsVersion().alwaysTriedTls();
  }

  @Test
  void who_got_it_again_is_ambiguous() {
    SmtpSession partly =
        session(1).ehlo().deliver("<1@a>", accepted("b@c"), refused("d@c", 450)).closed();

    GOLDEN.fails(
        "resentOnlyDeferredRecipients: another Message-ID",
        () ->
            assertThat(quiet(partly, session(2).ehlo().deliver("<2@a>", accepted("d@c")).closed()))
                .resentOnlyDeferredRecipients());
    GOLDEN.fails(
        "resentOnlyDeferredRecipients: another Message-ID to all",
        () ->
            assertThat(
                    quiet(
                        partly,
                        session(2)
                            .ehlo()
                            .deliver("<2@a>", accepted("b@c"), accepted("d@c"))
                            .closed(),
                        session(3)
                            .ehlo()
                            .deliver("<3@a>", accepted("x@c"), refused("y@c", 450))
                            .closed(),
                        session(4).ehlo().deliver("<3@a>", accepted("y@c")).closed()))
                .resentOnlyDeferredRecipients());
  }

  @Test
  void a_message_that_came_in_part_may_have_been_the_same() {
    SmtpSession cutOff =
        session(1)
            .message(null)
            .ehlo()
            .fail(Outcome.ABORTED, 0, "<1@a>", accepted("b@contoso.com"))
            .closedByServer();

    GOLDEN.fails(
        "deliveredOnce: another Message-ID after a part",
        () -> assertThat(quiet(cutOff, overTls(2, TLS_1_3, "<2@a>"))).deliveredOnce());
  }

  @Test
  void two_mails_with_the_same_text_that_were_both_delivered_are_two() {
    assertThat(quiet(overTls(1, TLS_1_3, "<1@a>"), overTls(2, TLS_1_3, "<2@a>")))
        .deliveredOnce()
        .retriedTimes(0)
        .neverLoweredTlsVersion();
    // The first keeps its Message-ID on its second try, so that the other is another.
    assertThat(
            quiet(
                refusedWith(451, 1, "<1@a>"),
                overTls(2, TLS_1_3, "<2@a>"),
                overTls(3, TLS_1_3, "<1@a>")))
        .deliveredOnce()
        .retriedTimes(1)
        .waitedBetween(ofMillis(1), ofSeconds(3));
    assertThat(quiet(unacknowledged(1, "<1@a>"))).deliveredOnce();
  }

  @Test
  void what_came_before_the_failure_is_no_further_try() {
    assertThat(quiet(overTls(1, TLS_1_3, "<1@a>"), refusedWith(550, 2, "<2@a>")))
        .stoppedAfterPermanentFailure();
  }

  @Test
  void another_text_recipient_or_client_is_another_message() {
    SmtpSession first = unacknowledged(1, "<1@a>");

    assertThat(quiet(first, delivered(2, "<2@a>", "Subject: hello\r\n\r\nhello, world\r\n")))
        .deliveredOnce();
    assertThat(quiet(first, delivered(2, "<2@a>", "Subject: other\r\n\r\nhello\r\n")))
        .deliveredOnce();
    assertThat(quiet(first, session(2).ehlo().deliver("<2@a>", accepted("d@contoso.com")).closed()))
        .deliveredOnce();
    assertThat(quiet(first, session(2).named("b.example").ehlo().deliver("<2@a>").closed()))
        .deliveredOnce();
    assertThat(
            quiet(
                session(1)
                    .ehlo()
                    .authenticated("alice")
                    .fail(Outcome.UNACKNOWLEDGED, 0, "<1@a>", accepted("b@contoso.com"))
                    .closedByServer(),
                session(2).ehlo().authenticated("bob").deliver("<2@a>").closed()))
        .deliveredOnce();
  }
}
