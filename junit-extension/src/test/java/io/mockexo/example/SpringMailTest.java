package io.mockexo.example;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThatExceptionOfType;
import static io.mockexo.exchange.Endpoint.CLIENT_SUBMISSION;
import static io.mockexo.fault.Drop.RST;
import static io.mockexo.fault.Stage.CLIENT_HELLO;
import static io.mockexo.fault.Stage.END_OF_DATA;
import static io.mockexo.fault.Stage.RCPT;
import static io.mockexo.tls.TlsVersion.TLS_1_2;
import static io.mockexo.tls.TlsVersion.TLS_1_3;
import static java.time.Duration.ofMillis;

import io.mockexo.journal.Sessions;
import io.mockexo.junit.InjectFault;
import io.mockexo.junit.MailAccount;
import io.mockexo.junit.MockExchangeOnline;
import io.mockexo.server.MockExchangeOnlineServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Spring's JavaMailSender with the retry of Spring Framework 7, used well and used badly. */
class SpringMailTest {

  private static final Duration QUIET = ofMillis(100);

  /** Waits, longer each time, and leaves alone what was refused for good. */
  private static RetryPolicy sound() {
    return RetryPolicy.builder()
        .maxRetries(2)
        .delay(ofMillis(40))
        .multiplier(1.5)
        .predicate(MailFailures::mayPass)
        .build();
  }

  /** As it is written first. */
  private static RetryPolicy naive() {
    return RetryPolicy.builder()
        .maxRetries(2)
        .delay(Duration.ZERO)
        .includes(MailException.class)
        .build();
  }

  @Test
  void tls_that_fails_is_tried_again_and_mail_is_kept(
      @MockExchangeOnline(minimumTls = TLS_1_3) MockExchangeOnlineServer exchange) {
    JavaMailSenderImpl sender = SpringMail.sender(exchange);
    sender.getJavaMailProperties().put("mail.smtp.ssl.protocols", "TLSv1.2");

    assertThatExceptionOfType(RetryException.class)
        .isThrownBy(() -> send(sender, sound()))
        .withCauseInstanceOf(MailSendException.class);

    assertThat(exchange.awaitQuiet(QUIET))
        .retriedAfterTlsFailure()
        .retriedTimes(2)
        .waitedAtLeast(ofMillis(30))
        .neverFellBackToCleartext()
        .neverLoweredTlsVersion()
        .deliveredNothing();
  }

