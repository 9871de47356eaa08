package io.mockexo.assertj;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.assertj.SessionBuilder.session;
import static io.mockexo.assertj.Snapshots.quiet;
import static io.mockexo.assertj.Snapshots.soFar;

import io.mockexo.journal.SessionEvent.StrayBytes;
import io.mockexo.journal.SmtpSession;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** That a client did not go on guessing. */
class AuthAssertionsTest {

  private static final Golden GOLDEN = Golden.of(AuthAssertionsTest.class);

  private static final String WRONG = "5.7.139 Authentication unsuccessful";

  private static SmtpSession authRefused(int number, String user) {
    return session(number).ehlo().authFailed(user, 535, WRONG).closed();
  }

  @Test
  void a_refused_auth_must_be_the_last_one_of_that_user() {
    assertThat(quiet(authRefused(1, "alice"))).stoppedAfterAuthFailure();
    assertThat(quiet(authRefused(1, "alice"), session(2).ehlo().closed()))
        .stoppedAfterAuthFailure();
    assertThat(quiet(authRefused(1, "alice"), session(2).ehlo().authenticated("bob").closed()))
        .stoppedAfterAuthFailure();
  }

  @Test
  void another_auth_after_a_refused_one_is_told() {
    GOLDEN.fails(
        "stoppedAfterAuthFailure: another connection",
        () ->
            assertThat(soFar(authRefused(1, "alice"), authRefused(2, "Alice")))
                .stoppedAfterAuthFailure());
    GOLDEN.fails(
        "stoppedAfterAuthFailure: the same connection",
        () ->
            assertThat(
                    quiet(
                        session(1)
                            .ehlo()
                            .authFailed("alice", 535, WRONG)
                            .authenticated("alice")
                            .closed()))
                .stoppedAfterAuthFailure());
    GOLDEN.fails(
        "stoppedAfterAuthFailure: unknown user",
        () ->
            assertThat(
                    quiet(
                        session(1).ehlo().authFailed(null, 535, WRONG).closed(),
                        session(2).ehlo().command("AUTH XOAUTH2 <redacted>").closed()))
                .stoppedAfterAuthFailure());
    GOLDEN.fails(
        "stoppedAfterAuthFailure: stray AUTH",
        () ->
            assertThat(
                    quiet(
                        session(1)
                            .ehlo()
                            .authFailed("alice", 535, WRONG)
                            .stray(StrayBytes.Kind.AUTH, "AUTH LOGIN <redacted>")
                            .closed()))
                .stoppedAfterAuthFailure());
  }

  @Test
  void a_temporary_failure_or_a_mistake_in_auth_is_no_refusal() {
    SmtpSession temporary =
        session(1)
            .ehlo()
            .authFailed("alice", 454, "4.7.0 Temporary authentication failure")
            .authFailed(null, 504, "5.7.4 Unrecognized authentication type")
            .authenticated("alice")
            .closed();

    GOLDEN.fails(
        "stoppedAfterAuthFailure: none refused",
        () -> assertThat(quiet(temporary)).stoppedAfterAuthFailure());
    GOLDEN.fails(
        "stoppedAfterAuthFailure: not quiet",
        () -> assertThat(soFar(authRefused(1, "alice"))).stoppedAfterAuthFailure());
  }

  @Test
  void an_auth_that_began_before_the_other_was_refused_is_not_after_it() {
    SmtpSession slow =
        session(1).ehlo().pause(Duration.ofSeconds(5)).authFailed("alice", 535, WRONG).closed();

    assertThat(quiet(slow, session(2).ehlo().authenticated("alice").closed()))
        .stoppedAfterAuthFailure();
  }
}
