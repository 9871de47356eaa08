package io.mockexo.journal;

import static io.mockexo.journal.AttemptsTest.attempts;
import static io.mockexo.journal.AttemptsTest.tlsFailure;
import static io.mockexo.journal.SessionBuilder.accepted;
import static io.mockexo.journal.SessionBuilder.refused;
import static io.mockexo.journal.SessionBuilder.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mockexo.journal.MailTransaction.Outcome;
import io.mockexo.journal.SessionEvent.Direction;
import io.mockexo.journal.SessionEvent.TransactionFailed;
import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the attempts at one message were to each other. */
class MessageAttemptsTest {

  @Test
  void cleartext_after_tls_is_a_fallback() {
    MessageAttempts message = only(tlsFailure(1), session(2).ehloOffersStartTls().deliver("<1@a>"));

    assertThat(message.fellBackToCleartext()).isTrue();
    assertThat(message.retried()).isFalse();
    assertThat(message.laterTries())
        .singleElement()
        .satisfies(
            later -> {
              assertThat(later.kind()).isEqualTo(LaterTry.Kind.FALLBACK_TO_CLEARTEXT);
              assertThat(later.isFallback()).isTrue();
              assertThat(later.comparedWith().session().number()).isEqualTo(1);
            });
    assertThat(message.cleartextReason(message.attempts().get(0))).isEmpty();
    assertThat(message.cleartextReason(message.attempts().get(1)))
        .contains(CleartextReason.FELL_BACK);
  }

  @Test
  void cleartext_after_a_refused_starttls_is_a_fallback_on_the_same_connection_or_a_later_one() {
    MessageAttempts same = only(session(1).ehloOffersStartTls().startTlsRefused().deliver("<1@a>"));
    MessageAttempts later =
        only(
            session(1).ehloOffersStartTls().startTlsRefused().quit(),
            session(2).ehloOffersStartTls().deliver("<1@a>"));

    assertThat(same.fellBackToCleartext()).isTrue();
    assertThat(same.laterTries()).isEmpty();
    assertThat(same.attempts().get(0).fellBackWithinConnection()).isTrue();
    assertThat(later.fellBackToCleartext()).isTrue();
    assertThat(later.attempts().get(1).fellBackWithinConnection()).isFalse();
  }

  @Test
  void mail_that_starttls_interrupts_was_sent_before_and_is_no_fallback() {
    MessageAttempts message =
        only(
            session(1)
                .ehloOffersStartTls()
                .mail("a@client.example")
                .command("STARTTLS")
                .reply(220, "2.0.0 SMTP server ready")
                .event(at -> new TransactionFailed(at, Mails.aborted()))
                .hello(TlsVersion.TLS_1_3)
                .established()
                .ehlo()
                .quit());

    assertThat(message.fellBackToCleartext()).isFalse();
    assertThat(message.cleartextReason(message.attempts().get(0)))
        .contains(CleartextReason.NEVER_TRIED_TLS);
  }

  @Test
  void cleartext_after_cleartext_is_a_retry_and_no_fallback() {
    MessageAttempts message =
        only(
            session(1).ehloOffersStartTls().fail(Outcome.REFUSED, 451, "<1@a>", accepted("b@c")),
            session(2).ehloOffersStartTls().deliver("<1@a>", accepted("b@c")));

    assertThat(message.fellBackToCleartext()).isFalse();
    assertThat(message.retried()).isTrue();
    assertThat(message.retriedAfterTlsFailure()).isFalse();
    assertThat(message.neverTriedTls()).isTrue();
    assertThat(message.cleartextReason(message.attempts().get(1)))
        .contains(CleartextReason.NEVER_TRIED_TLS);
  }

