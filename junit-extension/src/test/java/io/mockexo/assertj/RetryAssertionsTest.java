package io.mockexo.assertj;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.assertj.SessionBuilder.accepted;
import static io.mockexo.assertj.SessionBuilder.refused;
import static io.mockexo.assertj.SessionBuilder.session;
import static io.mockexo.assertj.Snapshots.cleartext;
import static io.mockexo.assertj.Snapshots.failureForEither;
import static io.mockexo.assertj.Snapshots.overTls;
import static io.mockexo.assertj.Snapshots.quiet;
import static io.mockexo.assertj.Snapshots.silent;
import static io.mockexo.assertj.Snapshots.soFar;
import static io.mockexo.assertj.Snapshots.tlsRefused;
import static io.mockexo.fault.Fault.at;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mockexo.fault.Drop;
import io.mockexo.fault.Stage;
import io.mockexo.journal.MailTransaction.Outcome;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import io.mockexo.tls.TlsVersion;
import org.junit.jupiter.api.Test;

/** That a client came again, how often, and where. */
class RetryAssertionsTest {

  private static final Golden GOLDEN = Golden.of(RetryAssertionsTest.class);

  private static SmtpSession deferred(int number) {
    return session(number)
        .tls(TlsVersion.TLS_1_3)
        .fail(Outcome.REFUSED, 451, "<1@a>", accepted("b@contoso.com"))
        .closed();
  }

  private static SmtpSession droppedAtEhlo(int number) {
    return session(number)
        .command("EHLO client.example")
        .fault(at(Stage.EHLO).drop(Drop.RST))
        .closedByServer();
  }

  private static Sessions ambiguous() {
    return quiet(tlsRefused(1), tlsRefused(2), overTls(3), overTls(4, TlsVersion.TLS_1_3, "<2@a>"));
  }

  @Test
  void a_retry_is_as_strong_as_the_try_that_failed_over_tls() {
    assertThat(soFar(tlsRefused(1), overTls(2))).retriedAfterTlsFailure();
    assertThat(quiet(tlsRefused(1), tlsRefused(2))).retriedAfterTlsFailure();
    assertThat(quiet(session(1).offered().startTlsRefused().closed(), overTls(2)))
        .retriedAfterTlsFailure();
  }

  @Test
  void a_fallback_is_no_retry_and_without_a_tls_failure_there_is_none() {
    GOLDEN.fails(
        "retriedAfterTlsFailure: fell back",
        () -> assertThat(quiet(tlsRefused(1), cleartext(2))).retriedAfterTlsFailure());
    GOLDEN.fails(
        "retriedAfterTlsFailure: lower version",
        () ->
            assertThat(
                    quiet(
                        session(1).tlsRefused(TlsVersion.TLS_1_3).closedByServer(),
                        overTls(2, TlsVersion.TLS_1_2, "<1@a>")))
                .retriedAfterTlsFailure());
    GOLDEN.fails(
        "retriedAfterTlsFailure: came no more",
        () -> assertThat(quiet(tlsRefused(1))).retriedAfterTlsFailure());
    GOLDEN.fails(
        "retriedAfterTlsFailure: another failure",
        () -> assertThat(quiet(deferred(1), overTls(2))).retriedAfterTlsFailure());
    GOLDEN.fails(
        "retriedAfterTlsFailure: ambiguous",
        () -> assertThat(failureForEither(TlsVersion.TLS_1_1)).retriedAfterTlsFailure());
  }

  @Test
  void a_retry_whichever_message_it_was_is_certain() {
    SmtpSession two = session(2).tls(TlsVersion.TLS_1_3).deliver("<1@a>").deliver("<2@a>").closed();

    assertThat(quiet(tlsRefused(1), two))
        .retriedAfterTlsFailure()
        .retriedTimes(1)
        .keptTryingAfterTransientFailure();
    assertThat(ambiguous())
        .retriedAfterTlsFailure()
        .retriedTimes(2)
        .keptTryingAfterTransientFailure();
  }

