package io.mockexo.assertj.example;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThatExceptionOfType;
import static io.mockexo.fault.Drop.RST;
import static io.mockexo.fault.Fault.at;
import static io.mockexo.fault.Stage.CLIENT_HELLO;
import static io.mockexo.fault.Stage.END_OF_DATA;
import static io.mockexo.fault.Stage.MAIL;
import static io.mockexo.tls.TlsVersion.TLS_1_2;
import static io.mockexo.tls.TlsVersion.TLS_1_3;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;

import io.mockexo.assertj.ExchangeOnlineSoftAssertions;
import io.mockexo.journal.Sessions;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.tls.TestAuthority;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The assertions on what a real client did, from a package of the user's own. */
class EndToEndTest {

  private static final String CARELESS = "starttls.enable=false";
  private static final String OPPORTUNISTIC = "starttls.enable=true";
  private static final String STRICT = "starttls.required=true";

  /** Sends the same message whenever it is asked to: its Message-ID stays. */
  private static final class Mailer {
    private final MimeMessage message;

    Mailer() throws MessagingException {
      message = new MimeMessage(Session.getInstance(new Properties()));
      message.setFrom(new InternetAddress("app@client.example"));
      message.setRecipient(Message.RecipientType.TO, new InternetAddress("bob@contoso.com"));
      message.setSubject("hello");
      message.setText("hello, world");
      message.saveChanges();
    }

    void send(MockExchangeOnlineServer exchange, String... settings) throws MessagingException {
      Properties properties = exchange.jakartaMailProperties();
      for (String setting : settings) {
        String[] keyAndValue = setting.split("=", 2);
        properties.put("mail.smtp." + keyAndValue[0], keyAndValue[1]);
      }
      try (Transport transport = Session.getInstance(properties).getTransport("smtp")) {
        transport.connect(
            properties.getProperty("mail.smtp.user"), properties.getProperty("mail.smtp.password"));
        transport.sendMessage(message, message.getAllRecipients());
      }
    }

    void fail(MockExchangeOnlineServer exchange, String... settings) {
      assertThatExceptionOfType(MessagingException.class)
          .isThrownBy(() -> send(exchange, settings));
    }
  }

