package io.mockexo.example;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.example.QueuedMailer.Manners.opportunistic;
import static io.mockexo.example.QueuedMailer.Manners.sound;
import static io.mockexo.example.QueuedMailer.Manners.unsound;
import static io.mockexo.exchange.Endpoint.CLIENT_SUBMISSION;
import static io.mockexo.fault.Drop.RST;
import static io.mockexo.fault.Stage.CLIENT_HELLO;
import static io.mockexo.fault.Stage.EHLO;
import static io.mockexo.fault.Stage.END_OF_DATA;
import static io.mockexo.fault.Stage.RCPT;
import static io.mockexo.fault.Stage.SERVER_FLIGHT;
import static io.mockexo.fault.Stage.STARTTLS;
import static io.mockexo.tls.TlsRefusal.REPLY;
import static io.mockexo.tls.TlsVersion.TLS_1_2;
import static io.mockexo.tls.TlsVersion.TLS_1_3;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mockexo.journal.Sessions;
import io.mockexo.junit.InjectFault;
import io.mockexo.junit.MailAccount;
import io.mockexo.junit.MockExchangeOnline;
import io.mockexo.server.MockExchangeOnlineServer;
import jakarta.mail.MessagingException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What customers meet when TLS with Exchange Online goes wrong, and what a mailer makes of it: a
 * sound one and an unsound one.
 */
class CustomerFailuresTest {

  private static final Duration QUIET = ofMillis(100);

  private static QueuedMailer mailer(
      MockExchangeOnlineServer exchange, QueuedMailer.Manners manners) {
    return new QueuedMailer(exchange.jakartaMailProperties(), manners);
  }

