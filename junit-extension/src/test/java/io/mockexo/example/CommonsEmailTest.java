package io.mockexo.example;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThatExceptionOfType;
import static io.mockexo.exchange.Endpoint.CLIENT_SUBMISSION;
import static io.mockexo.fault.Drop.FIN;
import static io.mockexo.fault.Stage.CLIENT_HELLO;
import static io.mockexo.fault.Stage.EHLO;
import static io.mockexo.fault.Stage.RCPT;
import static io.mockexo.tls.TlsVersion.TLS_1_2;
import static java.time.Duration.ofMillis;

import io.mockexo.journal.Sessions;
import io.mockexo.junit.InjectFault;
import io.mockexo.junit.MailAccount;
import io.mockexo.junit.MockExchangeOnline;
import io.mockexo.server.MockExchangeOnlineServer;
import java.time.Duration;
import org.apache.commons.mail2.core.EmailException;
import org.apache.commons.mail2.jakarta.Email;
import org.apache.commons.mail2.jakarta.SimpleEmail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.core.retry.Retryable;

/**
 * Apache Commons Email, which has no retry and no fallback of its own: {@code setStartTLSEnabled}
 * alone sends in cleartext where STARTTLS is not on offer, {@code setStartTLSRequired} does not.
 */
class CommonsEmailTest {

  private static final Duration QUIET = ofMillis(100);

  private static final String WITHOUT_STARTTLS =
      "250-mail.protection.outlook.com Hello\n250-SIZE 157286400\n250 8BITMIME";

