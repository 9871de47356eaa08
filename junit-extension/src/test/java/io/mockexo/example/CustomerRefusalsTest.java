package io.mockexo.example;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThatExceptionOfType;
import static io.mockexo.example.QueuedMailer.Manners.sound;
import static io.mockexo.example.QueuedMailer.Manners.unsound;
import static io.mockexo.exchange.Endpoint.CLIENT_SUBMISSION;
import static io.mockexo.fault.Drop.RST;
import static io.mockexo.fault.Stage.END_OF_DATA;
import static io.mockexo.fault.Stage.RCPT;
import static io.mockexo.tls.TlsRefusal.REPLY;
import static io.mockexo.tls.TlsVersion.TLS_1_2;
import static io.mockexo.tls.TlsVersion.TLS_1_3;
import static java.time.Duration.ofMillis;

import io.mockexo.fault.Connections;
import io.mockexo.fault.Drop;
import io.mockexo.fault.Fault;
import io.mockexo.journal.Sessions;
import io.mockexo.junit.InjectFault;
import io.mockexo.junit.MailAccount;
import io.mockexo.junit.MockExchangeOnline;
import io.mockexo.server.MockExchangeOnlineServer;
import jakarta.mail.MessagingException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What customers meet when mail is refused, or its reply lost, once TLS has been seen to. */
class CustomerRefusalsTest {

  private static final Duration QUIET = ofMillis(100);

  private static QueuedMailer mailer(
      MockExchangeOnlineServer exchange, QueuedMailer.Manners manners) {
    return new QueuedMailer(exchange.jakartaMailProperties(), manners);
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
        .isThrownBy(() -> assertThat(sessions).stoppedAfterAuthFailure())
        .withMessageContaining("session 2 sent AUTH again for app@contoso.com, after 535 5.7.139");
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

  @Test
  @InjectFault(
      onConnection = 1,
      at = RCPT,
      reply = "451 4.7.500 Server busy. Please try again later")
  void a_throttled_mailer_without_a_queue_loses_the_mail(
      @MockExchangeOnline MockExchangeOnlineServer exchange) throws MessagingException {
    mailer(exchange, sound().withAttempts(1)).send("hello", "a@contoso.com");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).keptTryingAfterTransientFailure())
        .withMessageContaining("it did not try again for <a@contoso.com>")
        .withMessageContaining(
            "after 451 4.7.500 Server busy. Please try again later in session 1");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).deliveredOnce())
        .withMessageContaining("nothing was delivered");
  }

  /** The reply to end-of-data is lost: nobody can tell whether the message was taken. */
  @Test
  @InjectFault(onConnection = 1, at = END_OF_DATA, drop = RST)
  void a_lost_reply_to_end_of_data_makes_one_message_two(
      @MockExchangeOnline MockExchangeOnlineServer exchange) throws MessagingException {
    mailer(exchange, sound()).send("hello", "a@contoso.com");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions).keptTryingAfterTransientFailure().deliveredExactly(1);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).deliveredOnce())
        .withMessageContaining("2 copies came for <a@contoso.com>")
        .withMessageContaining("sessions 1 and 2, not acknowledged in session 1");
  }

  @ParameterizedTest
  @EnumSource(Drop.class)
  void a_mailer_that_fears_copies_leaves_it_at_one(
      Drop drop, @MockExchangeOnline MockExchangeOnlineServer exchange) throws MessagingException {
    exchange.inject(Connections.connection(1), Fault.at(END_OF_DATA).drop(drop));

    mailer(exchange, sound().withoutCopies()).send("hello", "a@contoso.com");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions).hasSessions(1).deliveredOnce();
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).keptTryingAfterTransientFailure())
        .withMessageContaining("it did not try again for <a@contoso.com>");
  }

  @Test
  @InjectFault(onConnection = 1, at = RCPT, reply = "452 4.5.3 Too many recipients", onMessage = 1)
  void only_recipients_that_were_deferred_get_it_again(
      @MockExchangeOnline MockExchangeOnlineServer exchange) throws MessagingException {
    mailer(exchange, sound()).send("hello", "a@contoso.com", "b@contoso.com", "c@contoso.com");

    assertThat(exchange.awaitQuiet(QUIET)).resentOnlyDeferredRecipients().deliveredOnce();
  }

  @Test
  @InjectFault(onConnection = 1, at = RCPT, reply = "452 4.5.3 Too many recipients", onMessage = 1)
  void an_unsound_mailer_sends_it_to_all_of_them_again(
      @MockExchangeOnline MockExchangeOnlineServer exchange) throws MessagingException {
    mailer(exchange, unsound()).send("hello", "a@contoso.com", "b@contoso.com");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).resentOnlyDeferredRecipients())
        .withMessageContaining(
            "session 2 sent it again for <b@contoso.com>, to whom it was delivered in session 1");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).deliveredOnce())
        .withMessageContaining("2 copies came for <b@contoso.com>");
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

  @Test
  void an_unsound_mailer_takes_no_for_not_yet(
      @MockExchangeOnline(acceptedDomains = "contoso.com") MockExchangeOnlineServer exchange)
      throws MessagingException {
    mailer(exchange, unsound()).send("hello", "a@fabrikam.example");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).stoppedAfterPermanentFailure())
        .withMessageContaining("session 2 tried again for <a@fabrikam.example>")
        .withMessageContaining("550 5.7.64");
  }
}