  @Test
  void looking_at_the_server_is_no_try() {
    SmtpSession look = session(1).offered().quit().closed();

    assertThat(quiet(look, deferred(2), overTls(3))).retriedTimes(1);
    GOLDEN.fails("retriedTimes: looked", () -> assertThat(quiet(look, overTls(2))).retriedTimes(1));
  }

  @Test
  void retries_are_counted_and_first_tries_and_fallbacks_are_not() {
    assertThat(quiet(deferred(1), deferred(2), overTls(3))).retriedTimes(2);
    assertThat(quiet(tlsRefused(1), cleartext(2))).retriedTimes(0);
    assertThat(quiet(overTls(1), overTls(2, TlsVersion.TLS_1_3, "<2@a>"))).retriedTimes(0);
    assertThat(quiet(silent(1), deferred(2), overTls(3))).retriedTimes(1);
  }

  @Test
  void a_try_that_ended_before_the_client_chose_counts() {
    assertThat(quiet(tlsRefused(1), droppedAtEhlo(2), droppedAtEhlo(3), overTls(4)))
        .retriedTimes(3);
  }

  @Test
  void a_later_try_for_several_recipients_counts_once_and_a_split_message_not_at_all() {
    assertThat(
            quiet(
                session(1)
                    .ehlo()
                    .fail(Outcome.REFUSED, 451, "<1@a>", accepted("b@c"), accepted("d@c"))
                    .closed(),
                session(2).ehlo().deliver("<1@a>", accepted("b@c"), accepted("d@c")).closed()))
        .retriedTimes(1);
    assertThat(
            quiet(
                session(1).ehlo().deliver("<1@a>", accepted("b@c")).closed(),
                session(2).ehlo().deliver("<1@a>", accepted("d@c")).closed()))
        .retriedTimes(0);
  }

