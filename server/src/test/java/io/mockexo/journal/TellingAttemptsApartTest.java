package io.mockexo.journal;

import static io.mockexo.journal.AttemptsTest.attempts;
import static io.mockexo.journal.AttemptsTest.numbers;
import static io.mockexo.journal.AttemptsTest.tlsFailure;
import static io.mockexo.journal.SessionBuilder.accepted;
import static io.mockexo.journal.SessionBuilder.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.journal.MailTransaction.Outcome;
import io.mockexo.tls.TlsVersion;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which attempts can be told apart, and which cannot. */
class TellingAttemptsApartTest {

  @Test
  void a_failure_before_a_connection_with_two_messages_is_ambiguous() {
    Attempts attempts =
        attempts(tlsFailure(1), session(2).ehloOffersStartTls().deliver("<1@a>").deliver("<2@a>"));

    assertThat(numbers(attempts)).containsExactly(List.of(2), List.of(2));
    assertThat(attempts.ambiguous()).hasSize(1);
  }

  @Test
  void a_failure_that_may_belong_to_an_unfinished_or_a_new_message_is_ambiguous() {
    Attempts attempts =
        attempts(
            session(1).ehlo().fail(Outcome.REFUSED, 451, "<1@a>", accepted("b@c")),
            tlsFailure(2),
            session(3).ehlo().deliver("<2@a>", accepted("b@c")));

    assertThat(attempts.ambiguous()).extracting(a -> a.session().number()).containsExactly(2);
  }

  @Test
  void one_failure_belongs_to_the_message_that_is_tried_next() {
    Attempts attempts =
        attempts(
            tlsFailure(1),
            session(2).ehloOffersStartTls().deliver("<1@a>"),
            session(3).ehloOffersStartTls().deliver("<2@a>"));

    assertThat(numbers(attempts)).containsExactly(List.of(1, 2), List.of(3));
    assertThat(attempts.isAmbiguous()).isFalse();
    assertThat(attempts.fellBackToCleartext()).isTrue();
  }

  @Test
  void two_failures_in_a_row_may_belong_to_either_of_the_next_two_messages() {
    Attempts attempts =
        attempts(
            tlsFailure(1),
            tlsFailure(2),
            session(3).ehloOffersStartTls().deliver("<1@a>"),
            session(4).ehloOffersStartTls().deliver("<2@a>"),
            session(5).ehloOffersStartTls().deliver("<3@a>"));

    assertThat(attempts.ambiguous()).hasSize(2);
    assertThat(numbers(attempts)).containsExactly(List.of(3), List.of(4), List.of(5));
  }

  @Test
  void like_messages_of_different_users_are_different_messages_unless_their_message_id_is_one() {
    Attempts without = attempts(as(1, "alice").deliver(null), as(2, "bob").deliver(null));
    Attempts with = attempts(as(1, "alice").deliver("<1@a>"), as(2, "bob").deliver("<1@a>"));

    assertThat(numbers(without)).containsExactly(List.of(1), List.of(2));
    assertThat(numbers(with)).containsExactly(List.of(1, 2));
  }

  @Test
  void one_users_failure_is_not_anothers() {
    Attempts attempts =
        attempts(
            as(1, "alice").command("NOOP"),
            as(2, "bob").deliver("<1@a>"),
            as(3, "carol").command("NOOP"));

    assertThat(numbers(attempts)).containsExactly(List.of(1), List.of(2), List.of(3));
  }

  private static SessionBuilder as(int number, String user) {
    return session(number)
        .ehlo("STARTTLS")
        .tls(TlsVersion.TLS_1_3)
        .event(at -> new SessionEvent.Authenticated(at, "LOGIN", user));
  }
}
