package io.mockexo.example;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThatExceptionOfType;
import static io.mockexo.fault.Stage.EHLO;
import static io.mockexo.fault.Stage.STARTTLS;
import static io.mockexo.tls.TlsVersion.TLS_1_2;
import static io.mockexo.tls.TlsVersion.TLS_1_3;
import static java.time.Duration.ofMillis;

import io.mockexo.journal.Sessions;
import io.mockexo.junit.InjectFault;
import io.mockexo.junit.MockExchangeOnline;
import io.mockexo.server.MockExchangeOnlineServer;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What Jakarta Mail does by itself: it makes one connection, and without {@code starttls.required}
 * it does without TLS where STARTTLS is not on offer.
 */
class JakartaMailTest {

  private static final Duration QUIET = ofMillis(100);

  private static final String WITHOUT_STARTTLS =
      "250-mail.protection.outlook.com Hello\n250-SIZE 157286400\n250 8BITMIME";

  private static final String AUTH_WITHOUT_STARTTLS =
      "250-mail.protection.outlook.com Hello\n250-XXXXXXXA\n250 AUTH PLAIN";

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void after_a_failed_handshake_it_opens_no_second_connection(
      String required, @MockExchangeOnline(minimumTls = TLS_1_3) MockExchangeOnlineServer exchange)
      throws MessagingException {
    Properties smtp = withStartTls(exchange, required);
    smtp.put("mail.smtp.ssl.protocols", "TLSv1.2");

    assertThatExceptionOfType(MessagingException.class)
        .isThrownBy(() -> send(smtp))
        .withMessage("Could not convert socket to TLS");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions)
        .hasSessions(1)
        .retriedTimes(0)
        .alwaysTriedTls()
        .neverFellBackToCleartext()
        .deliveredNothing();
    assertThat(sessions.only()).offeredTlsUpTo(TLS_1_2).failedTls().wasClosedByServer();
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).retriedAfterTlsFailure())
        .withMessageContaining("it did not come again after TLS had failed in session 1");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).fellBackToCleartext())
        .withMessageContaining("no session sent mail in cleartext");
  }

  /** So whoever sees two connections sees the application, as here. */
  @Test
  void the_second_connection_is_of_an_application_that_tries_again_without_tls(
      @MockExchangeOnline(minimumTls = TLS_1_3) MockExchangeOnlineServer exchange)
      throws MessagingException {
    Properties smtp = withStartTls(exchange, "false");
    smtp.put("mail.smtp.ssl.protocols", "TLSv1.2");

    try {
      send(smtp);
    } catch (MessagingException noTls) {
      smtp.put("mail.smtp.starttls.enable", "false");
      send(smtp);
    }

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions).hasSessions(2).fellBackToCleartext().usedNewConnectionForFallback();
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).hasSessions(1))
        .withMessageContaining("there were 2 sessions");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).neverFellBackToCleartext())
        .withMessageContaining(
            "session 2 fell back to cleartext after session 1 (refused: offered TLS 1.2, closed with"
                + " FIN)");
  }

  /** Not even on the connection that it has. */
  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  @InjectFault(
      onConnection = 1,
      at = STARTTLS,
      reply = "454 4.7.0 TLS not available due to temporary reason")
  void after_a_refused_starttls_it_gives_up(
      String required, @MockExchangeOnline MockExchangeOnlineServer exchange) {
    assertThatExceptionOfType(MessagingException.class)
        .isThrownBy(() -> send(withStartTls(exchange, required)))
        .withMessageContaining("454 4.7.0");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions).hasSessions(1).neverFellBackToCleartext().deliveredNothing();
    assertThat(sessions.only()).gotReply(454, "4.7.0").wasClosedByClient();
  }

  @Test
  @InjectFault(onConnection = 1, at = EHLO, reply = WITHOUT_STARTTLS)
  void enabled_and_not_required_it_delivers_in_cleartext_where_starttls_is_not_on_offer(
      @MockExchangeOnline MockExchangeOnlineServer exchange) throws MessagingException {
    send(withStartTls(exchange, "false"));

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions).hasSessions(1).sentInCleartextWithoutOffer().deliveredExactly(1);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).neverSentMailInCleartext())
        .withMessageContaining("session 1 sent mail in cleartext, since STARTTLS was not on offer");
  }

  @Test
  @InjectFault(onConnection = 1, at = EHLO, reply = WITHOUT_STARTTLS)
  void required_it_sends_nothing_there(@MockExchangeOnline MockExchangeOnlineServer exchange) {
    assertThatExceptionOfType(MessagingException.class)
        .isThrownBy(() -> send(withStartTls(exchange, "true")))
        .withMessage("STARTTLS is required but host does not support STARTTLS");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions)
        .hasSessions(1)
        .neverSentMailInCleartext()
        .neverFellBackToCleartext()
        .deliveredNothing();
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).sentInCleartextWithoutOffer())
        .withMessageContaining("no session sent mail in cleartext");
  }

  /** A blocked client is not offered STARTTLS, and told so only when it sends mail in cleartext. */
  @Test
  void blocked_it_is_told_why_only_if_tls_is_not_required(
      @MockExchangeOnline(blockClients = "127.0.0.0/8") MockExchangeOnlineServer optional,
      @MockExchangeOnline(blockClients = "127.0.0.0/8") MockExchangeOnlineServer required) {
    assertThatExceptionOfType(MessagingException.class)
        .isThrownBy(() -> send(withStartTls(optional, "false")))
        .havingCause()
        .withMessageContaining("5.7.606");
    assertThatExceptionOfType(MessagingException.class)
        .isThrownBy(() -> send(withStartTls(required, "true")))
        .withMessageContaining("STARTTLS is required");

    Sessions told = optional.awaitQuiet(QUIET);
    assertThat(told).sentInCleartextWithoutOffer().deliveredNothing();
    assertThat(told.only()).gotReply(550, "5.7.606");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(told).neverSentMailInCleartext())
        .withMessageContaining(
            "session 1 sent MAIL in cleartext, since STARTTLS was not on offer, and was refused with 550 5.7.606");
    assertThat(required.awaitQuiet(QUIET)).neverSentMailInCleartext().deliveredNothing();
  }

  /** Its default: no STARTTLS, whoever offers it. */
  @Test
  void without_a_word_on_starttls_it_never_tries_tls(
      @MockExchangeOnline MockExchangeOnlineServer exchange) throws MessagingException {
    send(smtp(exchange));

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions).neverTriedTls().deliveredExactly(1);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).alwaysTriedTls())
        .withMessageContaining("session 1 sent mail in cleartext and never tried TLS");
  }

  /** Where STARTTLS is masked and AUTH is not, the password goes the way of the mail. */
  @Test
  @InjectFault(onConnection = 1, at = EHLO, reply = AUTH_WITHOUT_STARTTLS)
  void enabled_and_not_required_it_sends_the_password_in_cleartext(
      @MockExchangeOnline MockExchangeOnlineServer exchange) {
    assertThatExceptionOfType(MessagingException.class)
        .isThrownBy(() -> sendLoggedIn(withStartTls(exchange, "false")));

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).neverSentCredentialsInCleartext())
        .withMessageContaining("session 1 did");
  }

  @Test
  @InjectFault(onConnection = 1, at = EHLO, reply = AUTH_WITHOUT_STARTTLS)
  void required_it_keeps_the_password(@MockExchangeOnline MockExchangeOnlineServer exchange) {
    assertThatExceptionOfType(MessagingException.class)
        .isThrownBy(() -> sendLoggedIn(withStartTls(exchange, "true")));

    assertThat(exchange.awaitQuiet(QUIET)).neverSentCredentialsInCleartext().deliveredNothing();
  }

  private static Properties withStartTls(MockExchangeOnlineServer exchange, String required) {
    Properties smtp = smtp(exchange);
    smtp.put("mail.smtp.starttls.enable", "true");
    smtp.put("mail.smtp.starttls.required", required);
    return smtp;
  }

  private static Properties smtp(MockExchangeOnlineServer exchange) {
    Properties smtp = exchange.jakartaMailProperties();
    smtp.put("mail.smtp.localhost", "app.client.example");
    return smtp;
  }

  private static void send(Properties smtp) throws MessagingException {
    Transport.send(message(smtp));
  }

  private static void sendLoggedIn(Properties smtp) throws MessagingException {
    Transport.send(message(smtp), "app@contoso.com", "s3cret");
  }

  private static MimeMessage message(Properties smtp) throws MessagingException {
    MimeMessage message = new MimeMessage(Session.getInstance(smtp));
    message.setFrom("app@client.example");
    message.setRecipients(Message.RecipientType.TO, "a@contoso.com");
    message.setSubject("hello");
    message.setText("body");
    return message;
  }
}
