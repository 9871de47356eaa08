package io.mockexo.journal;

import static io.mockexo.journal.SessionBuilder.accepted;
import static io.mockexo.journal.SessionBuilder.refused;
import static io.mockexo.journal.SessionBuilder.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.journal.MailTransaction.Outcome;
import io.mockexo.tls.TlsVersion;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which sessions are attempts at which message. */
class AttemptsTest {

  @Test
  void a_message_is_the_same_by_reverse_path_and_message_id() {
    Attempts attempts =
        attempts(
            session(1).fail(Outcome.REFUSED, 451, "<1@a>", accepted("b@c")),
            session(2).fail(Outcome.REFUSED, 451, "<2@a>", accepted("b@c")),
            session(3).deliver("<1@a>", accepted("b@c")));

    assertThat(numbers(attempts)).containsExactly(List.of(1, 3), List.of(2));
    assertThat(attempts.messages().get(0).identity())
        .contains(new MessageIdentity("a@client.example", "<1@a>", null));
  }

  @Test
  void a_session_that_failed_before_mail_joins_what_the_same_client_tried_next() {
    Attempts attempts = attempts(tlsFailure(1), session(2).ehloOffersStartTls().deliver("<1@a>"));

    assertThat(numbers(attempts)).containsExactly(List.of(1, 2));
    assertThat(attempts.ambiguous()).isEmpty();
  }

  @Test
  void a_session_of_another_address_or_name_is_another_client() {
    Attempts attempts =
        attempts(
            tlsFailure(1),
            session(2).from("192.0.2.2").ehloOffersStartTls().deliver("<2@a>"),
            session(3).command("EHLO other.example").deliver("<3@a>"));

    assertThat(numbers(attempts)).containsExactly(List.of(1), List.of(2), List.of(3));
  }

  @Test
  void interleaved_clients_are_told_apart() {
    Attempts attempts =
        attempts(
            tlsFailure(1),
            tlsFailure(2).from("192.0.2.2"),
            session(3).from("192.0.2.2").ehloOffersStartTls().deliver("<2@a>"),
            session(4).ehloOffersStartTls().deliver("<1@a>"));

    assertThat(numbers(attempts)).containsExactly(List.of(1, 4), List.of(2, 3));
  }

  @Test
  void two_failures_before_two_messages_cannot_be_told_apart() {
    Attempts attempts =
        attempts(
            tlsFailure(1),
            tlsFailure(2),
            session(3).ehloOffersStartTls().deliver("<1@a>"),
            session(4).ehloOffersStartTls().deliver("<2@a>"));

    assertThat(numbers(attempts)).containsExactly(List.of(3), List.of(4));
    assertThat(attempts.isAmbiguous()).isTrue();
    assertThat(attempts.ambiguous()).extracting(a -> a.session().number()).containsExactly(1, 2);
  }

  @Test
  void each_failure_belongs_to_what_follows_it_when_a_client_does_one_thing_after_another() {
    Attempts attempts =
        attempts(
            tlsFailure(1),
            session(2).ehloOffersStartTls().deliver("<1@a>"),
            tlsFailure(3),
            session(4).ehloOffersStartTls().deliver("<2@a>"));

    assertThat(numbers(attempts)).containsExactly(List.of(1, 2), List.of(3, 4));
  }

  @Test
  void a_client_whose_connections_overlap_does_not_do_one_thing_after_another() {
    SessionBuilder slow = session(1).greeting().ehlo("STARTTLS").startTls();
    SmtpSession failedLate = slow.pause(java.time.Duration.ofSeconds(5)).tlsFailed("late").closed();
    Attempts attempts =
        new Sessions(
                List.of(
                    failedLate,
                    session(2).ehloOffersStartTls().deliver("<1@a>").closed(),
                    tlsFailure(3).closed(),
                    session(4).ehloOffersStartTls().deliver("<2@a>").closed()),
                0,
                0,
                true)
            .attempts();

    assertThat(attempts.ambiguous()).extracting(a -> a.session().number()).containsExactly(1);
  }

  @Test
  void a_failure_between_two_tries_belongs_to_the_message_that_is_not_finished() {
    Attempts attempts =
        attempts(
            session(1).ehlo().fail(Outcome.REFUSED, 451, "<1@a>", accepted("b@c")),
            tlsFailure(2),
            session(3).ehlo().deliver("<1@a>", accepted("b@c")));

    assertThat(numbers(attempts)).containsExactly(List.of(1, 2, 3));
  }

