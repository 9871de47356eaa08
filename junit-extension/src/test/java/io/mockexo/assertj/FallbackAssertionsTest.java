package io.mockexo.assertj;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.assertj.SessionBuilder.accepted;
import static io.mockexo.assertj.SessionBuilder.session;
import static io.mockexo.assertj.Snapshots.cleartext;
import static io.mockexo.assertj.Snapshots.failureForEither;
import static io.mockexo.assertj.Snapshots.notOffered;
import static io.mockexo.assertj.Snapshots.overTls;
import static io.mockexo.assertj.Snapshots.quiet;
import static io.mockexo.assertj.Snapshots.silent;
import static io.mockexo.assertj.Snapshots.soFar;
import static io.mockexo.assertj.Snapshots.tlsRefused;

import io.mockexo.journal.MailTransaction.Outcome;
import io.mockexo.journal.SessionEvent.MessageAccepted;
import io.mockexo.journal.SessionEvent.StrayBytes;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import io.mockexo.tls.TlsVersion;
import org.junit.jupiter.api.Test;

/** Cleartext: having fallen back, never having tried TLS, and not having been offered it. */
class FallbackAssertionsTest {

  private static final Golden GOLDEN = Golden.of(FallbackAssertionsTest.class);

  /** Two failures, then two messages: nobody can tell which was for which. */
  private static Sessions ambiguous() {
    return quiet(tlsRefused(1), tlsRefused(2), cleartext(3, "<1@a>"), cleartext(4, "<2@a>"));
  }

  @Test
  void a_fallback_is_cleartext_after_tls_on_a_later_connection_or_the_same() {
    assertThat(quiet(tlsRefused(1), cleartext(2))).fellBackToCleartext();
    assertThat(soFar(tlsRefused(1), cleartext(2))).fellBackToCleartext();
    assertThat(quiet(session(1).offered().startTlsRefused().deliver("<1@a>").closed()))
        .fellBackToCleartext();
  }

  @Test
  void mail_that_was_refused_in_cleartext_was_a_fallback_too() {
    SmtpSession refused =
        session(2)
            .offered()
            .fail(Outcome.REFUSED, 451, "<1@a>", SessionBuilder.accepted("b@contoso.com"))
            .closed();

    assertThat(quiet(tlsRefused(1), refused)).fellBackToCleartext();
    GOLDEN.fails(
        "neverFellBackToCleartext: refused mail",
        () -> assertThat(quiet(tlsRefused(1), refused)).neverFellBackToCleartext());
  }

  @Test
  void no_fallback_without_tls_before() {
    GOLDEN.fails(
        "fellBackToCleartext: never tried",
        () -> assertThat(quiet(cleartext(1))).fellBackToCleartext());
    GOLDEN.fails(
        "fellBackToCleartext: not offered",
        () -> assertThat(quiet(notOffered(1))).fellBackToCleartext());
    GOLDEN.fails(
        "fellBackToCleartext: retried over TLS",
        () -> assertThat(quiet(tlsRefused(1), overTls(2))).fellBackToCleartext());
  }

  @Test
  void tls_of_another_client_is_no_reason_to_speak_of_a_fallback() {
    SmtpSession other = session(2).named("other.example").offered().deliver("<1@a>").closed();

    GOLDEN.fails(
        "fellBackToCleartext: another client",
        () -> assertThat(quiet(tlsRefused(1), other)).fellBackToCleartext());
  }

  @Test
  void where_nobody_can_tell_the_sessions_apart_it_is_ambiguous() {
    GOLDEN.fails(
        "fellBackToCleartext: ambiguous",
        () -> assertThat(failureForEither(TlsVersion.TLS_1_2)).fellBackToCleartext());
    GOLDEN.fails("alwaysTriedTls: ambiguous", () -> assertThat(ambiguous()).alwaysTriedTls());
    GOLDEN.fails("neverTriedTls: ambiguous", () -> assertThat(ambiguous()).neverTriedTls());
  }

