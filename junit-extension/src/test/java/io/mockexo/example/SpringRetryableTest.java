package io.mockexo.example;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThatExceptionOfType;
import static io.mockexo.exchange.Endpoint.CLIENT_SUBMISSION;
import static io.mockexo.tls.TlsVersion.TLS_1_3;
import static java.time.Duration.ofMillis;

import io.mockexo.journal.Sessions;
import io.mockexo.junit.MailAccount;
import io.mockexo.junit.MockExchangeOnline;
import io.mockexo.server.MockExchangeOnlineServer;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.resilience.retry.MethodRetryPredicate;

/** Spring's JavaMailSender behind a method of a bean that is tried again, by an annotation. */
class SpringRetryableTest {

  private static final Duration QUIET = ofMillis(100);

  /** The application's own. */
  static class Reports {

    private final JavaMailSender sender;

    Reports(JavaMailSender sender) {
      this.sender = sender;
    }

    @Retryable(predicate = MayPass.class, maxRetries = 2, delay = 40, multiplier = 1.5)
    void sendSoundly() {
      sender.send(SpringMail.message(sender));
    }

    @Retryable(includes = MailException.class, maxRetries = 2, delay = 0)
    void sendNaively() {
      sender.send(SpringMail.message(sender));
    }

    /** The annotation is on a method that the proxy never sees called. */
    void sendThroughThis() {
      sendSoundly();
    }
  }

  static class MayPass implements MethodRetryPredicate {
    @Override
    public boolean shouldRetry(Method method, Throwable failure) {
      return MailFailures.mayPass(failure);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableResilientMethods
  static class Application {}

  @Test
  void tls_that_fails_is_tried_again_and_mail_is_kept(
      @MockExchangeOnline(minimumTls = TLS_1_3) MockExchangeOnlineServer exchange) {
    assertThatExceptionOfType(MailSendException.class)
        .isThrownBy(() -> run(withOldTls(exchange), Reports::sendSoundly));

    assertThat(exchange.awaitQuiet(QUIET))
        .retriedAfterTlsFailure()
        .retriedTimes(2)
        .waitedAtLeast(ofMillis(30))
        .neverFellBackToCleartext()
        .deliveredNothing();
  }

  @Test
  void an_annotation_on_a_method_called_through_this_does_nothing(
      @MockExchangeOnline(minimumTls = TLS_1_3) MockExchangeOnlineServer exchange) {
    assertThatExceptionOfType(MailSendException.class)
        .isThrownBy(() -> run(withOldTls(exchange), Reports::sendThroughThis));

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).retriedAfterTlsFailure())
        .withMessageContaining("it did not come again after TLS had failed in session 1");
  }

  @Test
  void a_refused_password_is_not_tried_again(
      @MockExchangeOnline(
              endpoint = CLIENT_SUBMISSION,
              accounts = @MailAccount(user = "app@contoso.com", password = "s3cret"))
          MockExchangeOnlineServer exchange) {
    JavaMailSenderImpl sender = SpringMail.sender(exchange, "app@contoso.com", "old");

    assertThatExceptionOfType(MailAuthenticationException.class)
        .isThrownBy(() -> run(sender, Reports::sendSoundly));

    assertThat(exchange.awaitQuiet(QUIET)).stoppedAfterAuthFailure().hasSessions(1);
  }

  @Test
  void retry_on_every_mail_exception_locks_the_account(
      @MockExchangeOnline(
              endpoint = CLIENT_SUBMISSION,
              accounts = @MailAccount(user = "app@contoso.com", password = "s3cret"))
          MockExchangeOnlineServer exchange) {
    JavaMailSenderImpl sender = SpringMail.sender(exchange, "app@contoso.com", "old");

    assertThatExceptionOfType(MailAuthenticationException.class)
        .isThrownBy(() -> run(sender, Reports::sendNaively));

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).stoppedAfterAuthFailure())
        .withMessageContaining("session 2 sent AUTH again for app@contoso.com, after 535 5.7.139");
  }

  private static JavaMailSenderImpl withOldTls(MockExchangeOnlineServer exchange) {
    JavaMailSenderImpl sender = SpringMail.sender(exchange);
    sender.getJavaMailProperties().put("mail.smtp.ssl.protocols", "TLSv1.2");
    return sender;
  }

  private static void run(JavaMailSender sender, Consumer<Reports> use) {
    try (var context = new AnnotationConfigApplicationContext()) {
      context.register(Application.class);
      context.registerBean(JavaMailSender.class, () -> sender);
      context.registerBean(Reports.class);
      context.refresh();
      use.accept(context.getBean(Reports.class));
    }
  }
}
