package io.mockexo.journal;

import static io.mockexo.journal.SessionBuilder.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.exchange.CidrBlock;
import io.mockexo.exchange.Middlebox;
import io.mockexo.journal.SessionEvent.Authenticated;
import io.mockexo.journal.SessionEvent.AuthenticationFailed;
import io.mockexo.journal.SessionEvent.ClientBlocklisted;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.SessionEvent.Direction;
import io.mockexo.journal.SessionEvent.EventsDropped;
import io.mockexo.journal.SessionEvent.MiddleboxActed;
import io.mockexo.journal.SessionEvent.Sslv2HelloReceived;
import io.mockexo.journal.SessionEvent.StrayBytes.Kind;
import io.mockexo.journal.SessionEvent.StrayBytes.Place;
import io.mockexo.journal.SessionEvent.TlsRefused;
import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.TlsMismatch;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TranscriptTest {

  @Test
  void shows_a_refused_handshake() {
    SmtpSession session =
        session(1)
            .ehloOffersStartTls()
            .startTls()
            .hello(TlsVersion.TLS_1_1)
            .refused(TlsRefusal.FIN)
            .closedByServer();

    assertThat(session.transcript())
        .isEqualTo(
            """
            session 1 (MX) from 192.0.2.1:40001 at 2026-03-27T12:00:01Z, refused: offered TLS 1.1, closed with FIN
               0.000  S: 220 mx.example Microsoft ESMTP MAIL Service ready
               0.001  C: EHLO client.example
               0.002  S: 250-mx.example Hello
               0.002  S: 250-SIZE 157286400
               0.002  S: 250 STARTTLS
               0.003  C: STARTTLS
               0.004  S: 220 2.0.0 SMTP server ready
               0.005  C: ClientHello, up to TLS 1.1, no server_name, 2 cipher suites
               0.006  -- refused with FIN: below TLS 1.2
               0.007  -- closed by the server with FIN
            """);
  }

  @Test
  void tells_cleartext_from_what_was_inside_tls() {
    SmtpSession session =
        session(2)
            .from("2001:db8::1")
            .greeting()
            .ehlo("STARTTLS")
            .tls(TlsVersion.TLS_1_3)
            .deliver("<1@client.example>")
            .quit()
            .closedByServer();

    assertThat(session.transcript())
        .isEqualTo(
            """
            session 2 (MX) from [2001:db8:0:0:0:0:0:1]:40002 at 2026-03-27T12:00:02Z, delivered 1 message over TLS 1.3
               0.000  S: 220 mx.example Microsoft ESMTP MAIL Service ready
               0.001  C: EHLO client.example
               0.002  S: 250-mx.example Hello
               0.002  S: 250 STARTTLS
               0.003  C: STARTTLS
               0.004  S: 220 2.0.0 SMTP server ready
               0.005  C: ClientHello, up to TLS 1.3, no server_name, 2 cipher suites
               0.006  -- TLS 1.3, TLS_AES_256_GCM_SHA384, secp384r1
               0.007  C* EHLO client.example
               0.008  S* 250-mx.example Hello
               0.008  S* 250 SIZE 157286400
               0.009  C* MAIL FROM:<a@client.example>
               0.010  S* 250 2.1.0 Sender OK
               0.011  C* RCPT TO:<b@contoso.com>
               0.012  S* 250 2.1.5 Recipient OK
               0.013  C* DATA
               0.014  S* 354 Start mail input; end with <CRLF>.<CRLF>
               0.015  C* (message data, 120 bytes)
               0.016  S* 250 2.6.0 Queued mail for delivery
               0.017  -- delivered: <a@client.example> to <b@contoso.com>, Message-ID <1@client.example>, 120 bytes
               0.018  C* QUIT
               0.019  S* 221 2.0.0 Service closing transmission channel
               0.020  -- closed by the server with FIN
            """);
  }

  @Test
  void shows_alerts_stray_bytes_and_who_reset_the_connection() {
    SmtpSession session =
        session(3)
            .startTls()
            .hello(TlsVersion.TLS_1_2)
            .hello(TlsVersion.TLS_1_2)
            .alert(Direction.RECEIVED, AlertDescription.UNKNOWN_CA)
            .alert(Direction.SENT, AlertDescription.INTERNAL_ERROR)
            .tlsFailed("the client sent unknown_ca")
            .stray(Place.AFTER_FIN, Kind.MAIL, "MAIL FROM:<a@b>")
            .closedBy(Closed.Side.CLIENT, Closed.End.RST);

    assertThat(session.transcript())
        .endsWith(
            """
               0.003  C: ClientHello again, up to TLS 1.2, no server_name, 2 cipher suites
               0.004  C: fatal alert unknown_ca
               0.005  S: fatal alert internal_error
               0.006  -- TLS failed: the client sent unknown_ca
               0.007  C: (15 bytes after our FIN, mail): MAIL FROM:<a@b>
               0.008  -- closed by the client with RST
            """);
  }

  @Test
  void shows_what_is_no_line_on_the_wire() {
    SmtpSession session =
        session(4)
            .event(at -> new Sslv2HelloReceived(at, 0x0301, 1))
            .event(at -> new AuthenticationFailed(at, "LOGIN", "alice", null))
            .event(at -> new AuthenticationFailed(at, "LOGIN", null, null))
            .event(at -> new Authenticated(at, "LOGIN", "alice"))
            .fail(
                MailTransaction.Outcome.UNACKNOWLEDGED, 0, "<1@a>", SessionBuilder.accepted("b@c"))
            .failBeforeData("a@b", 451, SessionBuilder.refused("c@d", 451))
            .failBeforeData("", 0)
            .event(at -> new EventsDropped(at, 3))
            .pause(Duration.ofMinutes(20))
            .closedBy(Closed.Side.SERVER, Closed.End.TIMEOUT);

    assertThat(
            session
                .transcript()
                .lines()
                .filter(line -> line.contains("-- ") || line.contains("SSL")))
        .containsExactly(
            "   0.000  C: ClientHello in SSL 2.0 format, asks for TLS 1.0, 1 cipher spec",
            "   0.001  -- AUTH LOGIN refused for alice",
            "   0.002  -- AUTH LOGIN refused",
            "   0.003  -- authenticated as alice with AUTH LOGIN",
            "   0.006  -- received, not acknowledged: <a@client.example> to <b@c>, Message-ID <1@a>, 120 bytes",
            "   0.008  -- refused with 451: <a@b> to <c@d> (refused)",
            "   0.010  -- left unfinished: <>",
            "   0.011  -- 3 events left out",
            "1200.012  -- closed by the server, which had waited for the other side in vain");
  }

  @Test
  void shows_what_was_offered_where_no_suite_is_common() {
    SmtpSession session =
        session(7)
            .startTls()
            .hello(TlsVersion.TLS_1_2)
            .event(
                at ->
                    new TlsRefused(
                        at,
                        TlsRefusal.ALERT,
                        TlsMismatch.CIPHER_SUITE,
                        "no cipher suite in common for TLS 1.2"))
            .closedByServer();

    assertThat(session.transcript())
        .contains(
            "-- refused with an alert and FIN: no cipher suite in common for TLS 1.2\n",
            "-- offered were TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,"
                + " TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256\n");
  }

  @Test
  void says_that_a_client_is_on_the_blocklist() {
    CidrBlock entry = CidrBlock.parse("192.0.2.0/24");

    assertThat(session(8).event(at -> new ClientBlocklisted(at, entry, true)).open().transcript())
        .contains("-- client is on the blocklist (192.0.2.0/24), STARTTLS is hidden from it\n");
    assertThat(session(8).event(at -> new ClientBlocklisted(at, entry, false)).open().transcript())
        .contains("-- client is on the blocklist (192.0.2.0/24), STARTTLS is offered to it\n");
  }

  @Test
  void tells_what_a_middlebox_did_from_what_exchange_said() {
    assertThat(
            session(8)
                .event(at -> new MiddleboxActed(at, Middlebox.STRIPS_STARTTLS, "STARTTLS"))
                .event(at -> new MiddleboxActed(at, Middlebox.COMMAND_FILTER, null))
                .open()
                .transcript())
        .contains("-- middlebox STRIPS_STARTTLS, Exchange said: STARTTLS\n")
        .contains("-- middlebox COMMAND_FILTER answers, Exchange never got the command\n");
  }

  @Test
  void says_that_the_content_of_a_message_was_not_kept() {
    SmtpSession session =
        session(5)
            .noRoom()
            .deliver("<1@a>")
            .fail(MailTransaction.Outcome.UNACKNOWLEDGED, 0, "<2@a>")
            .fail(MailTransaction.Outcome.REFUSED, 552, "<3@a>")
            .closed();

    assertThat(session.transcript())
        .contains(", Message-ID <1@a>, 120 bytes, content not kept\n")
        .contains(", Message-ID <2@a>, 120 bytes, content not kept\n")
        .contains(", Message-ID <3@a>, 120 bytes\n");
  }

  @Test
  void says_of_an_open_session_that_it_is_open() {
    assertThat(session(5).greeting().open().transcript()).endsWith("          -- still open\n");
  }

  @Test
  void lets_no_client_break_lines_or_steer_a_terminal() {
    SmtpSession session = session(6).command("EHLO a\r\n\0\u001b[2Jä\u202e\u2028").closed();

    assertThat(session.transcript()).contains("C: EHLO a\\x0D\\x0A\\x00\\x1B[2Jä\\u202E\\u2028\n");
  }
}
