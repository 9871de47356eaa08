package io.mockexo.client;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mockexo.exchange.Account;
import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import io.mockexo.server.MockExchange;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.tls.TlsVersion;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class JakartaMailTest {

  private static void send(MockExchange exchange, String... settings) throws MessagingException {
    Properties properties = exchange.jakartaMailProperties();
    for (String setting : settings) {
      String[] keyAndValue = setting.split("=", 2);
      properties.put("mail.smtp." + keyAndValue[0], keyAndValue[1]);
    }
    MimeMessage message = new MimeMessage(Session.getInstance(properties));
    message.setFrom(new InternetAddress("app@client.example"));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress("alice@contoso.com"));
    message.setSubject("hello");
    message.setText("hello\n.\nworld\n");
    Transport.send(
        message,
        properties.getProperty("mail.smtp.user"),
        properties.getProperty("mail.smtp.password"));
  }

  @Test
  void opportunistic_tls_is_used_when_it_is_on_offer() throws MessagingException {
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start()) {
      send(exchange, "starttls.enable=true");

      SmtpSession session = exchange.awaitSessions(1).only();
      assertThat(session.tls())
          .hasValueSatisfying(
              tls -> {
                assertThat(tls.version()).isEqualTo(TlsVersion.TLS_1_3);
                assertThat(tls.group()).hasToString("secp384r1");
              });
      MailTransaction message = session.deliveredMessages().get(0);
      assertThat(message.insideTls()).isTrue();
      assertThat(message.reversePath()).isEqualTo("app@client.example");
      assertThat(message.acceptedRecipients()).containsExactly("alice@contoso.com");
      assertThat(message.content().toByteArray())
          .asString()
          .startsWith("Date: ")
          .endsWith("\r\n\r\nhello\r\n.\r\nworld\r\n");
    }
  }

  @Test
  void opportunistic_tls_gives_way_to_cleartext_when_it_is_not_on_offer()
      throws MessagingException {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx().blockClients("10.0.0.0/8").start()) {
      exchange.updateProfile(profile -> profile.blockClients("127.0.0.1"));

      assertThatExceptionOfType(MessagingException.class)
          .isThrownBy(() -> send(exchange, "starttls.enable=true"))
          .withMessageContaining("Invalid Addresses")
          .havingRootCause()
          .withMessageContaining("550 5.7.606 Access denied, banned sending IP [127.0.0.1]");

      SmtpSession session = exchange.awaitSessions(1).only();
      assertThat(session.startTlsOffered()).isFalse();
      assertThat(session.sentMailInCleartext()).isTrue();
    }
  }

  @Test
  void required_tls_fails_when_it_is_not_on_offer_and_sends_no_mail() {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx().blockClients("127.0.0.0/8").start()) {
      assertThatExceptionOfType(MessagingException.class)
          .isThrownBy(() -> send(exchange, "starttls.enable=true", "starttls.required=true"))
          .withMessageContaining("STARTTLS is required");

      assertThat(exchange.awaitSessions(1).only().sentMailInCleartext()).isFalse();
    }
  }

  @Test
  void a_floor_above_the_client_ends_its_handshake_and_it_never_comes_back() {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx().minimumTls(TlsVersion.TLS_1_3).start()) {
      assertThatExceptionOfType(MessagingException.class)
          .isThrownBy(() -> send(exchange, "starttls.enable=true", "ssl.protocols=TLSv1.2"))
          .withMessageContaining("Could not convert socket to TLS");

      Sessions sessions = exchange.awaitQuiet(ofMillis(200));
      assertThat(sessions.only().summary()).isEqualTo("refused: offered TLS 1.2, closed with FIN");
    }
  }

  @Test
  void auth_login_inside_tls_submits_the_message() throws MessagingException {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.clientSubmission()
            .account("app@client.example", "s3cret")
            .start()) {
      send(
          exchange,
          "starttls.enable=true",
          "starttls.required=true",
          "auth=true",
          "user=app@client.example",
          "password=s3cret");

      SmtpSession session = exchange.awaitSessions(1).only();
      assertThat(session.authenticatedAs()).hasValue("app@client.example");
      assertThat(session.deliveredMessages()).hasSize(1);
      assertThat(session.transcript()).doesNotContain("s3cret").doesNotContain("czNjcmV0");
    }
  }

  @Test
  void a_token_submits_the_message_and_a_wrong_one_is_refused_without_a_challenge()
      throws MessagingException {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.clientSubmission()
            .profile(p -> p.account(new Account("app@client.example", null, "eyJ0.token")))
            .start()) {
      String[] settings = {
        "starttls.enable=true",
        "auth=true",
        "auth.mechanisms=XOAUTH2",
        "user=app@client.example",
        "password=eyJ0.token"
      };
      send(exchange, settings);
      SmtpSession session = exchange.awaitSessions(1).only();
      assertThat(session.authenticatedAs()).hasValue("app@client.example");
      assertThat(session.deliveredMessages()).hasSize(1);
      assertThat(session.transcript()).doesNotContain("eyJ0");

      settings[4] = "password=expired";
      assertThatExceptionOfType(AuthenticationFailedException.class)
          .isThrownBy(() -> send(exchange, settings))
          .withMessageContaining("535 5.7.3 Authentication unsuccessful [");
    }
  }

  @Test
  void a_wrong_password_is_told_in_the_words_of_exchange_online() {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.clientSubmission()
            .account("app@client.example", "s3cret")
            .start()) {
      assertThatExceptionOfType(AuthenticationFailedException.class)
          .isThrownBy(
              () ->
                  send(
                      exchange,
                      "starttls.enable=true",
                      "auth=true",
                      "user=app@client.example",
                      "password=wrong"))
          .withMessageContaining(
              "535 5.7.139 Authentication unsuccessful, the user credentials were incorrect. [");
    }
  }

  @Test
  void client_submission_takes_no_mail_in_cleartext() {
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.clientSubmission().start()) {
      assertThatExceptionOfType(MessagingException.class)
          .isThrownBy(() -> send(exchange))
          .withMessageContaining("451 5.7.3 STARTTLS is required to send mail [");
    }
  }
}