  @Test
  void a_lower_highest_version_is_a_fallback_and_the_same_or_a_higher_one_a_retry() {
    MessageAttempts lower =
        only(
            session(1).ehlo("STARTTLS").startTls().hello(TlsVersion.TLS_1_3).tlsFailed("x"),
            session(2).ehlo("STARTTLS").tls(TlsVersion.TLS_1_2).deliver("<1@a>"));
    MessageAttempts higher =
        only(
            session(1).ehlo("STARTTLS").startTls().hello(TlsVersion.TLS_1_1).tlsFailed("x"),
            session(2).ehlo("STARTTLS").tls(TlsVersion.TLS_1_2).deliver("<1@a>"));

    assertThat(lower.fellBackToLowerTls()).isTrue();
    assertThat(lower.fellBackToCleartext()).isFalse();
    assertThat(lower.retriedAfterTlsFailure()).isFalse();
    assertThat(higher.fellBackToLowerTls()).isFalse();
    assertThat(higher.retriedAfterTlsFailure()).isTrue();
  }

  @Test
  void a_refused_starttls_does_not_hide_a_lower_version() {
    MessageAttempts message =
        only(
            session(1).ehlo("STARTTLS").startTls().hello(TlsVersion.TLS_1_3).tlsFailed("x"),
            session(2).ehlo("STARTTLS").startTlsRefused(),
            session(3).ehlo("STARTTLS").tls(TlsVersion.TLS_1_2).deliver("<1@a>"));

    assertThat(message.laterTries())
        .extracting(LaterTry::kind)
        .containsExactly(LaterTry.Kind.RETRY, LaterTry.Kind.FALLBACK_TO_LOWER_TLS);
  }

  @Test
  void a_try_that_ended_before_the_client_chose_is_neither_and_hides_nothing() {
    MessageAttempts message =
        only(
            tlsFailure(1),
            session(2).ehloOffersStartTls().command("NOOP"),
            session(3).ehloOffersStartTls().deliver("<1@a>"));

    assertThat(message.laterTries())
        .extracting(LaterTry::kind)
        .containsExactly(LaterTry.Kind.UNDECIDED, LaterTry.Kind.FALLBACK_TO_CLEARTEXT);
    assertThat(message.laterTries().get(1).comparedWith().session().number()).isEqualTo(1);
    assertThat(message.laterTries().get(1).previous().session().number()).isEqualTo(2);
    assertThat(message.retried()).isFalse();
  }

  @Test
  void a_client_that_leaves_after_the_handshake_has_failed_over_tls() {
    MessageAttempts message =
        only(
            session(1).ehlo("STARTTLS").startTls().hello(TlsVersion.TLS_1_3).established(),
            session(2).ehlo("STARTTLS").tls(TlsVersion.TLS_1_3).deliver("<1@a>"));

    assertThat(message.retriedAfterTlsFailure()).isTrue();
  }

  @Test
  void a_version_that_is_refused_by_reply_has_failed_over_tls() {
    MessageAttempts message =
        only(
            session(1)
                .ehlo("STARTTLS")
                .tls(TlsVersion.TLS_1_1)
                .command("AUTH LOGIN")
                .reply(421, "4.7.66 TLS 1.0 and 1.1 are not supported."),
            session(2).ehlo("STARTTLS").tls(TlsVersion.TLS_1_2).deliver("<1@a>"));

    assertThat(message.retriedAfterTlsFailure()).isTrue();
  }

  @Test
  void the_gap_runs_from_the_failure_to_the_next_accept() {
    MessageAttempts message =
        only(
            session(1).ehlo("STARTTLS").startTls().hello(TlsVersion.TLS_1_1).tlsFailed("x"),
            session(2).ehlo("STARTTLS").startTls().hello(TlsVersion.TLS_1_1).tlsFailed("x"),
            session(4).ehlo("STARTTLS").deliver("<1@a>"));

    assertThat(message.gaps()).containsExactly(Duration.ofMillis(995), Duration.ofMillis(1995));
  }

  @Test
  void what_the_client_says_to_a_refusal_is_not_the_failure() {
    MessageAttempts message =
        only(
            session(1)
                .ehlo("STARTTLS")
                .startTls()
                .hello(TlsVersion.TLS_1_1)
                .refused(TlsRefusal.FIN)
                .pause(Duration.ofMillis(500))
                .alert(Direction.RECEIVED, AlertDescription.DECODE_ERROR),
            session(2).ehlo().deliver("<1@a>"));

    assertThat(message.gaps()).containsExactly(Duration.ofMillis(995));
  }

