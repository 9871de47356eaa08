package io.mockexo.example;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThatExceptionOfType;
import static io.mockexo.exchange.Endpoint.CLIENT_SUBMISSION;
import static io.mockexo.fault.Drop.FIN;
import static io.mockexo.fault.Stage.CLIENT_HELLO;
import static java.time.Duration.ofMillis;

import io.mockexo.journal.Sessions;
import io.mockexo.junit.InjectFault;
import io.mockexo.junit.MailAccount;
import io.mockexo.junit.MockExchangeOnline;
import io.mockexo.server.MockExchangeOnlineServer;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.retry.support.RetryTemplate;

/** Spring's JavaMailSender with Spring Retry, which applications before Spring Framework 7 have. */
class SpringRetryTest {

  private static final Duration QUIET = ofMillis(100);

  private static RetryTemplate sound() {
    return RetryTemplate.builder()
        .maxAttempts(3)
        .exponentialBackoff(ofMillis(40), 1.5, ofMillis(1000))
        .retryOn(MailFailures::mayPass)
        .build();
  }

  private static RetryTemplate naive() {
    return RetryTemplate.builder().maxAttempts(3).retryOn(MailException.class).build();
  }

  @Test
  @InjectFault(onConnections = "every", at = CLIENT_HELLO, drop = FIN)
  void tls_that_fails_is_tried_again_with_growing_pauses(
      @MockExchangeOnline MockExchangeOnlineServer exchange) {
    JavaMailSenderImpl sender = SpringMail.sender(exchange);
    MimeMessage message = SpringMail.message(sender);

    assertThatExceptionOfType(MailSendException.class)
        .isThrownBy(() -> sound().execute(retry -> send(sender, message)));

    assertThat(exchange.awaitQuiet(QUIET))
        .retriedAfterTlsFailure()
        .retriedTimes(2)
        .waitedAtLeast(ofMillis(30))
        .neverFellBackToCleartext()
        .deliveredNothing();
  }

  /** As Spring Boot's health check of mail does it. */
  @Test
  @InjectFault(onConnections = "2", at = CLIENT_HELLO, drop = FIN)
  void a_test_of_the_connection_is_no_try(@MockExchangeOnline MockExchangeOnlineServer exchange)
      throws Exception {
    JavaMailSenderImpl sender = SpringMail.sender(exchange);
    MimeMessage message = SpringMail.message(sender);

    sender.testConnection();
    sound().execute(retry -> send(sender, message));

    assertThat(exchange.awaitQuiet(QUIET)).hasSessions(3).retriedTimes(1).deliveredOnce();
  }

  /** What to do when all tries have failed is the application's to say. */
  @Test
  @InjectFault(onConnections = "1-3", at = CLIENT_HELLO, drop = FIN)
  void a_recovery_that_sends_without_starttls_is_a_fallback(
      @MockExchangeOnline MockExchangeOnlineServer exchange) {
    JavaMailSenderImpl sender = SpringMail.sender(exchange);
    JavaMailSenderImpl lastResort = SpringMail.senderWithoutTls(exchange);
    MimeMessage message = SpringMail.message(sender);

    sound().execute(retry -> send(sender, message), failed -> send(lastResort, message));

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions).retriedTimes(2).fellBackToCleartext().deliveredOnce();
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).neverFellBackToCleartext())
        .withMessageContaining("session 4 fell back to cleartext after session 3");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).deliveredNothing())
        .withMessageContaining("session 4 delivered");
  }

  @Test
  void a_refused_password_is_not_tried_again(
      @MockExchangeOnline(
              endpoint = CLIENT_SUBMISSION,
              accounts = @MailAccount(user = "app@contoso.com", password = "s3cret"))
          MockExchangeOnlineServer exchange) {
    JavaMailSenderImpl sender = SpringMail.sender(exchange, "app@contoso.com", "old");
    MimeMessage message = SpringMail.message(sender);

    assertThatExceptionOfType(MailAuthenticationException.class)
        .isThrownBy(() -> sound().execute(retry -> send(sender, message)));

    assertThat(exchange.awaitQuiet(QUIET)).stoppedAfterAuthFailure().hasSessions(1);
  }

  @Test
  void retry_on_every_mail_exception_locks_the_account(
      @MockExchangeOnline(
              endpoint = CLIENT_SUBMISSION,
              accounts = @MailAccount(user = "app@contoso.com", password = "s3cret"))
          MockExchangeOnlineServer exchange) {
    JavaMailSenderImpl sender = SpringMail.sender(exchange, "app@contoso.com", "old");
    MimeMessage message = SpringMail.message(sender);

    assertThatExceptionOfType(MailAuthenticationException.class)
        .isThrownBy(() -> naive().execute(retry -> send(sender, message)));

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions).hasSessions(3);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).stoppedAfterAuthFailure())
        .withMessageContaining("session 2 sent AUTH again for app@contoso.com, after 535 5.7.139");
  }

  private static boolean send(JavaMailSenderImpl sender, MimeMessage message) {
    sender.send(message);
    return true;
  }
}