  @Test
  void a_last_failure_belongs_to_the_message_that_was_not_finished() {
    Attempts unfinished =
        attempts(
            session(1).ehlo().fail(Outcome.REFUSED, 451, "<1@a>", accepted("b@c")), tlsFailure(2));
    Attempts finished =
        attempts(
            session(1).ehlo().fail(Outcome.REFUSED, 550, "<1@a>", accepted("b@c")), tlsFailure(2));

    assertThat(numbers(unfinished)).containsExactly(List.of(1, 2));
    assertThat(numbers(finished)).containsExactly(List.of(1), List.of(2));
  }

  @Test
  void a_client_that_never_came_to_mail_tried_one_message_without_identity() {
    Attempts attempts = attempts(tlsFailure(1), tlsFailure(2), tlsFailure(3));

    assertThat(numbers(attempts)).containsExactly(List.of(1, 2, 3));
    assertThat(attempts.messages().get(0).identity()).isEmpty();
    assertThat(attempts.messages().get(0).retriedAfterTlsFailure()).isTrue();
    assertThat(attempts.messages().get(0).fellBackToCleartext()).isFalse();
  }

  @Test
  void silent_sessions_and_those_without_ehlo_are_no_attempts() {
    Attempts attempts =
        attempts(
            tlsFailure(1),
            session(2).greeting(),
            session(3).greeting().command("QUIT"),
            session(4).ehloOffersStartTls().deliver("<1@a>"));

    assertThat(numbers(attempts)).containsExactly(List.of(1, 4));
  }

  @Test
  void looking_at_the_server_is_no_attempt() {
    Attempts attempts =
        attempts(
            session(1).ehloOffersStartTls().quit(),
            session(2).ehloOffersStartTls(),
            session(3).ehlo("STARTTLS").tls(TlsVersion.TLS_1_3).quit(),
            session(4).ehloOffersStartTls().deliver("<1@a>"));

    assertThat(numbers(attempts)).containsExactly(List.of(4));
    assertThat(attempts.isAmbiguous()).isFalse();
  }

  /** It is the server that closes first after QUIT. */
  @Test
  void looking_at_the_server_ends_with_quit_or_without() {
    SmtpSession polite = session(1).ehloOffersStartTls().quit().closedByServer();
    SmtpSession dropped = session(2).ehloOffersStartTls().closedByServer();

    Attempts attempts = new Sessions(List.of(polite, dropped), 0, 0, true).attempts();

    assertThat(numbers(attempts)).containsExactly(List.of(2));
  }

  @Test
  void who_left_because_something_failed_has_tried() {
    Attempts attempts =
        attempts(
            session(1).ehlo().quit(),
            session(2).ehlo("STARTTLS").startTls(),
            session(3).ehlo("STARTTLS").startTlsRefused().quit(),
            session(4).ehlo("STARTTLS").startTls().hello(TlsVersion.TLS_1_3).established(),
            session(5).ehloOffersStartTls().command("AUTH LOGIN"),
            session(6).ehloOffersStartTls().deliver("<1@a>"));

    assertThat(numbers(attempts)).containsExactly(List.of(1, 2, 3, 4, 5, 6));
  }

  @Test
  void what_is_the_same_however_ambiguous_attempts_are_read_is_certain() {
    Attempts attempts =
        attempts(tlsFailure(1), session(2).ehloOffersStartTls().deliver("<1@a>").deliver("<2@a>"));

    assertThat(attempts.isAmbiguous()).isTrue();
    assertThat(attempts.readings())
        .extracting(AttemptsTest::numbers)
        .containsExactly(List.of(List.of(1, 2), List.of(2)), List.of(List.of(1, 2), List.of(2)));
    assertThat(attempts.readings())
        .extracting(reading -> reading.messages().get(0).identity().orElseThrow().messageId())
        .containsExactly("<1@a>", "<2@a>");
    assertThat(attempts.fellBackToCleartext()).isTrue();
    assertThat(attempts.retriedAfterTlsFailure()).isFalse();
  }

  @Test
  void what_differs_between_readings_is_not_certain() {
    Attempts attempts =
        attempts(
            tlsFailure(1),
            tlsFailure(2),
            session(3).ehloOffersStartTls().deliver("<1@a>"),
            session(4).ehlo("STARTTLS").tls(TlsVersion.TLS_1_3).deliver("<2@a>"));

    assertThat(attempts.readings()).hasSize(4);
    assertThat(attempts.fellBackToCleartext()).isFalse();
  }