  /** JavaMailSender is Jakarta Mail: one connection. */
  @Test
  void without_retry_nothing_comes_after_a_tls_failure(
      @MockExchangeOnline(minimumTls = TLS_1_3) MockExchangeOnlineServer exchange) {
    JavaMailSenderImpl sender = SpringMail.sender(exchange);
    sender.getJavaMailProperties().put("mail.smtp.ssl.protocols", "TLSv1.2");

    assertThatExceptionOfType(MailSendException.class)
        .isThrownBy(() -> sender.send(SpringMail.message(sender)))
        .withMessageContaining("Mail server connection failed");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions).hasSessions(1).neverFellBackToCleartext();
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).retriedAfterTlsFailure())
        .withMessageContaining("it did not come again after TLS had failed in session 1");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).retriedTimes(2))
        .withMessageContaining("it did not retry");
  }

  @Test
  @InjectFault(onConnection = 1, at = CLIENT_HELLO, drop = RST)
  void a_passing_tls_failure_ends_in_one_delivery_inside_tls(
      @MockExchangeOnline MockExchangeOnlineServer exchange) throws RetryException {
    send(SpringMail.sender(exchange), sound());

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions).retriedAfterTlsFailure().retriedTimes(1).deliveredOnce();
    assertThat(sessions.last()).usedTlsAtLeast(TLS_1_2).deliveredMessage();
  }

  /** A second sender, for when the first one fails. */
  @Test
  @InjectFault(onConnection = 1, at = CLIENT_HELLO, drop = RST)
  void a_sender_of_last_resort_without_starttls_is_a_fallback(
      @MockExchangeOnline MockExchangeOnlineServer exchange) {
    JavaMailSenderImpl sender = SpringMail.sender(exchange);
    JavaMailSenderImpl lastResort = SpringMail.senderWithoutTls(exchange);

    try {
      sender.send(SpringMail.message(sender));
    } catch (MailSendException noTls) {
      lastResort.send(SpringMail.message(lastResort));
    }

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions).fellBackToCleartext().usedNewConnectionForFallback();
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).neverFellBackToCleartext())
        .withMessageContaining("session 2 fell back to cleartext after session 1");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).retriedAfterTlsFailure())
        .withMessageContaining("session 2 was weaker, after TLS had failed in session 1");
  }

  @Test
  @InjectFault(
      onConnections = "1-2",
      at = RCPT,
      reply = "451 4.7.500 Server busy. Please try again later")
  void throttled_it_waits_and_delivers_once(@MockExchangeOnline MockExchangeOnlineServer exchange)
      throws RetryException {
    send(SpringMail.sender(exchange), sound());

    assertThat(exchange.awaitQuiet(QUIET))
        .keptTryingAfterTransientFailure()
        .retriedTimes(2)
        .waitedAtLeast(ofMillis(30))
        .allDeliveriesUsedTls()
        .deliveredOnce();
  }

  @Test
  @InjectFault(
      onConnections = "1-2",
      at = RCPT,
      reply = "451 4.7.500 Server busy. Please try again later")
  void without_back_off_it_does_not_wait(@MockExchangeOnline MockExchangeOnlineServer exchange)
      throws RetryException {
    send(SpringMail.sender(exchange), naive());

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions).keptTryingAfterTransientFailure().retriedTimes(2);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).waitedAtLeast(Duration.ofSeconds(60)))
        .withMessageContaining("to wait at least 60 s between attempts");
  }

  @Test
  void a_refused_password_is_not_tried_again(
      @MockExchangeOnline(
              endpoint = CLIENT_SUBMISSION,
              accounts = @MailAccount(user = "app@contoso.com", password = "s3cret"))
          MockExchangeOnlineServer exchange) {
    JavaMailSenderImpl sender = SpringMail.sender(exchange, "app@contoso.com", "old");

    assertThatExceptionOfType(RetryException.class)
        .isThrownBy(() -> send(sender, sound()))
        .withCauseInstanceOf(MailAuthenticationException.class);

    assertThat(exchange.awaitQuiet(QUIET)).stoppedAfterAuthFailure().hasSessions(1);
  }

  /** MailAuthenticationException is a MailException too. */
  @Test
  void retry_on_every_mail_exception_locks_the_account(
      @MockExchangeOnline(
              endpoint = CLIENT_SUBMISSION,
              accounts = @MailAccount(user = "app@contoso.com", password = "s3cret"))
          MockExchangeOnlineServer exchange) {
    JavaMailSenderImpl sender = SpringMail.sender(exchange, "app@contoso.com", "old");

    assertThatExceptionOfType(RetryException.class).isThrownBy(() -> send(sender, naive()));

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).stoppedAfterAuthFailure())
        .withMessageContaining("session 2 sent AUTH again for app@contoso.com, after 535 5.7.139");
  }

  @Test
  void relay_that_is_denied_is_not_tried_again(
      @MockExchangeOnline(acceptedDomains = "fabrikam.com") MockExchangeOnlineServer exchange) {
    assertThatExceptionOfType(RetryException.class)
        .isThrownBy(() -> send(SpringMail.sender(exchange), sound()))
        .withCauseInstanceOf(MailSendException.class);

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions).stoppedAfterPermanentFailure().deliveredNothing();
    assertThat(sessions.only()).gotReply(550, "5.7.64");
  }

  @Test
  void retry_on_every_mail_exception_tries_again_what_was_refused_for_good(
      @MockExchangeOnline(acceptedDomains = "fabrikam.com") MockExchangeOnlineServer exchange) {
    assertThatExceptionOfType(RetryException.class)
        .isThrownBy(() -> send(SpringMail.sender(exchange), naive()));

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).stoppedAfterPermanentFailure())
        .withMessageContaining("session 2 tried again for <a@contoso.com>")
        .withMessageContaining("550 5.7.64");
  }

  /** A MimeMessage that was sent before keeps its Message-ID, so the copy is known as one. */
  @Test
  @InjectFault(onConnection = 1, at = END_OF_DATA, drop = RST)
  void a_lost_reply_to_end_of_data_makes_one_message_two(
      @MockExchangeOnline MockExchangeOnlineServer exchange) throws RetryException {
    send(SpringMail.sender(exchange), sound());

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions).retriedTimes(1).deliveredExactly(1);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).deliveredOnce())
        .withMessageContaining("2 copies came for <a@contoso.com>")
        .withMessageContaining("sessions 1 and 2, not acknowledged in session 1");
  }

  private static void send(JavaMailSenderImpl sender, RetryPolicy policy) throws RetryException {
    var message = SpringMail.message(sender);
    new RetryTemplate(policy)
        .execute(
            () -> {
              sender.send(message);
              return message;
            });
  }
}
