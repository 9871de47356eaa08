package io.mockexo.journal;

import static io.mockexo.journal.SessionBuilder.accepted;
import static io.mockexo.journal.SessionBuilder.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.journal.MailTransaction.Outcome;
import io.mockexo.journal.SessionEvent.Direction;
import io.mockexo.journal.SessionEvent.StrayBytes.Kind;
import io.mockexo.journal.SessionEvent.StrayBytes.Place;
import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.TlsVersion;
import org.junit.jupiter.api.Test;

class SessionSummaryTest {

  @Test
  void of_deliveries() {
    assertSummary(
        session(1).ehloOffersStartTls().tls(TlsVersion.TLS_1_3).deliver("<1@a>").closed(),
        "delivered 1 message over TLS 1.3");
    assertSummary(
        session(1).ehloOffersStartTls().deliver("<1@a>").deliver("<2@a>").closed(),
        "STARTTLS not used, delivered 2 messages in cleartext");
    assertSummary(
        session(1).ehlo().deliver("<1@a>").closed(),
        "STARTTLS was not on offer, delivered 1 message in cleartext");
    assertSummary(
        session(1).ehloOffersStartTls().startTlsRefused().deliver("<1@a>").closed(),
        "fell back to cleartext, delivered 1 message in cleartext");
    assertSummary(
        session(1)
            .ehloOffersStartTls()
            .deliver("<1@a>")
            .tls(TlsVersion.TLS_1_2)
            .deliver("<2@a>")
            .closed(),
        "delivered 1 message over TLS 1.2 and 1 in cleartext, mail in cleartext");
  }

  @Test
  void of_failed_tls() {
    assertSummary(
        session(1).ehloOffersStartTls().tlsRefused(TlsVersion.TLS_1_1).closedByServer(),
        "refused: offered TLS 1.1, closed with FIN");
    assertSummary(
        session(1)
            .ehloOffersStartTls()
            .startTls()
            .hello(TlsVersion.TLS_1_3)
            .alert(Direction.RECEIVED, AlertDescription.UNKNOWN_CA)
            .tlsFailed("alert")
            .closed(),
        "TLS failed: client sent unknown_ca");
    assertSummary(
        session(1)
            .ehloOffersStartTls()
            .startTls()
            .tlsFailed("handshake timed out")
            .closedByServer(),
        "TLS failed: handshake timed out");
    assertSummary(
        session(1).ehloOffersStartTls().startTls().closed(), "TLS failed: no ClientHello");
    assertSummary(
        session(1).ehloOffersStartTls().startTlsRefused().quit().closed(),
        "STARTTLS refused with 454, sent no mail");
    assertSummary(
        session(1).startTls().hello(TlsVersion.TLS_1_2).established().closed(),
        "left right after the TLS handshake");
  }

  @Test
  void of_refused_authentication() {
    assertSummary(
        session(1)
            .tls(TlsVersion.TLS_1_3)
            .event(at -> new SessionEvent.AuthenticationFailed(at, "LOGIN", "alice", null))
            .closed(),
        "TLS 1.3, AUTH LOGIN refused for alice, sent no mail");
    assertSummary(
        session(1)
            .tls(TlsVersion.TLS_1_3)
            .event(at -> new SessionEvent.AuthenticationFailed(at, "LOGIN", "alice", null))
            .event(at -> new SessionEvent.Authenticated(at, "LOGIN", "alice"))
            .deliver("<1@a>")
            .closed(),
        "delivered 1 message over TLS 1.3");
  }

  @Test
  void of_mail_that_was_not_delivered() {
    assertSummary(
        session(1).tls(TlsVersion.TLS_1_3).failBeforeData("a@b", 451).closed(),
        "TLS 1.3, delivered nothing, refused with 451 4.7.500");
    assertSummary(
        session(1).tls(TlsVersion.TLS_1_3).failBeforeData("a@b", 0).closed(),
        "TLS 1.3, delivered nothing, a mail transaction was left unfinished");
    assertSummary(
        session(1)
            .tls(TlsVersion.TLS_1_3)
            .fail(Outcome.UNACKNOWLEDGED, 0, "<1@a>", accepted("b@c"))
            .closed(),
        "TLS 1.3, delivered nothing, a message was received and not acknowledged");
    assertSummary(session(1).greeting().ehlo().quit().closed(), "sent no mail");
    assertSummary(session(1).tls(TlsVersion.TLS_1_3).quit().closed(), "TLS 1.3, sent no mail");
  }

  @Test
  void of_exposure() {
    assertSummary(
        session(1)
            .ehloOffersStartTls()
            .tlsRefused(TlsVersion.TLS_1_1)
            .stray(Place.AFTER_FIN, Kind.MAIL, "MAIL FROM:<a@b>")
            .stray(Place.AFTER_FIN, Kind.AUTH, "AUTH")
            .closed(),
        "refused: offered TLS 1.1, closed with FIN, mail in cleartext, credentials in cleartext");
  }

  @Test
  void of_sessions_without_a_word_and_open_ones() {
    assertSummary(session(1).greeting().closed(), "silent");
    assertSummary(session(1).greeting().open(), "silent so far");
    assertSummary(session(1).greeting().ehlo().open(), "still open");
  }

  private static void assertSummary(SmtpSession session, String expected) {
    assertThat(session.summary()).isEqualTo(expected);
  }
}
