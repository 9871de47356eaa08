package io.mockexo.assertj;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.assertj.SessionBuilder.accepted;
import static io.mockexo.assertj.SessionBuilder.refused;
import static io.mockexo.assertj.SessionBuilder.session;
import static io.mockexo.assertj.Snapshots.overTls;
import static io.mockexo.assertj.Snapshots.quiet;
import static io.mockexo.assertj.Snapshots.soFar;
import static io.mockexo.assertj.Snapshots.tlsRefused;

import io.mockexo.journal.MailTransaction.Outcome;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import io.mockexo.tls.TlsVersion;
import org.junit.jupiter.api.Test;

/** That a client did not come again where it had no reason to. */
class StopAssertionsTest {

  private static final Golden GOLDEN = Golden.of(StopAssertionsTest.class);

  private static final String WRONG = "5.7.139 Authentication unsuccessful";

  private static SmtpSession refusedForGood(int number, String messageId) {
    return session(number)
        .message("Subject: of " + messageId + "\r\n\r\nhello\r\n")
        .ehlo()
        .fail(Outcome.REFUSED, 550, messageId, accepted("b@contoso.com"))
        .closed();
  }

  private static SmtpSession authRefused(int number, String user) {
    return session(number).ehlo().authFailed(user, 535, WRONG).closed();
  }

  @Test
  void a_permanent_failure_must_be_the_end_of_it() {
    assertThat(quiet(refusedForGood(1, "<1@a>"))).stoppedAfterPermanentFailure();
    assertThat(quiet(refusedForGood(1, "<1@a>"), session(2).ehlo().deliver("<2@a>").closed()))
        .stoppedAfterPermanentFailure();
    assertThat(quiet(session(1).ehlo().failBeforeData(550).closed()))
        .stoppedAfterPermanentFailure();
    assertThat(quiet(authRefused(1, "alice"))).stoppedAfterPermanentFailure();
  }

  @Test
  void coming_again_after_a_permanent_failure_is_told() {
    GOLDEN.fails(
        "stoppedAfterPermanentFailure: message",
        () ->
            assertThat(
                    soFar(refusedForGood(1, "<1@a>"), session(2).ehlo().deliver("<1@a>").closed()))
                .stoppedAfterPermanentFailure());
    GOLDEN.fails(
        "stoppedAfterPermanentFailure: same connection",
        () ->
            assertThat(
                    quiet(
                        session(1)
                            .ehlo()
                            .fail(Outcome.REFUSED, 554, "<1@a>", accepted("b@contoso.com"))
                            .deliver("<1@a>")
                            .closed()))
                .stoppedAfterPermanentFailure());
    GOLDEN.fails(
        "stoppedAfterPermanentFailure: MAIL",
        () ->
            assertThat(
                    quiet(
                        session(1).ehlo().failBeforeData(550).closed(),
                        session(2).ehlo().failBeforeData(550).closed()))
                .stoppedAfterPermanentFailure());
    GOLDEN.fails(
        "stoppedAfterPermanentFailure: recipient",
        () ->
            assertThat(
                    quiet(
                        session(1)
                            .ehlo()
                            .deliver("<1@a>", accepted("b@c"), refused("d@c", 550))
                            .closed(),
                        session(2).ehlo().failBeforeData(550, refused("d@c", 550)).closed()))
                .stoppedAfterPermanentFailure());
    GOLDEN.fails(
        "stoppedAfterPermanentFailure: TLS failure afterwards",
        () ->
            assertThat(quiet(refusedForGood(1, "<1@a>"), tlsRefused(2), refusedForGood(3, "<1@a>")))
                .stoppedAfterPermanentFailure());
  }

  @Test
  void coming_again_after_a_refused_mail_may_be_another_message() {
    GOLDEN.fails(
        "stoppedAfterPermanentFailure: MAIL was refused, and a message came",
        () ->
            assertThat(quiet(session(1).offered().failBeforeData(550).deliver("<2@a>").closed()))
                .stoppedAfterPermanentFailure());
  }

  @Test
  void coming_again_for_nobody_knows_what_is_not_trusted() {
    GOLDEN.fails(
        "stoppedAfterPermanentFailure: TLS failure of an unknown message",
        () ->
            assertThat(quiet(refusedForGood(1, "<1@a>"), tlsRefused(2)))
                .stoppedAfterPermanentFailure());
    GOLDEN.fails(
        "stoppedAfterPermanentFailure: RCPT of an unknown message on the same connection",
        () ->
            assertThat(
                    quiet(
                        session(1)
                            .ehlo()
                            .fail(Outcome.REFUSED, 550, "<1@a>", accepted("b@c"))
                            .failBeforeData(550, refused("b@c", 550))
                            .closed()))
                .stoppedAfterPermanentFailure());
    assertThat(quiet(refusedForGood(1, "<1@a>"), session(2).offered().quit().closed()))
        .stoppedAfterPermanentFailure();
    assertThat(
            quiet(
                refusedForGood(1, "<1@a>"),
                session(2).named("other.example").tlsRefused(TlsVersion.TLS_1_1).closed()))
        .stoppedAfterPermanentFailure();
    assertThat(
            quiet(
                refusedForGood(1, "<1@a>"),
                session(2).ehlo().failBeforeData(451, refused("other@c", 451)).closed()))
        .stoppedAfterPermanentFailure();
  }

