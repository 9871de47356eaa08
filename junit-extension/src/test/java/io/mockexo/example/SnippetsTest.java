package io.mockexo.example;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThatExceptionOfType;
import static io.mockexo.exchange.Endpoint.CLIENT_SUBMISSION;
import static io.mockexo.fault.Drop.RST;
import static io.mockexo.fault.Stage.END_OF_DATA;
import static java.time.Duration.ofSeconds;

import io.mockexo.exchange.AccessTokenSpec;
import io.mockexo.exchange.TokenFlaw;
import io.mockexo.journal.Sessions;
import io.mockexo.junit.InjectFault;
import io.mockexo.junit.MailAccount;
import io.mockexo.junit.MockExchangeOnline;
import io.mockexo.scenario.Scenarios;
import io.mockexo.server.MockExchangeOnlineServer;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** What the README shows in a few lines each: what is marked here stands there word for word. */
class SnippetsTest {

  @Test
  @InjectFault(onConnection = 1, at = END_OF_DATA, drop = RST)
  void a_lost_reply_makes_two_copies(@MockExchangeOnline MockExchangeOnlineServer exchange)
      throws Exception {
    new QueuedMailer(exchange.jakartaMailProperties(), QueuedMailer.Manners.sound())
        .send("hello", "bob@contoso.com");

    // In the README:
    Sessions sessions = exchange.awaitQuiet(ofSeconds(1));
    assertThat(sessions.attempts().messages().get(0).copies("bob@contoso.com")).isEqualTo(2);

    assertThat(sessions).deliveredExactly(1);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).deliveredOnce());
  }

  @Test
  void a_scenario(@MockExchangeOnline MockExchangeOnlineServer exchange) throws Exception {
    // In the README:
    exchange.apply(Scenarios.named("throttled"));
    new Mailer(exchange.jakartaMailProperties()).send("hello");
    assertThat(exchange.awaitQuiet(ofSeconds(1))).keptTryingAfterTransientFailure().retriedTimes(2);

    assertThat(exchange.sessions().last()).deliveredMessage();
  }

  @Test
  void access_tokens(
      @MockExchangeOnline(
              endpoint = CLIENT_SUBMISSION,
              accounts = @MailAccount(user = "alice@contoso.com", password = "s3cret"))
          MockExchangeOnlineServer exchange)
      throws Exception {
    // In the README:
    Properties smtp = exchange.jakartaMailProperties();
    smtp.put("mail.smtp.auth.mechanisms", "XOAUTH2");
    String good = exchange.accessToken("alice@contoso.com"); // a password, for an hour
    AccessTokenSpec alices = AccessTokenSpec.forUser("alice@contoso.com");
    String expired = exchange.accessToken(alices.withFlaw(TokenFlaw.EXPIRED));

    smtp.put("mail.smtp.starttls.required", "true");
    try (Transport transport = Session.getInstance(smtp).getTransport("smtp")) {
      assertThatExceptionOfType(AuthenticationFailedException.class)
          .isThrownBy(() -> transport.connect("alice@contoso.com", expired));
      transport.connect("alice@contoso.com", good);
    }
    assertThat(exchange.awaitSessions(2).last().authenticatedAs()).hasValue("alice@contoso.com");
  }

  @Test
  void spring_without_boot(@MockExchangeOnline MockExchangeOnlineServer exchange) {
    // In the README:
    JavaMailSenderImpl sender = new JavaMailSenderImpl();
    sender.setHost(exchange.host());
    sender.setPort(exchange.port());
    Properties smtp = exchange.jakartaMailProperties();
    smtp.put("mail.smtp.starttls.enable", "true");
    smtp.put("mail.smtp.starttls.required", "true");
    sender.setJavaMailProperties(smtp);

    sender.send(SpringMail.message(sender));
    assertThat(exchange.awaitSessions(1).only()).usedTls().deliveredMessage();
  }
}