  @Test
  @InjectFault(onConnection = 1, at = EHLO, reply = WITHOUT_STARTTLS)
  void enabled_it_delivers_in_cleartext_where_starttls_is_not_on_offer(
      @MockExchangeOnline MockExchangeOnlineServer exchange) throws EmailException {
    trusting(exchange, email(exchange).setStartTLSEnabled(true)).send();

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions).sentInCleartextWithoutOffer().deliveredExactly(1);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).neverSentMailInCleartext())
        .withMessageContaining("session 1 sent mail in cleartext, since STARTTLS was not on offer");
  }

  @Test
  @InjectFault(onConnection = 1, at = EHLO, reply = WITHOUT_STARTTLS)
  void required_it_sends_nothing_there(@MockExchangeOnline MockExchangeOnlineServer exchange)
      throws EmailException {
    Email email = trusting(exchange, email(exchange).setStartTLSRequired(true));

    assertThatExceptionOfType(EmailException.class)
        .isThrownBy(email::send)
        .havingRootCause()
        .withMessage("STARTTLS is required but host does not support STARTTLS");

    assertThat(exchange.awaitQuiet(QUIET)).neverSentMailInCleartext().deliveredNothing();
  }

  @Test
  void required_it_uses_tls_without_being_enabled(
      @MockExchangeOnline MockExchangeOnlineServer exchange) throws EmailException {
    trusting(exchange, email(exchange).setStartTLSRequired(true)).send();

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions).allDeliveriesUsedTls().deliveredOnce();
    assertThat(sessions.only()).usedTlsAtLeast(TLS_1_2);
  }

  @Test
  void with_neither_it_never_tries_tls(@MockExchangeOnline MockExchangeOnlineServer exchange)
      throws EmailException {
    trusting(exchange, email(exchange)).send();

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions).neverTriedTls();
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).allDeliveriesUsedTls())
        .withMessageContaining("session 1 delivered in cleartext");
  }

  /** Where TLS fails, enabled is as good as required: there is no second connection. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @InjectFault(onConnections = "every", at = CLIENT_HELLO, drop = FIN)
  void after_a_failed_handshake_it_neither_falls_back_nor_tries_again(
      boolean required, @MockExchangeOnline MockExchangeOnlineServer exchange)
      throws EmailException {
    Email email =
        trusting(exchange, email(exchange).setStartTLSEnabled(true).setStartTLSRequired(required));

    assertThatExceptionOfType(EmailException.class).isThrownBy(email::send);

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions).hasSessions(1).alwaysTriedTls().neverFellBackToCleartext();
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).retriedAfterTlsFailure())
        .withMessageContaining("it did not come again after TLS had failed in session 1");
  }

  @Test
  @InjectFault(onConnections = "1-2", at = CLIENT_HELLO, drop = FIN)
  void built_once_and_sent_again_it_is_a_retry(
      @MockExchangeOnline MockExchangeOnlineServer exchange) throws Exception {
    Email email = trusting(exchange, email(exchange).setStartTLSRequired(true));
    email.buildMimeMessage();

    retrying(email::sendMimeMessage);

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions)
        .retriedAfterTlsFailure()
        .retriedTimes(2)
        .waitedAtLeast(ofMillis(30))
        .neverFellBackToCleartext()
        .deliveredOnce();
    assertThat(sessions.last()).deliveredMessage();
  }

  /** The second send() only says that the message is already built. */
  @Test
  @InjectFault(onConnections = "every", at = CLIENT_HELLO, drop = FIN)
  void a_loop_around_send_never_tries_again(@MockExchangeOnline MockExchangeOnlineServer exchange)
      throws EmailException {
    Email email = trusting(exchange, email(exchange).setStartTLSRequired(true));

    assertThatExceptionOfType(RetryException.class)
        .isThrownBy(() -> retrying(email::send))
        .withCauseInstanceOf(IllegalStateException.class);

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).retriedTimes(2))
        .withMessageContaining("it did not retry");
  }

  @Test
  @InjectFault(
      onConnections = "every",
      at = RCPT,
      reply =
          "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup")
  void an_unknown_recipient_is_not_tried_again(
      @MockExchangeOnline MockExchangeOnlineServer exchange) throws EmailException {
    Email email = trusting(exchange, email(exchange).setStartTLSRequired(true));
    email.buildMimeMessage();

    assertThatExceptionOfType(RetryException.class)
        .isThrownBy(() -> retrying(email::sendMimeMessage));

    assertThat(exchange.awaitQuiet(QUIET)).stoppedAfterPermanentFailure().deliveredNothing();
  }

  @Test
  void an_email_for_each_try_locks_the_account(
      @MockExchangeOnline(
              endpoint = CLIENT_SUBMISSION,
              accounts = @MailAccount(user = "app@contoso.com", password = "s3cret"))
          MockExchangeOnlineServer exchange) {
    RetryTemplate stubborn =
        new RetryTemplate(RetryPolicy.builder().maxRetries(2).delay(Duration.ZERO).build());

    assertThatExceptionOfType(RetryException.class)
        .isThrownBy(() -> stubborn.execute(() -> withOldPassword(exchange).send()));

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).stoppedAfterAuthFailure())
        .withMessageContaining("session 2 sent AUTH again for app@contoso.com, after 535 5.7.139");
  }

  @Test
  void a_refused_password_is_not_tried_again(
      @MockExchangeOnline(
              endpoint = CLIENT_SUBMISSION,
              accounts = @MailAccount(user = "app@contoso.com", password = "s3cret"))
          MockExchangeOnlineServer exchange) {
    assertThatExceptionOfType(RetryException.class)
        .isThrownBy(() -> retrying(() -> withOldPassword(exchange).send()));

    assertThat(exchange.awaitQuiet(QUIET)).stoppedAfterAuthFailure().hasSessions(1);
  }

  private static Email withOldPassword(MockExchangeOnlineServer exchange) throws EmailException {
    Email email = email(exchange).setStartTLSRequired(true);
    email.setAuthentication("app@contoso.com", "old");
    return trusting(exchange, email);
  }

  private static Email email(MockExchangeOnlineServer exchange) throws EmailException {
    Email email = new SimpleEmail();
    email.setHostName(exchange.host());
    email.setSmtpPort(exchange.port());
    email.setFrom("app@contoso.com");
    email.addTo("a@contoso.com");
    email.setSubject("hello");
    email.setMsg("body");
    return email;
  }

  /** Its setters have no effect on a session that is given, and its own session no trust. */
  private static Email trusting(MockExchangeOnlineServer exchange, Email email)
      throws EmailException {
    email.getMailSession().getProperties().putAll(exchange.jakartaMailProperties());
    email.getMailSession().getProperties().put("mail.smtp.localhost", "app.client.example");
    return email;
  }

  private static void retrying(Retryable<String> send) throws RetryException {
    RetryPolicy patient =
        RetryPolicy.builder()
            .maxRetries(2)
            .delay(ofMillis(40))
            .multiplier(1.5)
            .predicate(MailFailures::mayPass)
            .build();
    new RetryTemplate(patient).execute(send);
  }
}