  @Test
  void a_deferred_recipient_is_a_reason_to_come_again_and_tls_may_fail_meanwhile() {
    SmtpSession first =
        session(1)
            .ehlo()
            .deliver("<1@a>", accepted("b@c"), refused("d@c", 550), refused("e@c", 450))
            .closed();

    assertThat(quiet(first, session(2).ehlo().deliver("<1@a>", accepted("e@c")).closed()))
        .stoppedAfterPermanentFailure()
        .resentOnlyDeferredRecipients();
    assertThat(
            quiet(
                first, tlsRefused(2), session(3).ehlo().deliver("<1@a>", accepted("e@c")).closed()))
        .stoppedAfterPermanentFailure()
        .resentOnlyDeferredRecipients();
  }

  @Test
  void a_transient_failure_or_a_refused_starttls_is_no_permanent_one() {
    GOLDEN.fails(
        "stoppedAfterPermanentFailure: transient",
        () ->
            assertThat(
                    quiet(
                        session(1)
                            .ehlo()
                            .fail(Outcome.REFUSED, 451, "<1@a>", accepted("b@c"))
                            .closed()))
                .stoppedAfterPermanentFailure());
    GOLDEN.fails(
        "stoppedAfterPermanentFailure: STARTTLS",
        () ->
            assertThat(
                    quiet(
                        session(1).offered().command("STARTTLS").reply(502, "5.7.0 no").closed(),
                        overTls(2)))
                .stoppedAfterPermanentFailure());
    GOLDEN.fails(
        "stoppedAfterPermanentFailure: not quiet",
        () -> assertThat(soFar(refusedForGood(1, "<1@a>"))).stoppedAfterPermanentFailure());
  }

  @Test
  void an_unknown_command_that_the_client_got_over_is_no_failure() {
    SmtpSession old =
        session(1)
            .command("EHLO client.example")
            .reply(500, "5.3.3 Unrecognized command")
            .command("HELO client.example")
            .reply(250, "mx.example Hello")
            .closedByServer();

    GOLDEN.fails(
        "stoppedAfterPermanentFailure: EHLO then HELO",
        () -> assertThat(quiet(old, overTls(2))).stoppedAfterPermanentFailure());
  }

  @Test
  void whether_it_stopped_cannot_be_told_of_ambiguous_attempts() {
    Sessions sessions =
        quiet(
            session(1).ehlo().fail(Outcome.REFUSED, 451, "<1@a>").closed(),
            session(2).ehlo().fail(Outcome.REFUSED, 451, "<2@a>").closed(),
            session(3).ehlo().failBeforeData(550).closed(),
            session(4).ehlo().deliver("<2@a>").closed());

    GOLDEN.fails(
        "stoppedAfterPermanentFailure: ambiguous",
        () -> assertThat(sessions).stoppedAfterPermanentFailure());
  }

  @Test
  void recipients_are_told_apart_whichever_message_it_was() {
    assertThat(
            quiet(
                session(1).ehlo().failBeforeData(451, refused("b@c", 451)).closed(),
                session(2)
                    .ehlo()
                    .deliver("<1@a>", accepted("b@c"))
                    .deliver("<2@a>", accepted("b@c"))
                    .closed()))
        .resentOnlyDeferredRecipients();
  }

  @Test
  void a_message_is_sent_again_for_deferred_recipients_only() {
    SmtpSession partly =
        session(1).ehlo().deliver("<1@a>", accepted("b@c"), refused("d@c", 450)).closed();

    assertThat(quiet(partly, session(2).ehlo().deliver("<1@a>", accepted("d@c")).closed()))
        .resentOnlyDeferredRecipients();
    GOLDEN.fails(
        "resentOnlyDeferredRecipients: delivered",
        () ->
            assertThat(
                    quiet(
                        partly,
                        session(2)
                            .ehlo()
                            .deliver("<1@a>", accepted("b@c"), accepted("d@c"))
                            .closed()))
                .resentOnlyDeferredRecipients());
    GOLDEN.fails(
        "resentOnlyDeferredRecipients: refused for good",
        () ->
            assertThat(
                    quiet(
                        session(1)
                            .ehlo()
                            .deliver(
                                "<1@a>", accepted("b@c"), refused("d@c", 450), refused("e@c", 550))
                            .closed(),
                        session(2)
                            .ehlo()
                            .deliver("<1@a>", accepted("d@c"), refused("e@c", 550))
                            .closed()))
                .resentOnlyDeferredRecipients());
    GOLDEN.fails(
        "resentOnlyDeferredRecipients: not resent",
        () -> assertThat(quiet(partly)).resentOnlyDeferredRecipients());
    GOLDEN.fails(
        "resentOnlyDeferredRecipients: TLS failure",
        () -> assertThat(quiet(tlsRefused(1), overTls(2))).resentOnlyDeferredRecipients());
    GOLDEN.fails(
        "resentOnlyDeferredRecipients: none deferred",
        () -> assertThat(quiet(overTls(1))).resentOnlyDeferredRecipients());
  }

  @Test
  void a_whole_message_that_was_deferred_may_go_to_all_again() {
    assertThat(
            quiet(
                session(1)
                    .ehlo()
                    .fail(Outcome.REFUSED, 451, "<1@a>", accepted("b@c"), accepted("d@c"))
                    .closed(),
                session(2).ehlo().deliver("<1@a>", accepted("b@c"), accepted("d@c")).closed()))
        .resentOnlyDeferredRecipients();
  }
}
