package io.mockexo.journal;

import static io.mockexo.journal.AttemptsTest.attempts;
import static io.mockexo.journal.AttemptsTest.tlsFailure;
import static io.mockexo.journal.SessionBuilder.accepted;
import static io.mockexo.journal.SessionBuilder.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.journal.MailTransaction.Outcome;
import io.mockexo.journal.SessionEvent.TransactionFailed;
import io.mockexo.tls.TlsVersion;
import org.junit.jupiter.api.Test;

class StoriesTest {

  @Test
  void tell_of_a_fallback() {
    assertThat(attempts(tlsFailure(1), session(2).ehloOffersStartTls().deliver("<1@a>")).stories())
        .containsExactly(
            "fell back to cleartext: session 1 (refused: offered TLS 1.1, closed with FIN)"
                + " -> session 2 (delivered)");
  }

  @Test
  void tell_of_a_fallback_on_one_connection() {
    assertThat(
            attempts(session(1).ehloOffersStartTls().startTlsRefused().deliver("<1@a>")).stories())
        .containsExactly(
            "fell back to cleartext on the same connection: session 1 (STARTTLS refused with 454)");
  }

  @Test
  void tell_of_a_lower_version() {
    assertThat(
            attempts(
                    session(1).ehlo("STARTTLS").startTls().hello(TlsVersion.TLS_1_3).tlsFailed("x"),
                    session(2).ehlo("STARTTLS").tls(TlsVersion.TLS_1_2).deliver("<1@a>"))
                .stories())
        .containsExactly(
            "fell back to a lower TLS version: session 1 (TLS failed: x)"
                + " -> session 2 (offered TLS 1.2, delivered)");
  }

  @Test
  void tell_of_retries_that_never_came_to_mail() {
    assertThat(attempts(tlsFailure(1), tlsFailure(2), tlsFailure(3)).stories())
        .containsExactly(
            "came again 2 times, at least as strong as before, and sent no mail:"
                + " session 1 (refused: offered TLS 1.1, closed with FIN) -> session 2 -> session 3");
  }

  @Test
  void tell_of_mail_without_tls_by_its_reason() {
    assertThat(
            attempts(
                    session(1).ehloOffersStartTls().deliver("<1@a>"),
                    session(2).ehloOffersStartTls().deliver("<2@a>"),
                    session(3).ehlo().deliver("<3@a>"))
                .stories())
        .containsExactly(
            "never tried TLS: session 1 (delivered)",
            "never tried TLS: session 2 (delivered)",
            "STARTTLS was not on offer: session 3 (delivered)");
  }

  @Test
  void tell_of_duplicates() {
    assertThat(
            attempts(
                    session(1)
                        .ehlo("STARTTLS")
                        .tls(TlsVersion.TLS_1_3)
                        .fail(Outcome.UNACKNOWLEDGED, 0, "<1@a>", accepted("b@c")),
                    session(2)
                        .ehlo("STARTTLS")
                        .tls(TlsVersion.TLS_1_3)
                        .deliver("<1@a>", accepted("b@c")))
                .stories())
        .containsExactly(
            "tried again 1 time, at least as strong as before, and delivered: session 1 (TLS 1.3, delivered"
                + " nothing, a message was received and not acknowledged) -> session 2",
            "2 copies for <b@c>: session 1, session 2");
  }

  @Test
  void tell_of_retries_on_one_connection() {
    assertThat(
            attempts(
                    session(1)
                        .ehlo("STARTTLS")
                        .tls(TlsVersion.TLS_1_3)
                        .fail(Outcome.REFUSED, 451, "<1@a>", accepted("b@c"))
                        .deliver("<1@a>", accepted("b@c")))
                .stories())
        .containsExactly(
            "tried again 1 time on the same connection, at least as strong as before, and"
                + " delivered: session 1 (delivered 1 message over TLS 1.3)");
  }

  @Test
  void do_not_speak_of_tls_where_it_was_only_asked_for() {
    assertThat(
            attempts(
                    session(1)
                        .command("MAIL FROM:<a@client.example>")
                        .event(
                            at ->
                                new TransactionFailed(
                                    at, Mails.refused(503, "5.5.2 Send hello first")))
                        .startTlsRefused())
                .stories())
        .containsExactly("never tried TLS: session 1 (delivered nothing)");
  }

  @Test
  void tell_of_mail_before_tls_on_one_connection() {
    assertThat(
            attempts(
                    session(1)
                        .ehloOffersStartTls()
                        .deliver("<1@a>")
                        .tls(TlsVersion.TLS_1_3)
                        .deliver("<2@a>"))
                .stories())
        .containsExactly("sent in cleartext before TLS: session 1 (delivered)");
  }

  @Test
  void tell_that_like_messages_may_be_different_ones() {
    assertThat(
            attempts(
                    session(1).ehlo("STARTTLS").tls(TlsVersion.TLS_1_3).deliver(null),
                    session(2).ehlo("STARTTLS").tls(TlsVersion.TLS_1_3).deliver(null))
                .stories())
        .contains(
            "2 copies for <b@contoso.com>, alike but without Message-ID: session 1, session 2");
  }

  @Test
  void tell_what_is_so_whichever_message_it_was() {
    assertThat(
            attempts(tlsFailure(1), session(2).ehlo("STARTTLS").deliver("<1@a>").deliver("<2@a>"))
                .stories())
        .containsExactly(
            "fell back to cleartext: session 1 (refused: offered TLS 1.1, closed with FIN)"
                + " -> session 2 (delivered)",
            "never tried TLS: session 2 (delivered)",
            "ambiguous: session 1 could be attempts at more than one message;"
                + " give each message an endpoint of its own");
  }

  @Test
  void tell_what_cannot_be_told() {
    assertThat(
            attempts(
                    tlsFailure(1),
                    tlsFailure(2),
                    session(3).ehlo("STARTTLS").tls(TlsVersion.TLS_1_3).deliver("<1@a>"),
                    session(4).ehlo("STARTTLS").deliver("<2@a>"))
                .stories())
        .containsExactly(
            "never tried TLS unless in an ambiguous session: session 4 (delivered)",
            "ambiguous: session 1, session 2 could be attempts at more than one message;"
                + " give each message an endpoint of its own");
  }

  @Test
  void are_silent_when_all_was_well() {
    assertThat(
            attempts(session(1).ehlo("STARTTLS").tls(TlsVersion.TLS_1_3).deliver("<1@a>"))
                .stories())
        .isEmpty();
  }
}