  /** Old TLS is closed with FIN: who may, falls back and says nothing. */
  @Test
  void old_tls_makes_an_unsound_mailer_fall_back_to_cleartext(
      @MockExchangeOnline(minimumTls = TLS_1_3) MockExchangeOnlineServer exchange)
      throws MessagingException {
    boolean sent =
        mailer(exchange, unsound()).with("ssl.protocols", "TLSv1.2").send("hello", "a@contoso.com");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sent).isTrue();
    assertThat(sessions).fellBackToCleartext().usedNewConnectionForFallback().deliveredOnce();
    assertThat(sessions.first()).offeredTlsUpTo(TLS_1_2).failedTls().deliveredNothing();
    assertThat(sessions.last()).stayedInCleartext().deliveredMessage();
  }

  /** A hybrid connector that requires TLS: the mail stays in the queue. */
  @Test
  void old_tls_makes_a_sound_mailer_try_again_and_never_fall_back(
      @MockExchangeOnline(minimumTls = TLS_1_3) MockExchangeOnlineServer exchange)
      throws MessagingException {
    boolean sent =
        mailer(exchange, sound()).with("ssl.protocols", "TLSv1.2").send("hello", "a@contoso.com");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sent).isFalse();
    assertThat(sessions)
        .retriedAfterTlsFailure()
        .retriedTimes(2)
        .waitedAtLeast(ofMillis(30))
        .neverFellBackToCleartext()
        .neverLoweredTlsVersion()
        .alwaysTriedTls()
        .deliveredNothing();
  }

  @Test
  void without_a_common_cipher_suite_there_is_no_handshake(
      @MockExchangeOnline(maximumTls = TLS_1_2, cipherSuites = "ECDHE-RSA-AES256-GCM-SHA384")
          MockExchangeOnlineServer exchange)
      throws MessagingException {
    mailer(exchange, sound().withAttempts(1))
        .with("ssl.ciphersuites", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")
        .send("hello", "a@contoso.com");

    assertThat(exchange.awaitQuiet(QUIET).only())
        .offeredOnly("ECDHE-RSA-AES128-GCM-SHA256")
        .failedTls()
        .wasClosedByServer()
        .deliveredNothing();
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
  }

  /** A firewall that inspects mail masks what it does not want to be spoken. */
  @Test
  @InjectFault(
      onConnections = "every",
      at = EHLO,
      reply = "250-mail.protection.outlook.com Hello\n250-SIZE 157286400\n250 XXXXXXXA")
  void starttls_masked_by_a_firewall_shows_as_no_offer(
      @MockExchangeOnline MockExchangeOnlineServer exchange) throws MessagingException {
    mailer(exchange, opportunistic()).send("hello", "a@contoso.com");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions).sentInCleartextWithoutOffer().deliveredOnce();
    assertThat(sessions.only()).hitFaultAt(EHLO);
  }

  /** SMTP inspection that holds the handshake up. */
  @Test
  @InjectFault(onConnection = 1, at = CLIENT_HELLO, stall = true)
  void a_handshake_that_times_out_is_tried_again_over_tls(
      @MockExchangeOnline MockExchangeOnlineServer exchange) throws MessagingException {
    boolean sent = mailer(exchange, sound()).with("timeout", "500").send("hello", "a@contoso.com");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sent).isTrue();
    assertThat(sessions).retriedAfterTlsFailure().retriedTimes(1).allDeliveriesUsedTls();
    assertThat(sessions.first()).hitFaultAt(CLIENT_HELLO).wasClosedByClient();
    assertThat(sessions.last()).usedTlsAtLeast(TLS_1_2).deliveredMessage();
  }

  @Test
  @InjectFault(onConnection = 1, at = SERVER_FLIGHT, drop = RST)
  void a_reset_after_the_certificate_is_tried_again_over_tls(
      @MockExchangeOnline(maximumTls = TLS_1_2) MockExchangeOnlineServer exchange)
      throws MessagingException {
    mailer(exchange, sound()).send("hello", "a@contoso.com");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions).retriedAfterTlsFailure().deliveredOnce().neverFellBackToCleartext();
    assertThat(sessions.first()).hitFaultAt(SERVER_FLIGHT).wasReset();
  }

  @Test
  @InjectFault(
      onConnection = 1,
      at = STARTTLS,
      reply = "454 4.7.0 TLS not available due to temporary reason")
  void a_refused_starttls_must_not_end_in_cleartext_on_the_same_connection(
      @MockExchangeOnline MockExchangeOnlineServer exchange) throws MessagingException {
    mailer(exchange, sound()).send("hello", "a@contoso.com");

    assertThat(exchange.awaitQuiet(QUIET)).neverFellBackToCleartext().deliveredOnce();
  }

  /** An application that does not trust the certificate: another CA, or an inspecting proxy. */
  @Test
  void an_unknown_authority_is_rejected(@MockExchangeOnline MockExchangeOnlineServer exchange)
      throws MessagingException {
    QueuedMailer mailer = mailer(exchange, sound().withAttempts(1));
    mailer.with("ssl.socketFactory", "").send("hello", "a@contoso.com");

    assertThat(exchange.awaitQuiet(QUIET).only()).rejectedCertificate().deliveredNothing();
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
    assertThat(sessions).neverTriedTls().keptTryingAfterTransientFailure().deliveredNothing();
    assertThat(sessions.first()).gotReply(451, "5.7.3");
  }

  @Test
  void old_tls_on_client_submission_gets_421_after_the_handshake(
      @MockExchangeOnline(
              endpoint = CLIENT_SUBMISSION,
              minimumTls = TLS_1_3,
              refuseOldTlsWith = REPLY,
              accounts = @MailAccount(user = "app@contoso.com", password = "s3cret"))
          MockExchangeOnlineServer exchange)
      throws MessagingException {
    mailer(exchange, sound().withAttempts(1))
        .with("ssl.protocols", "TLSv1.2")
        .loggingInAs("app@contoso.com", "s3cret")
        .send("hello", "a@contoso.com");

    assertThat(exchange.awaitQuiet(QUIET).only())
        .usedTls(TLS_1_2)
        .gotReply(421, "4.7.66")
        .neverSentCredentialsInCleartext()
        .deliveredNothing();
  }

  /** Each try with a wrong password brings the account nearer to its lock-out. */
  @Test
  void a_sound_mailer_stops_after_a_refused_password(
      @MockExchangeOnline(
              endpoint = CLIENT_SUBMISSION,
              accounts = @MailAccount(user = "app@contoso.com", password = "s3cret"))
          MockExchangeOnlineServer exchange)
      throws MessagingException {
    mailer(exchange, sound()).loggingInAs("app@contoso.com", "old").send("hello", "a@contoso.com");

    assertThat(exchange.awaitQuiet(QUIET)).stoppedAfterAuthFailure();
  }

  @Test
  void an_unsound_mailer_does_not(
      @MockExchangeOnline(
              endpoint = CLIENT_SUBMISSION,
              accounts = @MailAccount(user = "app@contoso.com", password = "s3cret"))
          MockExchangeOnlineServer exchange)
      throws MessagingException {
    mailer(exchange, unsound())
        .loggingInAs("app@contoso.com", "old")
        .send("hello", "a@contoso.com");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).stoppedAfterAuthFailure());
  }

  @Test
  @InjectFault(
      onConnections = "1-2",
      at = RCPT,
      reply = "451 4.7.500 Server busy. Please try again later")
  void a_throttled_mailer_waits_and_delivers_once(
      @MockExchangeOnline MockExchangeOnlineServer exchange) throws MessagingException {
    mailer(exchange, sound()).send("hello", "a@contoso.com");

    assertThat(exchange.awaitQuiet(QUIET))
        .keptTryingAfterTransientFailure()
        .retriedTimes(2)
        .waitedAtLeast(ofMillis(30))
        .deliveredOnce();
  }

  /** The reply to end-of-data is lost: nobody can tell whether the message was taken. */
  @Test
  @InjectFault(onConnection = 1, at = END_OF_DATA, drop = RST)
  void an_ambiguous_end_of_data_makes_one_message_two(
      @MockExchangeOnline MockExchangeOnlineServer exchange) throws MessagingException {
    mailer(exchange, sound()).send("hello", "a@contoso.com");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions).deliveredExactly(1);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).deliveredOnce());
  }

  @Test
  @InjectFault(onConnection = 1, at = RCPT, reply = "452 4.5.3 Too many recipients", onMessage = 1)
  void only_recipients_that_were_deferred_get_it_again(
      @MockExchangeOnline MockExchangeOnlineServer exchange) throws MessagingException {
    mailer(exchange, sound()).send("hello", "a@contoso.com", "b@contoso.com", "c@contoso.com");

    assertThat(exchange.awaitQuiet(QUIET)).resentOnlyDeferredRecipients().deliveredOnce();
  }

  /** Relay for a domain that is not the tenant's, where no connector matches. */
  @Test
  void mail_for_another_domain_is_refused_for_good(
      @MockExchangeOnline(acceptedDomains = "contoso.com") MockExchangeOnlineServer exchange)
      throws MessagingException {
    mailer(exchange, sound()).send("hello", "a@fabrikam.example");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions).stoppedAfterPermanentFailure().deliveredNothing();
    assertThat(sessions.only()).gotReply(550, "5.7.64");
  }
}
