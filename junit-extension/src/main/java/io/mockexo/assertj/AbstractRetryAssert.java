package io.mockexo.assertj;

import io.mockexo.journal.LaterTry;
import io.mockexo.journal.Sessions;
import java.time.Duration;

/**
 * Assertions on retry: a later try at the same message that was as strong as the one before, or
 * stronger. Part of {@link SessionsAssert}.
 */
abstract class AbstractRetryAssert<SELF extends AbstractRetryAssert<SELF>>
    extends AbstractFallbackAssert<SELF> {

  AbstractRetryAssert(Sessions actual, Class<?> selfType) {
    super(actual, selfType);
  }

  /**
   * Verifies that for some message a try as strong as before, or stronger, followed one in which
   * something went wrong with TLS.
   *
   * <pre>{@code
   * // passes: the handshake of session 1 was reset, session 2 used TLS again
   * assertThat(patientMailer).retriedAfterTlsFailure();
   * // fails: session 2 was in cleartext
   * assertThat(oldMailer).retriedAfterTlsFailure();
   * }</pre>
   */
  public SELF retriedAfterTlsFailure() {
    return expectHappened(
        "to retry after a TLS failure", sessions -> new RetryJudge(sessions).afterTlsFailure());
  }

  /**
   * Verifies how often the client came again without being weaker, for all its messages together.
   * The first try of each message does not count, nor do fallbacks. A try that ended before the
   * client chose between cleartext and TLS counts; a connection that ended before EHLO does not:
   * nobody knows what it was for.
   *
   * <p>Needs a quiet snapshot with at least one session.
   *
   * <pre>{@code
   * // passes: sessions 1 and 2 got 451, session 3 delivered
   * assertThat(exchange.awaitQuiet(ofSeconds(1))).retriedTimes(2);
   * // fails: session 2 delivered
   * assertThat(luckyMailer).retriedTimes(2);
   * }</pre>
   *
   * @param times 0 or more
   */
  public SELF retriedTimes(int times) {
    require(times >= 0, "a number of retries cannot be negative: " + times);
    return expect(
        "to retry " + Words.count(times, "time"),
        sessions -> new RetryJudge(sessions).times(times));
  }

  /**
   * Verifies that every message that failed for a transient reason was tried again after that, each
   * time: until it was delivered, refused for good, or the client left by itself. A transient
   * failure is a reply that begins with 4, or a connection that the server ended, or left without
   * an answer (RFC 5321, section 3.8). Needs at least one.
   *
   * <pre>{@code
   * // passes: session 1 got 451, session 2 came for the same message
   * assertThat(patientMailer).keptTryingAfterTransientFailure();
   * // fails: sessions 1 and 2 got 451, and nothing followed
   * assertThat(hastyMailer).keptTryingAfterTransientFailure();
   * }</pre>
   */
  public SELF keptTryingAfterTransientFailure() {
    return expectHappened(
        "to keep trying after a transient failure",
        sessions -> new RetryJudge(sessions).keptTrying());
  }

  /**
   * Verifies that for some message a try that failed was followed by one with another host: another
   * address or port of the servers, whose sessions have been {@linkplain Sessions#merge merged}.
   *
   * <pre>{@code
   * // passes: session 1 of the first host was refused, session 1 of the second delivered
   * assertThat(Sessions.merge(first.sessions(), second.sessions())).switchedHost();
   * // fails: both tries were with the first host
   * assertThat(Sessions.merge(first.sessions(), second.sessions())).switchedHost();
   * }</pre>
   */
  public SELF switchedHost() {
    return expectHappened(
        "to switch to another host", sessions -> new RetryJudge(sessions).switchedHost());
  }

  /**
   * Verifies that each later try, a fallback too, came at least so long after the failure before
   * it. Needs at least one later try on a new connection. Connections that ended before EHLO,
   * silent ones above all, are no tries: pauses run past them.
   *
   * <pre>{@code
   * // passes: session 2 came 60 s after the failure of session 1
   * assertThat(patientMailer).waitedAtLeast(ofSeconds(60));
   * // fails: it came 2 s after it
   * assertThat(hastyMailer).waitedAtLeast(ofSeconds(60));
   * }</pre>
   *
   * @param pause from the failure of a try to the accept of the next one ({@link LaterTry#gap})
   */
  public SELF waitedAtLeast(Duration pause) {
    require(!pause.isNegative(), "a pause cannot be negative: " + pause);
    return expect(
        "to wait at least %s between attempts".formatted(Words.seconds(pause)),
        sessions -> new PauseJudge(sessions).waited(gap -> gap.compareTo(pause) >= 0));
  }

  /**
   * Verifies that each later try, a fallback too, came so long after the failure before it, both
   * ends included. Needs at least one later try on a new connection.
   *
   * <pre>{@code
   * // passes: sessions 2 and 3 came 60 s and 61 s after the failures before them
   * assertThat(patientMailer).waitedBetween(ofSeconds(55), ofSeconds(65));
   * // fails: session 3 came 300 s after the failure of session 2
   * assertThat(lazyMailer).waitedBetween(ofSeconds(55), ofSeconds(65));
   * }</pre>
   *
   * @param min the shortest pause ({@link LaterTry#gap})
   * @param max the longest
   */
  public SELF waitedBetween(Duration min, Duration max) {
    require(
        !min.isNegative() && min.compareTo(max) <= 0,
        "no pause is between %s and %s".formatted(min, max));
    return expect(
        "to wait from %s to %s between attempts".formatted(Words.seconds(min), Words.seconds(max)),
        sessions ->
            new PauseJudge(sessions)
                .waited(gap -> gap.compareTo(min) >= 0 && gap.compareTo(max) <= 0));
  }

  /**
   * Verifies that the pauses grew: of each message with at least three attempts no pause is shorter
   * than the one before by more than a tenth, and at least one is longer than an earlier one by
   * more than a tenth. Needs at least one such message. A fixed schedule is for {@link
   * #waitedBetween}.
   *
   * <pre>{@code
   * // passes: the pauses were 1 s, 2 s and 4 s
   * assertThat(politeMailer).backedOff();
   * // fails: the pauses were 60 s and 60 s
   * assertThat(regularMailer).backedOff();
   * }</pre>
   */
  public SELF backedOff() {
    return expect("to back off", sessions -> new PauseJudge(sessions).backedOff());
  }

  /**
   * Verifies that for some recipient a message was not delivered, and that for each of those there
   * was no further attempt within {@code period} after the last one had failed. That the client
   * will never come again no server can see. A session that only looked at the server is no attempt
   * (see {@link SessionsAssert}).
   *
   * <p>Needs a quiet snapshot that was taken when the period was over: {@code awaitQuiet(period)}.
   *
   * <pre>{@code
   * // passes: the last failure was 5 s ago, or more
   * assertThat(exchange.awaitQuiet(ofSeconds(5))).gaveUpAfter(ofSeconds(5));
   * // fails: the message was delivered
   * assertThat(patientMailer).gaveUpAfter(ofSeconds(5));
   * }</pre>
   */
  public SELF gaveUpAfter(Duration period) {
    require(!period.isNegative(), "a period cannot be negative: " + period);
    return expect(
        "to give up: no attempt within %s after the last failure".formatted(Words.seconds(period)),
        sessions -> new PauseJudge(sessions).gaveUp(period));
  }

  /**
   * Verifies that what was refused for good, with a reply that begins with 5, was not tried again
   * for the same recipient, neither on the same connection nor on another. Needs at least one such
   * refusal; that of STARTTLS concerns TLS alone, and is none.
   *
   * <p>Needs a quiet snapshot.
   *
   * <pre>{@code
   * // passes: session 1 got 550 5.1.1, and nothing followed
   * assertThat(exchange.awaitQuiet(ofSeconds(1))).stoppedAfterPermanentFailure();
   * // fails: session 2 came again for the same recipient
   * assertThat(stubbornMailer).stoppedAfterPermanentFailure();
   * }</pre>
   */
  public SELF stoppedAfterPermanentFailure() {
    return expect(
        "to stop after a permanent failure",
        sessions -> new StopJudge(sessions).afterPermanentFailure());
  }

  /**
   * Verifies that after AUTH had been refused for good there was no further AUTH, by any mechanism,
   * unless for another user: an account lock-out is one retry loop away. A temporary failure (454),
   * an unknown mechanism (504) and a mistake in AUTH itself (501) are no such refusal. Needs at
   * least one.
   *
   * <p>Needs a quiet snapshot.
   *
   * <pre>{@code
   * // passes: session 1 got 535 5.7.139, and nothing followed
   * assertThat(exchange.awaitQuiet(ofSeconds(1))).stoppedAfterAuthFailure();
   * // fails: session 2 sent AUTH again
   * assertThat(stubbornMailer).stoppedAfterAuthFailure();
   * }</pre>
   */
  public SELF stoppedAfterAuthFailure() {
    return expect(
        "to stop after a refused AUTH", sessions -> new LoginJudge(sessions).stoppedAfterFailure());
  }

  /**
   * Verifies that a message which was deferred for some recipients (4xx, or a lost connection) was
   * sent again, and only for those: neither for one to whom it had been delivered, nor for one who
   * had been refused for good.
   *
   * <p>Needs a quiet snapshot.
   *
   * <pre>{@code
   * // passes: b was accepted and c got 450 in session 1, session 2 was for c alone
   * assertThat(exchange.awaitQuiet(ofSeconds(1))).resentOnlyDeferredRecipients();
   * // fails: session 2 was for b and c
   * assertThat(simpleMailer).resentOnlyDeferredRecipients();
   * }</pre>
   */
  public SELF resentOnlyDeferredRecipients() {
    return expect(
        "to send again for deferred recipients only",
        sessions -> new StopJudge(sessions).resentOnlyDeferredRecipients());
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