  @Test
  void a_wrong_number_of_retries_is_told_with_the_sessions() {
    GOLDEN.fails(
        "retriedTimes: too few", () -> assertThat(quiet(deferred(1), overTls(2))).retriedTimes(2));
    GOLDEN.fails(
        "retriedTimes: too many",
        () -> assertThat(soFar(deferred(1), deferred(2), overTls(3))).retriedTimes(1));
    GOLDEN.fails("retriedTimes: none", () -> assertThat(quiet(overTls(1))).retriedTimes(1));
    GOLDEN.fails(
        "retriedTimes: none in any reading", () -> assertThat(ambiguous()).retriedTimes(0));
    GOLDEN.fails(
        "retriedTimes: ambiguous",
        () -> assertThat(failureForEither(TlsVersion.TLS_1_1)).retriedTimes(1));
    GOLDEN.fails(
        "retriedTimes: not quiet",
        () -> assertThat(soFar(deferred(1), overTls(2))).retriedTimes(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(quiet(overTls(1))).retriedTimes(-1))
        .withMessage("a number of retries cannot be negative: -1");
  }

  @Test
  void a_connection_that_ended_before_ehlo_counts_for_no_message() {
    SmtpSession greeted = session(1).reply(421, "4.3.2 busy").command("QUIT").closed();

    GOLDEN.fails(
        "retriedTimes: before EHLO",
        () -> assertThat(quiet(greeted, silent(2), overTls(3))).retriedTimes(2));
    GOLDEN.fails(
        "keptTryingAfterTransientFailure: before EHLO",
        () -> assertThat(quiet(greeted, overTls(2))).keptTryingAfterTransientFailure());
  }

  @Test
  void a_retry_on_the_same_connection_is_one() {
    SmtpSession both =
        session(1)
            .ehlo()
            .fail(Outcome.REFUSED, 451, "<1@a>", accepted("b@c"))
            .deliver("<1@a>", accepted("b@c"))
            .closed();

    assertThat(quiet(both)).retriedTimes(1).keptTryingAfterTransientFailure();
    GOLDEN.fails("retriedTimes: on one connection", () -> assertThat(quiet(both)).retriedTimes(0));
  }

  @Test
  void kept_trying_is_coming_again_after_each_transient_failure_of_a_message() {
    assertThat(soFar(deferred(1), overTls(2))).keptTryingAfterTransientFailure();
    assertThat(quiet(deferred(1), deferred(2), overTls(3))).keptTryingAfterTransientFailure();
    assertThat(quiet(droppedAtEhlo(1), overTls(2))).keptTryingAfterTransientFailure();
    assertThat(
            quiet(
                session(1)
                    .ehlo()
                    .fail(Outcome.UNACKNOWLEDGED, 0, "<1@a>", accepted("b@c"))
                    .closedByServer(),
                session(2).ehlo().deliver("<1@a>", accepted("b@c")).closed()))
        .keptTryingAfterTransientFailure();
  }

  @Test
  void giving_up_after_a_transient_failure_is_told() {
    GOLDEN.fails(
        "keptTryingAfterTransientFailure: gave up",
        () -> assertThat(quiet(deferred(1))).keptTryingAfterTransientFailure());
    GOLDEN.fails(
        "keptTryingAfterTransientFailure: gave up at the second",
        () -> assertThat(quiet(deferred(1), deferred(2))).keptTryingAfterTransientFailure());
    GOLDEN.fails(
        "keptTryingAfterTransientFailure: gave up one recipient",
        () ->
            assertThat(
                    quiet(
                        session(1)
                            .ehlo()
                            .deliver("<1@a>", accepted("b@c"), refused("d@c", 450))
                            .closed()))
                .keptTryingAfterTransientFailure());
    GOLDEN.fails(
        "keptTryingAfterTransientFailure: lost connection",
        () -> assertThat(quiet(droppedAtEhlo(1))).keptTryingAfterTransientFailure());
    GOLDEN.fails(
        "keptTryingAfterTransientFailure: permanent failure",
        () ->
            assertThat(
                    quiet(
                        session(1)
                            .ehlo()
                            .fail(Outcome.REFUSED, 550, "<1@a>", accepted("b@c"))
                            .closed()))
                .keptTryingAfterTransientFailure());
    GOLDEN.fails(
        "keptTryingAfterTransientFailure: ambiguous",
        () ->
            assertThat(
                    quiet(
                        session(1).ehlo().fail(Outcome.REFUSED, 451, "<1@a>").closed(),
                        session(2).ehlo().fail(Outcome.REFUSED, 451, "<2@a>").closed(),
                        session(3).ehlo().failBeforeData(550).closed(),
                        session(4).ehlo().deliver("<2@a>").closed()))
                .keptTryingAfterTransientFailure());
  }

  @Test
  void a_client_that_leaves_by_itself_has_not_failed() {
    GOLDEN.fails(
        "keptTryingAfterTransientFailure: left",
        () ->
            assertThat(quiet(session(1).offered().quit().closedByServer(), overTls(2)))
                .keptTryingAfterTransientFailure());
  }

  @Test
  void another_host_is_another_address_or_port() {
    SmtpSession first = session(1).onPort(2525).ehlo().failBeforeData(451).closed();
    SmtpSession second = session(2).onPort(2526).ehlo().deliver("<1@a>").closed();

    assertThat(soFar(first, second)).switchedHost();
    GOLDEN.fails(
        "switchedHost: one host", () -> assertThat(quiet(deferred(1), overTls(2))).switchedHost());
    GOLDEN.fails(
        "switchedHost: stayed with one",
        () ->
            assertThat(
                    quiet(
                        session(1).onPort(2525).ehlo().failBeforeData(451).closed(),
                        session(2).onPort(2525).ehlo().deliver("<1@a>").closed(),
                        session(1)
                            .onPort(2526)
                            .named("b.example")
                            .ehlo()
                            .deliver("<2@a>")
                            .closed()))
                .switchedHost());
  }

  @Test
  void going_to_another_host_after_a_success_is_no_switch() {
    GOLDEN.fails(
        "switchedHost: after a delivery",
        () ->
            assertThat(
                    quiet(
                        session(1).onPort(2525).ehlo().deliver("<1@a>").closed(),
                        session(1).onPort(2526).ehlo().deliver("<1@a>").closed()))
                .switchedHost());
  }
}