  @Test
  void a_mailer_that_falls_back() throws MessagingException {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx().minimumTls(TLS_1_3).start()) {
      Mailer mailer = new Mailer();
      mailer.fail(exchange, OPPORTUNISTIC, "ssl.protocols=TLSv1.2");
      mailer.send(exchange, CARELESS);

      Sessions sessions = exchange.awaitQuiet(ofMillis(100));
      assertThat(sessions)
          .fellBackToCleartext()
          .usedNewConnectionForFallback()
          .alwaysTriedTls()
          .waitedBetween(ZERO, ofMinutes(1))
          .deliveredOnce()
          .satisfiesInOrder(
              first ->
                  assertThat(first)
                      .offeredTlsUpTo(TLS_1_2)
                      .failedTls()
                      .wasClosedByServer()
                      .deliveredNothing(),
              second ->
                  assertThat(second)
                      .stayedInCleartext()
                      .sentInOrder("EHLO", "MAIL", "RCPT", "DATA", "QUIT")
                      .deliveredMessage(
                          mail ->
                              mail.hasReversePath("app@client.example")
                                  .hasRecipients("bob@contoso.com")
                                  .hasSubject("hello")
                                  .hasBody("hello, world")
                                  .wasSentInCleartext()));
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> assertThat(sessions).neverFellBackToCleartext())
          .withMessageStartingWith(
              """
              Expecting the client
                never to fall back to cleartext
              but session 2 fell back to cleartext after session 1 (refused: offered TLS 1.2, closed with FIN)

              session 1 (MX) from 127.0.0.1:""");
    }
  }

  @Test
  void a_mailer_that_requires_tls_and_retries() throws MessagingException {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx().onConnection(1, at(CLIENT_HELLO).drop(RST)).start()) {
      Mailer mailer = new Mailer();
      mailer.fail(exchange, OPPORTUNISTIC, STRICT);
      mailer.send(exchange, OPPORTUNISTIC, STRICT);

      Sessions sessions = exchange.awaitQuiet(ofMillis(100));
      assertThat(sessions)
          .retriedAfterTlsFailure()
          .retriedTimes(1)
          .keptTryingAfterTransientFailure()
          .neverFellBackToCleartext()
          .neverLoweredTlsVersion()
          .allDeliveriesUsedTls()
          .deliveredExactly(1);
      assertThat(sessions.first()).hitFaultAt(CLIENT_HELLO).wasReset();
      assertThat(sessions.last()).usedTlsAtLeast(TLS_1_2).neverSentInCleartext("MAIL");
    }
  }

  @Test
  void a_message_whose_reply_was_lost_comes_twice() throws MessagingException {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx().onConnection(1, at(END_OF_DATA).drop(RST)).start()) {
      Mailer mailer = new Mailer();
      mailer.fail(exchange, OPPORTUNISTIC);
      mailer.send(exchange, OPPORTUNISTIC);

      Sessions sessions = exchange.awaitQuiet(ofMillis(100));
      assertThat(sessions).deliveredExactly(1);
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> assertThat(sessions).deliveredOnce())
          .withMessageContaining(
              "but 2 copies came for <bob@contoso.com>: sessions 1 and 2, not acknowledged in session 1");
    }
  }

  @Test
  void a_mailer_that_gives_up_after_a_permanent_failure() throws MessagingException {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx()
            .onConnection(1, at(MAIL).reply(550, "5.7.1", "Service unavailable"))
            .start()) {
      new Mailer().fail(exchange, OPPORTUNISTIC);

      Sessions sessions = exchange.awaitQuiet(ofMillis(200));
      ExchangeOnlineSoftAssertions.assertSoftly(
          softly -> {
            softly
                .assertThat(sessions)
                .stoppedAfterPermanentFailure()
                .gaveUpAfter(ofMillis(200))
                .deliveredNothing();
            softly.assertThat(sessions.only()).usedTls().gotReply(550, "5.7.1").sent("MAIL");
          });
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> assertThat(sessions).gaveUpAfter(ofMinutes(5)))
          .withMessageContaining("exchange.awaitQuiet(ofSeconds(300));");
    }
  }

  @Test
  void a_mailer_with_a_wrong_password() throws MessagingException {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.clientSubmission()
            .account("app@client.example", "right")
            .start()) {
      String[] settings = {OPPORTUNISTIC, "auth=true", "user=app@client.example", "password=wrong"};
      Mailer mailer = new Mailer();
      mailer.fail(exchange, settings);
      assertThat(exchange.awaitQuiet(ofMillis(100)))
          .stoppedAfterAuthFailure()
          .neverSentCredentialsInCleartext();

      mailer.fail(exchange, settings);
      Sessions sessions = exchange.awaitQuiet(ofMillis(100));
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> assertThat(sessions).stoppedAfterAuthFailure())
          .withMessageContaining(
              "but session 2 sent AUTH again for app@client.example, after 535 5.7.139 ");
    }
  }

  @Test
  void a_mailer_that_moves_to_another_host() throws MessagingException {
    try (MockExchangeOnlineServer first =
            MockExchangeOnlineServer.mx()
                .onEveryConnection(at(MAIL).reply(451, "4.7.500", "Server busy"))
                .start();
        MockExchangeOnlineServer second = MockExchangeOnlineServer.mx().start()) {
      Mailer mailer = new Mailer();
      mailer.fail(first, OPPORTUNISTIC);
      mailer.send(second, OPPORTUNISTIC);

      Sessions sessions =
          Sessions.merge(first.awaitQuiet(ofMillis(100)), second.awaitQuiet(ofMillis(100)));
      assertThat(sessions).switchedHost().keptTryingAfterTransientFailure().deliveredOnce();
    }
  }

  @Test
  void a_mailer_that_does_not_trust_the_server() throws MessagingException {
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start();
        MockExchangeOnlineServer other =
            MockExchangeOnlineServer.mx().authority(TestAuthority.create()).start()) {
      Properties trustingTheOther = other.jakartaMailProperties();
      Properties properties = exchange.jakartaMailProperties();
      properties.put(
          "mail.smtp.ssl.socketFactory", trustingTheOther.get("mail.smtp.ssl.socketFactory"));
      properties.put("mail.smtp.starttls.enable", "true");
      assertThatExceptionOfType(MessagingException.class)
          .isThrownBy(
              () -> {
                try (Transport transport = Session.getInstance(properties).getTransport("smtp")) {
                  transport.connect();
                }
              });

      assertThat(exchange.awaitSessions(1).only()).rejectedCertificate().neverSentMailInCleartext();
    }
  }
}