  @Test
  void a_refusal_that_the_client_got_over_is_not_the_failure() {
    MessageAttempts message =
        only(
            session(1)
                .command("EHLO client.example")
                .reply(500, "5.3.3 Unrecognized command")
                .command("HELO client.example")
                .reply(250, "mx.example Hello")
                .pause(Duration.ofMillis(500)),
            session(2).ehlo("STARTTLS").startTlsRefused().quit().pause(Duration.ofMillis(500)),
            session(3).ehlo().deliver("<1@a>"));

    assertThat(message.gaps()).containsExactly(Duration.ofMillis(496), Duration.ofMillis(997));
  }

  @Test
  void there_is_no_gap_on_one_connection_or_after_a_success() {
    MessageAttempts message =
        only(
            session(1)
                .ehlo()
                .fail(Outcome.REFUSED, 451, "<1@a>", accepted("b@c"))
                .deliver("<1@a>", accepted("b@c")),
            session(2).ehlo().deliver("<1@a>", accepted("b@c")));

    assertThat(message.laterTries()).hasSize(2);
    assertThat(message.gaps()).isEmpty();
  }

  @Test
  void a_copy_that_was_not_acknowledged_makes_the_next_one_a_duplicate() {
    MessageAttempts message =
        only(
            session(1).ehlo().fail(Outcome.UNACKNOWLEDGED, 0, "<1@a>", accepted("b@c")),
            session(2).ehlo().deliver("<1@a>", accepted("b@c"), refused("d@c", 550)));

    assertThat(message.deliveries()).hasSize(1);
    assertThat(message.copies("b@c")).isEqualTo(2);
    assertThat(message.copies("d@c")).isZero();
    assertThat(message.duplicatedRecipients()).containsExactly("b@c");
  }

  /** RFC 5321, section 2.4: the local part may tell case apart, the domain does not. */
  @Test
  void a_mailbox_is_the_same_however_its_domain_is_written() {
    MessageAttempts message =
        only(
            session(1).ehlo().deliver("<1@a>", accepted("b@Contoso.com"), accepted("b@x.example")),
            session(2).ehlo().deliver("<1@a>", accepted("b@CONTOSO.com"), accepted("B@x.example")));

    assertThat(message.duplicatedRecipients()).containsExactly("b@contoso.com");
    assertThat(message.attemptsFor("b@conToso.com")).hasSize(2);
    assertThat(message.copies("B@x.example")).isEqualTo(1);
  }

  @Test
  void a_message_split_over_its_recipients_is_neither_a_duplicate_nor_a_retry() {
    MessageAttempts message =
        only(
            session(1).ehlo("STARTTLS").tls(TlsVersion.TLS_1_3).deliver("<1@a>", accepted("b@c")),
            session(2).ehlo("STARTTLS").deliver("<1@a>", accepted("d@c")));

    assertThat(message.duplicatedRecipients()).isEmpty();
    assertThat(message.laterTries()).isEmpty();
    assertThat(message.fellBackToCleartext()).isFalse();
    assertThat(message.cleartextReason(message.attempts().get(1)))
        .contains(CleartextReason.NEVER_TRIED_TLS);
  }

  @Test
  void the_version_used_is_the_one_negotiated() {
    MessageAttempts message =
        only(session(1).ehlo("STARTTLS").tls(TlsVersion.TLS_1_2).deliver("<1@a>"));

    assertThat(message.deliveries().get(0).usedTls()).contains(TlsVersion.TLS_1_2);
    assertThat(only(session(1).ehlo().deliver("<1@a>")).attempts().get(0).usedTls()).isEmpty();
  }

  @Test
  void a_foreign_attempt_has_no_reason_here() {
    MessageAttempts message = only(session(1).ehlo().deliver("<1@a>"));
    Attempt foreign = only(session(1).ehlo().deliver("<1@a>")).attempts().get(0);

    assertThatThrownBy(() -> message.cleartextReason(foreign))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not an attempt at this message: session 1 (MX)");
  }

  private static MessageAttempts only(SessionBuilder... sessions) {
    Attempts attempts = attempts(sessions);
    assertThat(attempts.ambiguous()).isEmpty();
    assertThat(attempts.messages()).hasSize(1);
    return attempts.messages().get(0);
  }
}