  @Test
  void a_fallback_whichever_message_it_was_is_certain() {
    SmtpSession two = session(2).offered().deliver("<1@a>").deliver("<2@a>").closed();

    assertThat(quiet(tlsRefused(1), two)).fellBackToCleartext().usedNewConnectionForFallback();
    assertThat(ambiguous()).fellBackToCleartext().usedNewConnectionForFallback();
  }

  @Test
  void a_fallback_that_is_certain_needs_no_certainty_about_the_others() {
    Sessions sessions =
        quiet(
            tlsRefused(1),
            tlsRefused(2),
            cleartext(3, "<1@a>"),
            cleartext(4, "<2@a>"),
            session(5).offered().startTlsRefused().deliver("<3@a>").closed());

    assertThat(sessions).fellBackToCleartext();
  }

  @Test
  void without_mail_in_cleartext_ambiguity_does_not_matter() {
    Sessions sessions =
        quiet(
            tlsRefused(1),
            tlsRefused(2),
            overTls(3, TlsVersion.TLS_1_2, "<1@a>"),
            overTls(4, TlsVersion.TLS_1_2, "<2@a>"));

    assertThat(sessions).neverFellBackToCleartext().alwaysTriedTls().allDeliveriesUsedTls();
    GOLDEN.fails(
        "fellBackToCleartext: no cleartext", () -> assertThat(sessions).fellBackToCleartext());
  }

  @Test
  void never_fell_back_passes_for_a_client_that_gave_up_or_stayed_with_tls() {
    assertThat(quiet(tlsRefused(1))).neverFellBackToCleartext();
    assertThat(quiet(tlsRefused(1), overTls(2))).neverFellBackToCleartext();
    assertThat(quiet(silent(1), overTls(2))).neverFellBackToCleartext();
  }

  @Test
  void never_fell_back_fails_on_all_mail_in_cleartext_and_says_which_it_was() {
    GOLDEN.fails(
        "neverFellBackToCleartext: fell back",
        () -> assertThat(quiet(tlsRefused(1), cleartext(2))).neverFellBackToCleartext());
    GOLDEN.fails(
        "neverFellBackToCleartext: fell back on the same connection",
        () ->
            assertThat(quiet(session(1).offered().startTlsRefused().deliver("<1@a>").closed()))
                .neverFellBackToCleartext());
    GOLDEN.fails(
        "neverFellBackToCleartext: never tried",
        () -> assertThat(quiet(cleartext(1))).neverFellBackToCleartext());
    GOLDEN.fails(
        "neverFellBackToCleartext: not offered",
        () -> assertThat(quiet(notOffered(1))).neverFellBackToCleartext());
    GOLDEN.fails(
        "neverFellBackToCleartext: all three, and MAIL was refused",
        () ->
            assertThat(
                    quiet(
                        tlsRefused(1),
                        session(2).offered().failBeforeData(451).closed(),
                        session(3).named("b.example").offered().failBeforeData(550).closed(),
                        session(4)
                            .named("c.example")
                            .ehlo()
                            .failBeforeData(550, SessionBuilder.refused("b@c", 550))
                            .closed(),
                        session(5)
                            .named("d.example")
                            .offered()
                            .startTlsRefused()
                            .failBeforeData(530)
                            .closed(),
                        session(6)
                            .named("e.example")
                            .offered()
                            .failBeforeData(451)
                            .deliver("<1@a>")
                            .closed()))
                .neverFellBackToCleartext());
    GOLDEN.fails(
        "neverFellBackToCleartext: all three",
        () ->
            assertThat(
                    quiet(
                        tlsRefused(1),
                        cleartext(2),
                        session(3).named("b.example").offered().deliver("<2@a>").closed(),
                        session(4).named("c.example").ehlo().deliver("<3@a>").closed()))
                .neverFellBackToCleartext());
  }

