package io.mockexo.journal;

import static io.mockexo.journal.SessionBuilder.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.journal.SessionEvent.Authenticated;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.SessionEvent.Direction;
import io.mockexo.journal.SessionEvent.EventsDropped;
import io.mockexo.journal.SessionEvent.ReplySent;
import io.mockexo.journal.SessionEvent.Sslv2HelloReceived;
import io.mockexo.journal.SessionEvent.StrayBytes.Kind;
import io.mockexo.journal.SessionEvent.StrayBytes.Place;
import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.TlsVersion;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SmtpSessionTest {

  @Test
  void is_complete_with_its_end_and_not_before() {
    SmtpSession open = session(1).greeting().open();
    SmtpSession complete = session(1).greeting().closedBy(Closed.Side.CLIENT, Closed.End.RST);

    assertThat(open.isComplete()).isFalse();
    assertThat(open.duration()).isEmpty();
    assertThat(open.wasReset()).isFalse();
    assertThat(complete.isComplete()).isTrue();
    assertThat(complete.duration()).contains(Duration.ofMillis(1));
    assertThat(complete.endedAt()).contains(complete.acceptedAt().plusMillis(1));
    assertThat(complete.wasReset()).isTrue();
  }

  @Test
  void is_silent_only_if_the_client_sent_nothing_at_all() {
    assertThat(session(1).greeting().closed().isSilent()).isTrue();
    assertThat(session(1).greeting().command("").closed().isSilent()).isFalse();
    assertThat(session(1).stray(Place.AFTER_FIN, Kind.OTHER, "x").closed().isSilent()).isFalse();
    assertThat(session(1).hello(TlsVersion.TLS_1_2).closed().isSilent()).isFalse();
    assertThat(session(1).event(at -> new EventsDropped(at, 1)).closed().isSilent()).isFalse();
    assertThat(
            session(1).alert(Direction.RECEIVED, AlertDescription.DECODE_ERROR).closed().isSilent())
        .isFalse();
    assertThat(session(1).alert(Direction.SENT, AlertDescription.DECODE_ERROR).closed().isSilent())
        .isTrue();
  }

  @Test
  void knows_the_first_name_that_the_client_gave() {
    SmtpSession session =
        session(1).command("EHLO").command("helo first").command("EHLO second").closed();

    assertThat(session.heloName()).contains("first");
    assertThat(session.reachedEhlo()).isTrue();
    assertThat(session(1).greeting().command("NOOP").closed().reachedEhlo()).isFalse();
  }

  @Test
  void a_name_behind_a_tab_is_a_name_and_one_behind_a_cut_is_none() {
    assertThat(session(1).command("EHLO", "\\x09ehlo\\x09a b", false).closed().heloName())
        .contains("a");
    assertThat(session(1).command("EHLO", " ... (9 more bytes)", false).closed().heloName())
        .isEmpty();
    assertThat(session(1).command("EHLO", "EHLO (without its line end)", false).closed().heloName())
        .isEmpty();
  }

  @Test
  void commands_are_what_the_parser_said_and_not_what_they_look_like() {
    SmtpSession tabs =
        session(1)
            .command("EHLO", "EHLO\\x09a", false)
            .reply(250, "mx", "STARTTLS")
            .command("MAIL", "MAIL\\x09FROM:<a@b>", false)
            .closed();
    SmtpSession others =
        session(1)
            .command("", "EHLO a", false)
            .command("", "STARTTLS", false)
            .command("", "MAIL FROM:<a@b>", false)
            .closed();

    assertThat(tabs.reachedEhlo()).isTrue();
    assertThat(tabs.heloName()).contains("a");
    assertThat(tabs.startTlsOffered()).isTrue();
    assertThat(tabs.sentMailInCleartext()).isTrue();
    assertThat(others.reachedEhlo()).isFalse();
    assertThat(others.startTlsSent()).isFalse();
    assertThat(others.sentMailInCleartext()).isFalse();
  }

  @Test
  void starttls_is_on_offer_only_if_the_ehlo_reply_in_cleartext_says_so() {
    assertThat(session(1).ehlo("SIZE", "starttls").closed().startTlsOffered()).isTrue();
    assertThat(session(1).ehlo("SIZE").closed().startTlsOffered()).isFalse();
    assertThat(session(1).ehlo("X-STARTTLS").closed().startTlsOffered()).isFalse();
    assertThat(session(1).command("HELP").reply(250, "a", "STARTTLS").closed().startTlsOffered())
        .isFalse();
    assertThat(session(1).command("EHLO a").reply(550, "a", "STARTTLS").closed().startTlsOffered())
        .isFalse();
  }

  @Test
  void a_refused_starttls_is_no_failed_handshake() {
    SmtpSession session = session(1).ehloOffersStartTls().startTlsRefused().closed();

    assertThat(session.startTlsSent()).isTrue();
    assertThat(session.startTlsReply()).map(ReplySent::code).contains(454);
    assertThat(session.startTlsRefused()).isTrue();
    assertThat(session.triedTls()).isFalse();
    assertThat(session.failedTls()).isFalse();
  }

  @Test
  void tls_was_tried_once_starttls_was_answered_with_220() {
    SmtpSession session = session(1).ehloOffersStartTls().startTls().closed();

    assertThat(session.triedTls()).isTrue();
    assertThat(session.failedTls()).isTrue();
    assertThat(session.highestTlsOffered()).isEmpty();
  }

  @Test
  void a_handshake_under_way_has_not_failed() {
    SmtpSession session = session(1).startTls().hello(TlsVersion.TLS_1_3).open();

    assertThat(session.triedTls()).isTrue();
    assertThat(session.failedTls()).isFalse();
  }

  @Test
  void a_refused_handshake_has_failed_before_the_connection_has_ended() {
    SmtpSession session = session(1).tlsRefused(TlsVersion.TLS_1_1).open();

    assertThat(session.failedTls()).isTrue();
    assertThat(session.tlsRefused()).isPresent();
    assertThat(session.highestTlsOffered()).contains(TlsVersion.TLS_1_1);
  }

  @Test
  void tls_that_broke_after_the_handshake_did_not_fail() {
    SmtpSession session = session(1).tls(TlsVersion.TLS_1_3).tlsFailed("bad record").closed();

    assertThat(session.failedTls()).isFalse();
    assertThat(session.tls()).isPresent();
  }

  @Test
  void the_first_of_two_hellos_is_the_one_that_counts() {
    SmtpSession session =
        session(1).startTls().hello(TlsVersion.TLS_1_2).hello(TlsVersion.TLS_1_3).closed();

    assertThat(session.clientHellos()).hasSize(2);
    assertThat(session.clientHello()).contains(session.clientHellos().get(0));
    assertThat(session.highestTlsOffered()).contains(TlsVersion.TLS_1_2);
  }

  @Test
  void a_hello_in_ssl_2_format_counts_as_trying_tls() {
    SmtpSession session =
        session(1).startTls().event(at -> new Sslv2HelloReceived(at, 0x0301, 9)).closed();

    assertThat(session.triedTls()).isTrue();
    assertThat(session.clientHello()).isEmpty();
    assertThat(session.highestTlsOffered()).contains(TlsVersion.TLS_1_0);
  }

  @Test
  void a_client_that_leaves_right_after_the_handshake_has_abandoned_tls() {
    SessionBuilder done = session(1).startTls().hello(TlsVersion.TLS_1_2).established();
    assertThat(done.open().abandonedTls()).isFalse();
    assertThat(done.closed().abandonedTls()).isTrue();
    assertThat(
            session(1)
                .startTls()
                .hello(TlsVersion.TLS_1_2)
                .established()
                .alert(Direction.RECEIVED, AlertDescription.UNKNOWN_CA)
                .closedByServer()
                .abandonedTls())
        .isTrue();

    // as Postfix does
    assertThat(
            session(1)
                .startTls()
                .hello(TlsVersion.TLS_1_2)
                .established()
                .quit()
                .closedByServer()
                .abandonedTls())
        .isTrue();

    assertThat(session(1).tls(TlsVersion.TLS_1_2).closed().abandonedTls()).isFalse();
    assertThat(session(1).tls(TlsVersion.TLS_1_2).quit().closedByServer().abandonedTls()).isFalse();
    assertThat(
            session(1)
                .startTls()
                .hello(TlsVersion.TLS_1_2)
                .established()
                .closedByServer()
                .abandonedTls())
        .isFalse();
  }

  @Test
  void the_user_is_that_of_the_last_successful_auth() {
    assertThat(session(1).closed().authenticatedAs()).isEmpty();
    assertThat(
            session(1)
                .event(at -> new Authenticated(at, "LOGIN", "alice"))
                .closed()
                .authenticatedAs())
        .contains("alice");
  }

  @Test
  void transactions_are_all_and_deliveries_those_that_were_accepted() {
    SmtpSession session =
        session(1).failBeforeData("a@b", 451).deliver("<1@a>").failBeforeData("a@b", 0).closed();

    assertThat(session.transactions()).hasSize(3);
    assertThat(session.deliveredMessages()).hasSize(1);
  }

  @Test
  void alerts_are_told_apart_by_direction() {
    SmtpSession session =
        session(1)
            .alert(Direction.SENT, AlertDescription.PROTOCOL_VERSION)
            .alert(Direction.RECEIVED, AlertDescription.UNKNOWN_CA)
            .closed();

    assertThat(session.alertsReceived()).singleElement().matches(a -> a.code() == 48);
    assertThat(session.alertsSent()).singleElement().matches(a -> a.code() == 70);
  }

  @Test
  void says_how_many_events_are_missing() {
    assertThat(session(1).closed().eventsDropped()).isZero();
    assertThat(session(1).event(at -> new EventsDropped(at, 7)).closed().eventsDropped())
        .isEqualTo(7);
  }
}
