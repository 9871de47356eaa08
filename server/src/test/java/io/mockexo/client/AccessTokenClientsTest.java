package io.mockexo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mockexo.exchange.AccessTokenSpec;
import io.mockexo.exchange.TokenFlaw;
import io.mockexo.journal.SmtpSession;
import io.mockexo.server.MockExchangeOnlineServer;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients of AUTH XOAUTH2 with tokens that the server hands out. */
class AccessTokenClientsTest {

  private static final AccessTokenSpec ALICES = AccessTokenSpec.forUser("alice@contoso.com");

  private final MockExchangeOnlineServer exchange =
      MockExchangeOnlineServer.clientSubmission().account("alice@contoso.com", "s3cret").start();

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    exchange.close();
  }

  @Test
  void jakarta_mail_sends_with_a_good_token() throws MessagingException {
    sendWithJakartaMail(exchange.accessToken("alice@contoso.com"));

    delivered(exchange.awaitSessions(1).only());
  }

  @ParameterizedTest
  @EnumSource
  void jakarta_mail_is_refused_with_a_bad_token(TokenFlaw flaw) {
    String token = exchange.accessToken(ALICES.withFlaw(flaw));

    assertThatExceptionOfType(AuthenticationFailedException.class)
        .isThrownBy(() -> sendWithJakartaMail(token))
        .withMessageContaining("535 5.7.3 Authentication unsuccessful [");
    refused(exchange.awaitSessions(1).only());
  }

  @Test
  void curl_sends_with_a_good_token_and_is_refused_with_a_bad_one() throws IOException {
    Tool.Run good = curl(exchange.accessToken("alice@contoso.com"));
    assertThat(good.exitCode()).as(good.output()).isZero();
    delivered(exchange.awaitSessions(1).only());

    Tool.Run bad = curl(exchange.accessToken(ALICES.withFlaw(TokenFlaw.EXPIRED)));
    assertThat(bad.exitCode()).as(bad.output()).isEqualTo(67); // login denied
    refused(exchange.awaitSessions(2).last());
  }

  private static void delivered(SmtpSession session) {
    assertThat(session.authenticatedAs()).hasValue("alice@contoso.com");
    assertThat(session.deliveredMessages()).hasSize(1);
    assertThat(session.transcript()).doesNotContain("eyJ");
  }

  private static void refused(SmtpSession session) {
    assertThat(session.authenticatedAs()).isEmpty();
    assertThat(session.summary())
        .contains("AUTH XOAUTH2 refused for alice@contoso.com: the access");
    assertThat(session.transcript())
        .contains("the access token is not good: ")
        .doesNotContain("eyJ");
  }

  private void sendWithJakartaMail(String token) throws MessagingException {
    Properties properties = exchange.jakartaMailProperties();
    properties.put("mail.smtp.starttls.enable", "true");
    properties.put("mail.smtp.auth", "true");
    properties.put("mail.smtp.auth.mechanisms", "XOAUTH2");
    MimeMessage message = new MimeMessage(Session.getInstance(properties));
    message.setFrom(new InternetAddress("alice@contoso.com"));
    message.setRecipient(MimeMessage.RecipientType.TO, new InternetAddress("bob@contoso.com"));
    message.setText("hello");
    Transport.send(message, "alice@contoso.com", token);
  }

  private Tool.Run curl(String token) throws IOException {
    Path ca = Files.writeString(folder.resolve("ca.pem"), exchange.caPem());
    return Tool.CURL.run(
        "Subject: hello\r\n\r\nhello\r\n",
        "--disable",
        "--silent",
        "--show-error",
        "--ssl-reqd",
        "--cacert",
        ca.toString(),
        "--max-time",
        "60",
        "--login-options",
        "AUTH=XOAUTH2",
        "--user",
        "alice@contoso.com:",
        "--oauth2-bearer",
        token,
        "--mail-from",
        "alice@contoso.com",
        "--mail-rcpt",
        "bob@contoso.com",
        "--upload-file",
        "-",
        "smtp://%s:%d/client.example".formatted(exchange.host(), exchange.port()));
  }
}
