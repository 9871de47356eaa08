package io.mockexo.assertj;

import static io.mockexo.assertj.SessionBuilder.accepted;
import static io.mockexo.assertj.SessionBuilder.refused;
import static io.mockexo.assertj.SessionBuilder.session;
import static io.mockexo.assertj.Snapshots.quiet;
import static io.mockexo.fault.Fault.at;
import static io.mockexo.tls.TlsVersion.TLS_1_1;
import static io.mockexo.tls.TlsVersion.TLS_1_3;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.assertj.Ending.Kind;
import io.mockexo.fault.Drop;
import io.mockexo.fault.Stage;
import io.mockexo.journal.Attempt;
import io.mockexo.journal.MailTransaction.Outcome;
import io.mockexo.journal.SessionEvent.Direction;
import io.mockexo.journal.SmtpSession;
import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.TlsRefusal;
import org.junit.jupiter.api.Test;

/** What the end of an attempt means for the client. */
class EndingTest {

  /** Of the first attempt in a session. */
  private static Kind of(SmtpSession session, String recipient) {
    Attempt first = quiet(session).attempts().messages().get(0).attempts().get(0);
    return Ending.of(first, recipient).kind();
  }

  private static Kind of(SmtpSession session) {
    return of(session, "b@c");
  }

  @Test
  void the_first_digit_decides() {
    assertThat(of(session(1).ehlo().failBeforeData(451).closed())).isEqualTo(Kind.TRANSIENT);
    assertThat(of(session(1).ehlo().failBeforeData(550).closed())).isEqualTo(Kind.PERMANENT);
    assertThat(of(session(1).command("EHLO a").reply(421, "4.3.2 closing").closed()))
        .isEqualTo(Kind.TRANSIENT);
    assertThat(of(session(1).ehlo().authFailed("alice", 535, "5.7.139 no").quit().closed()))
        .isEqualTo(Kind.PERMANENT);
  }

  @Test
  void each_recipient_has_an_ending_of_its_own() {
    SmtpSession mixed =
        session(1)
            .ehlo()
            .deliver("<1@a>", accepted("b@c"), refused("d@c", 450), refused("e@c", 550))
            .closed();

    assertThat(of(mixed, "b@c")).isEqualTo(Kind.DELIVERED);
    assertThat(of(mixed, "d@c")).isEqualTo(Kind.TRANSIENT);
    assertThat(of(mixed, "e@c")).isEqualTo(Kind.PERMANENT);
  }

  @Test
  void a_connection_that_the_server_ended_or_left_unanswered_was_lost() {
    assertThat(of(session(1).ehlo().failBeforeData(0).closedByServer())).isEqualTo(Kind.TRANSIENT);
    assertThat(
            of(
                session(1)
                    .ehlo()
                    .fail(Outcome.UNACKNOWLEDGED, 0, "<1@a>", accepted("b@c"))
                    .closed()))
        .isEqualTo(Kind.TRANSIENT);
    assertThat(of(session(1).ehlo().fault(at(Stage.MAIL).stall()).failBeforeData(0).closed()))
        .isEqualTo(Kind.TRANSIENT);
    assertThat(of(session(1).tlsRefused(TLS_1_1).closedByServer())).isEqualTo(Kind.TRANSIENT);
    assertThat(
            of(session(1).offered().startTls().hello(TLS_1_1).refused(TlsRefusal.STALL).closed()))
        .isEqualTo(Kind.TRANSIENT);
  }

  @Test
  void a_client_that_left_has_not_lost_its_connection() {
    assertThat(of(session(1).ehlo().closed())).isEqualTo(Kind.OTHER);
    assertThat(of(session(1).ehlo().quit().closedByServer())).isEqualTo(Kind.OTHER);
    assertThat(
            of(
                session(1)
                    .ehlo()
                    .command("QUIT")
                    .fault(at(Stage.QUIT).drop(Drop.RST))
                    .closedByServer()))
        .isEqualTo(Kind.OTHER);
    assertThat(of(session(1).ehlo().mail().command("RSET").failBeforeData(0).closed()))
        .isEqualTo(Kind.OTHER);
    assertThat(
            of(
                session(1)
                    .offered()
                    .startTls()
                    .hello(TLS_1_3)
                    .alert(Direction.RECEIVED, AlertDescription.UNKNOWN_CA)
                    .closed()))
        .isEqualTo(Kind.OTHER);
  }

  @Test
  void what_happened_to_the_next_message_is_not_the_end_of_this_one() {
    assertThat(of(session(1).ehlo().failBeforeData(0).mail().closedByServer()))
        .isEqualTo(Kind.OTHER);
  }

  @Test
  void that_starttls_is_refused_for_good_concerns_tls_only() {
    assertThat(of(session(1).offered().command("STARTTLS").reply(502, "5.7.0 no").closed()))
        .isEqualTo(Kind.OTHER);
    assertThat(of(session(1).offered().startTlsRefused().closed())).isEqualTo(Kind.TRANSIENT);
  }
}