  @Test
  void too_many_readings_are_none() {
    Attempts attempts =
        attempts(
            Stream.concat(
                    IntStream.rangeClosed(1, 10).mapToObj(AttemptsTest::tlsFailure),
                    Stream.of(
                        session(11).ehloOffersStartTls().deliver("<1@a>"),
                        session(12).ehloOffersStartTls().deliver("<2@a>")))
                .toArray(SessionBuilder[]::new));

    assertThat(attempts.ambiguous()).hasSize(10);
    assertThat(attempts.readings()).isEmpty();
    assertThat(attempts.fellBackToCleartext()).isFalse();
  }

  @Test
  void attempts_that_are_clear_have_one_reading() {
    Attempts attempts = attempts(tlsFailure(1), session(2).ehloOffersStartTls().deliver("<1@a>"));

    assertThat(attempts.readings()).containsExactly(attempts);
  }

  @Test
  void a_mail_refused_before_data_joins_the_message_of_the_same_sender_and_recipients() {
    Attempts attempts =
        attempts(
            session(1).ehlo().failBeforeData("a@client.example", 451, refused("b@c", 451)),
            session(2).ehlo().failBeforeData("a@client.example", 451, refused("x@c", 451)),
            session(3).ehlo().deliver("<1@a>", accepted("b@c")),
            session(4).ehlo().deliver("<2@a>", accepted("x@c")));

    assertThat(numbers(attempts)).containsExactly(List.of(1, 3), List.of(2, 4));
  }

  @Test
  void mails_always_refused_before_data_are_one_message_for_each_sender_and_recipients() {
    Attempts attempts =
        attempts(
            tlsFailure(1),
            session(2).ehlo().failBeforeData("a@b", 451, refused("b@c", 451)),
            session(3).ehlo().failBeforeData("a@b", 451, refused("b@c", 451)));
    Attempts two =
        attempts(
            session(1).ehlo().failBeforeData("a@b", 451, refused("b@c", 451)),
            session(2).ehlo().failBeforeData("a@b", 451, refused("x@c", 451)),
            session(3).ehlo().failBeforeData("z@b", 451, refused("x@c", 451)));

    assertThat(numbers(attempts)).containsExactly(List.of(1, 2, 3));
    assertThat(numbers(two)).containsExactly(List.of(1), List.of(2), List.of(3));
  }

  @Test
  void mail_refused_in_cleartext_joins_what_follows_inside_tls_on_the_same_connection() {
    Attempts attempts =
        attempts(
            session(1)
                .ehloOffersStartTls()
                .failBeforeData("a@client.example", 451)
                .tls(TlsVersion.TLS_1_3)
                .deliver("<1@a>"));

    assertThat(numbers(attempts)).containsExactly(List.of(1, 1));
    assertThat(attempts.messages().get(0).retried()).isTrue();
    assertThat(attempts.fellBackToCleartext()).isFalse();
  }

  @Test
  void recipients_that_were_refused_for_now_are_tried_again_without_the_others() {
    Attempts attempts =
        attempts(
            session(1).ehlo().deliver("<1@a>", accepted("b@c"), refused("d@c", 451)),
            session(2).ehlo().failBeforeData("a@client.example", 451, refused("d@c", 451)),
            session(3).ehlo().deliver("<1@a>", accepted("d@c")));

    MessageAttempts message = attempts.messages().get(0);
    assertThat(numbers(attempts)).containsExactly(List.of(1, 2, 3));
    assertThat(message.attemptsFor("b@c")).hasSize(1);
    assertThat(message.attemptsFor("d@c")).hasSize(3);
    assertThat(message.duplicatedRecipients()).isEmpty();
  }

  @Test
  void sessions_of_several_endpoints_are_merged_in_time() {
    Sessions first = new Sessions(List.of(tlsFailure(1).closed()), 0, 0, true);
    Sessions second =
        new Sessions(
            List.of(
                session(1)
                    .acceptedAt(SessionBuilder.NOON.plusSeconds(9))
                    .ehloOffersStartTls()
                    .deliver("<1@a>")
                    .closed()),
            0,
            0,
            true);

    Attempts attempts = Sessions.merge(second, first).attempts();

    assertThat(attempts.messages()).hasSize(1);
    assertThat(attempts.fellBackToCleartext()).isTrue();
  }

  static SessionBuilder tlsFailure(int number) {
    return session(number).ehloOffersStartTls().tlsRefused(TlsVersion.TLS_1_1);
  }

  static Attempts attempts(SessionBuilder... sessions) {
    return new Sessions(Stream.of(sessions).map(SessionBuilder::closed).toList(), 0, 0, true)
        .attempts();
  }

  static List<List<Integer>> numbers(Attempts attempts) {
    return attempts.messages().stream()
        .map(message -> message.attempts().stream().map(a -> a.session().number()).toList())
        .toList();
  }
}