  @Test
  void what_may_have_been_a_fallback_is_told_as_such() {
    SmtpSession two = session(2).offered().deliver("<1@a>").deliver("<2@a>").closed();
    SmtpSession deferred =
        session(1)
            .tls(TlsVersion.TLS_1_3)
            .fail(Outcome.REFUSED, 451, "<1@a>", accepted("b@contoso.com"))
            .closed();
    GOLDEN.fails(
        "neverFellBackToCleartext: two messages after a failure",
        () -> assertThat(quiet(tlsRefused(1), two)).neverFellBackToCleartext());
    GOLDEN.fails(
        "neverFellBackToCleartext: another Message-ID",
        () -> assertThat(quiet(deferred, cleartext(2, "<2@a>"))).neverFellBackToCleartext());
  }

  @Test
  void mail_among_bytes_that_nobody_asked_for_counts() {
    SmtpSession careless =
        session(1)
            .tlsRefused(TlsVersion.TLS_1_1)
            .stray(StrayBytes.Kind.MAIL, "MAIL FROM:<a@client.example>")
            .closedByServer();

    GOLDEN.fails(
        "neverFellBackToCleartext: stray mail",
        () -> assertThat(quiet(careless)).neverFellBackToCleartext());
    GOLDEN.fails(
        "neverSentMailInCleartext: stray mail",
        () -> assertThat(quiet(careless)).neverSentMailInCleartext());
  }

  @Test
  void mail_pipelined_behind_starttls_counts() {
    SmtpSession eager =
        session(1)
            .offered()
            .startTls()
            .event(
                at ->
                    new StrayBytes(
                        at,
                        StrayBytes.Place.BEHIND_STARTTLS,
                        StrayBytes.Kind.MAIL,
                        20,
                        "MAIL FROM:<a@b>"))
            .hello(TlsVersion.TLS_1_3)
            .established()
            .ehlo()
            .deliver("<1@a>")
            .closed();

    GOLDEN.fails(
        "neverSentMailInCleartext: behind STARTTLS",
        () -> assertThat(quiet(eager)).neverSentMailInCleartext());
    assertThat(quiet(eager)).alwaysTriedTls().allDeliveriesUsedTls();
  }

  @Test
  void a_delivery_in_cleartext_counts_even_if_its_commands_were_not_kept() {
    SmtpSession busy =
        session(1)
            .offered()
            .event(at -> new MessageAccepted(at, cleartext(9).deliveredMessages().get(0)))
            .dropped(100)
            .closed();

    GOLDEN.fails(
        "neverSentMailInCleartext: commands not kept",
        () -> assertThat(quiet(busy)).neverSentMailInCleartext());
  }

  @Test
  void credentials_are_another_thing_than_mail() {
    SmtpSession careless =
        session(1).offered().command("AUTH PLAIN <redacted>").reply(504, "5.7.4 no").closed();

    assertThat(quiet(cleartext(1))).neverSentCredentialsInCleartext();
    assertThat(quiet(careless)).neverSentMailInCleartext();
    GOLDEN.fails(
        "neverSentCredentialsInCleartext: it did",
        () -> assertThat(quiet(careless, overTls(2))).neverSentCredentialsInCleartext());
    GOLDEN.fails(
        "neverSentCredentialsInCleartext: among stray bytes",
        () ->
            assertThat(
                    quiet(
                        session(1)
                            .offered()
                            .stray(StrayBytes.Kind.AUTH, "AUTH PLAIN <redacted>")
                            .closed()))
                .neverSentCredentialsInCleartext());
  }

  @Test
  void deliveries_are_judged_and_there_must_be_one() {
    assertThat(quiet(tlsRefused(1), overTls(2))).allDeliveriesUsedTls();
    GOLDEN.fails(
        "allDeliveriesUsedTls: one did not",
        () -> assertThat(quiet(overTls(1), cleartext(2, "<2@a>"))).allDeliveriesUsedTls());
    GOLDEN.fails(
        "allDeliveriesUsedTls: none",
        () -> assertThat(quiet(tlsRefused(1))).allDeliveriesUsedTls());
  }
}
