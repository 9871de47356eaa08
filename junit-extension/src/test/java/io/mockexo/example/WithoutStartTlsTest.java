package io.mockexo.example;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThatExceptionOfType;
import static io.mockexo.example.QueuedMailer.Manners.opportunistic;
import static io.mockexo.example.QueuedMailer.Manners.sound;
import static io.mockexo.example.QueuedMailer.Manners.unsound;
import static io.mockexo.exchange.Endpoint.CLIENT_SUBMISSION;
import static io.mockexo.fault.Stage.EHLO;
import static java.time.Duration.ofMillis;

import io.mockexo.journal.Sessions;
import io.mockexo.junit.InjectFault;
import io.mockexo.junit.MockExchangeOnline;
import io.mockexo.server.MockExchangeOnlineServer;
import jakarta.mail.MessagingException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What customers meet where STARTTLS is not on offer, or is not used. */
class WithoutStartTlsTest {

  private static final String MASKED =
      "250-mail.protection.outlook.com Hello\n250-SIZE 157286400\n250 XXXXXXXA";

  private static final Duration QUIET = ofMillis(100);

  private static QueuedMailer mailer(
      MockExchangeOnlineServer exchange, QueuedMailer.Manners manners) {
    return new QueuedMailer(exchange.jakartaMailProperties(), manners);
  }

  /** A host on a blocklist is not offered STARTTLS. */
  @Test
  void a_blocked_client_that_requires_tls_sends_no_mail(
      @MockExchangeOnline(blockClients = "127.0.0.0/8") MockExchangeOnlineServer exchange)
      throws MessagingException {
    mailer(exchange, sound()).send("hello", "a@contoso.com");

    assertThat(exchange.awaitQuiet(QUIET)).neverSentMailInCleartext().deliveredNothing();
  }

  @Test
  void a_blocked_client_that_does_not_is_told_who_banned_it_and_stops(
      @MockExchangeOnline(blockClients = "127.0.0.0/8") MockExchangeOnlineServer exchange)
      throws MessagingException {
    mailer(exchange, opportunistic()).send("hello", "a@contoso.com");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions)
        .sentInCleartextWithoutOffer()
        .stoppedAfterPermanentFailure()
        .deliveredNothing();
    assertThat(sessions.only()).gotReply(550, "5.7.606");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).neverSentMailInCleartext())
        .withMessageContaining(
            "session 1 sent MAIL in cleartext, since STARTTLS was not on offer, and was refused with 550 5.7.606");
  }

  @Test
  void an_unsound_mailer_goes_on_though_it_is_banned(
      @MockExchangeOnline(blockClients = "127.0.0.0/8") MockExchangeOnlineServer exchange)
      throws MessagingException {
    mailer(exchange, unsound()).send("hello", "a@contoso.com");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).stoppedAfterPermanentFailure())
        .withMessageContaining("session 2 tried again for <a@contoso.com>")
        .withMessageContaining("550 5.7.606");
  }

  /** A firewall that inspects mail masks what it does not want to be spoken. */
  @Test
  @InjectFault(onConnections = "every", at = EHLO, reply = MASKED)
  void starttls_masked_by_a_firewall_shows_as_no_offer(
      @MockExchangeOnline MockExchangeOnlineServer exchange) throws MessagingException {
    mailer(exchange, opportunistic()).send("hello", "a@contoso.com");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions).sentInCleartextWithoutOffer().deliveredOnce();
    assertThat(sessions.only()).hitFaultAt(EHLO);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).neverSentMailInCleartext())
        .withMessageContaining("session 1 sent mail in cleartext, since STARTTLS was not on offer");
  }

  @Test
  @InjectFault(onConnections = "every", at = EHLO, reply = MASKED)
  void starttls_masked_by_a_firewall_keeps_the_mail_of_who_requires_tls(
      @MockExchangeOnline MockExchangeOnlineServer exchange) throws MessagingException {
    mailer(exchange, sound()).send("hello", "a@contoso.com");

    assertThat(exchange.awaitQuiet(QUIET)).neverSentMailInCleartext().deliveredNothing();
  }

  /** A device that does not know EHLO never hears what is on offer: it did not ask. */
  @Test
  void a_client_that_says_helo_delivers_in_cleartext(
      @MockExchangeOnline MockExchangeOnlineServer exchange) throws MessagingException {
    mailer(exchange, opportunistic()).with("ehlo", "false").send("hello", "a@contoso.com");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions).neverTriedTls().deliveredOnce();
    assertThat(sessions.only()).sentInOrder("HELO", "MAIL").neverSent("EHLO").neverSent("STARTTLS");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).alwaysTriedTls())
        .withMessageContaining("session 1 sent mail in cleartext and never tried TLS");
  }

  @Test
  void a_client_that_says_helo_and_requires_tls_never_gets_its_mail_out(
      @MockExchangeOnline MockExchangeOnlineServer exchange) throws MessagingException {
    boolean sent = mailer(exchange, sound()).with("ehlo", "false").send("hello", "a@contoso.com");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sent).isFalse();
    assertThat(sessions).hasSessions(3).neverSentMailInCleartext().deliveredNothing();
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).alwaysTriedTls())
        .withMessageContaining("STARTTLS was on offer in no session");
  }

  /** A server, or what is in front of it, that knows SMTP without extensions only. */
  @Test
  @InjectFault(onConnections = "every", at = EHLO, reply = "500 5.3.3 Unrecognized command")
  void a_server_that_knows_helo_only_gets_the_mail_in_cleartext(
      @MockExchangeOnline MockExchangeOnlineServer exchange) throws MessagingException {
    mailer(exchange, opportunistic()).send("hello", "a@contoso.com");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions).sentInCleartextWithoutOffer().deliveredOnce();
    assertThat(sessions.only()).sentInOrder("EHLO", "HELO", "MAIL");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).neverFellBackToCleartext())
        .withMessageContaining("session 1 sent mail in cleartext, since STARTTLS was not on offer");
  }

  @Test
  @InjectFault(onConnections = "every", at = EHLO, reply = "500 5.3.3 Unrecognized command")
  void a_server_that_knows_helo_only_gets_nothing_from_who_requires_tls(
      @MockExchangeOnline MockExchangeOnlineServer exchange) throws MessagingException {
    mailer(exchange, sound()).send("hello", "a@contoso.com");

    assertThat(exchange.awaitQuiet(QUIET)).neverSentMailInCleartext().deliveredNothing();
  }

  /** Client submission refuses mail without TLS, with a reply that says try again. */
  @Test
  void submission_without_tls_gets_451(
      @MockExchangeOnline(endpoint = CLIENT_SUBMISSION) MockExchangeOnlineServer exchange)
      throws MessagingException {
    mailer(exchange, opportunistic())
        .with("starttls.enable", "false")
        .send("hello", "a@contoso.com");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions).neverTriedTls().retriedTimes(2).deliveredNothing();
    assertThat(sessions.first()).gotReply(451, "5.7.3");
  }

  @Test
  void submission_without_tls_needs_patience(
      @MockExchangeOnline(endpoint = CLIENT_SUBMISSION) MockExchangeOnlineServer exchange)
      throws MessagingException {
    mailer(exchange, opportunistic().withAttempts(1))
        .with("starttls.enable", "false")
        .send("hello", "a@contoso.com");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).keptTryingAfterTransientFailure())
        .withMessageContaining("it did not try again")
        .withMessageContaining("451 5.7.3");
  }
}
