package io.mockexo.assertj.example;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThatExceptionOfType;
import static io.mockexo.assertj.ExchangeOnlineAssertions.catchThrowable;
import static io.mockexo.fault.Drop.RST;
import static io.mockexo.fault.Fault.at;
import static io.mockexo.fault.Stage.BODY;
import static io.mockexo.fault.Stage.END_OF_DATA;
import static io.mockexo.fault.Stage.END_OF_DATA_REPLIED;
import static java.time.Duration.ofMillis;

import io.mockexo.assertj.SessionsAssert;
import io.mockexo.fault.Fault;
import io.mockexo.server.MockExchangeOnlineServer;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * {@code Transport.send} of Jakarta Mail makes a new Message-ID each time: how often a message was
 * tried cannot be told then.
 */
class TransportSendTest {

  private static final Fault RESET = at(END_OF_DATA).drop(RST);
  private static final Fault BUSY = at(END_OF_DATA).reply(451, "4.7.500", "Server busy");
  private static final Fault DENIED = at(END_OF_DATA).reply(550, "5.7.1", "Access denied");

  /** What a mailer sends at its n-th try. */
  private interface Mails {
    MimeMessage mail(Session session, int attempt) throws MessagingException;
  }

  private static MimeMessage hello(Session session) throws MessagingException {
    return addressed(new MimeMessage(session), "app@client.example");
  }

  private static MimeMessage addressed(MimeMessage message, String from) throws MessagingException {
    message.setFrom(new InternetAddress(from));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress("bob@contoso.com"));
    message.setSubject("hello");
    message.setText("hello, world");
    return message;
  }

  /** With a date and a boundary of its own each time. */
  private static MimeMessage madeAnew(Session session, int attempt) throws MessagingException {
    MimeMessage message = hello(session);
    message.setHeader("Date", "Mon, 2 Mar 2026 12:00:0%d +0000".formatted(attempt));
    MimeBodyPart text = new MimeBodyPart();
    text.setText("hello, world");
    message.setContent(new MimeMultipart(text));
    return message;
  }

  private static void sendTwice(Fault fault, Mails mails, Consumer<SessionsAssert> then)
      throws MessagingException {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx().onConnection(1, fault).start()) {
      Session session = Session.getInstance(exchange.jakartaMailProperties());
      MimeMessage first = mails.mail(session, 1);
      assertThatExceptionOfType(MessagingException.class).isThrownBy(() -> Transport.send(first));
      Transport.send(mails.mail(session, 2));

      then.accept(assertThat(exchange.awaitQuiet(ofMillis(100))));
    }
  }

  private static void ambiguous(Consumer<SessionsAssert> assertion, SessionsAssert sessions) {
    assertThat(catchThrowable(() -> assertion.accept(sessions)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("that is ambiguous: session 2 came after ")
        .hasMessageContaining(" text and another Message-ID\n")
        .hasMessageContaining("message.saveChanges(); // once\n");
  }

  private static Mails sameEachTime() {
    MimeMessage[] kept = {null};
    return (session, attempt) -> {
      kept[0] = attempt == 1 ? hello(session) : kept[0];
      return kept[0];
    };
  }

  @Test
  void a_mailer_that_sends_again_what_was_perhaps_delivered_does_not_pass() throws Exception {
    sendTwice(RESET, sameEachTime(), sent -> ambiguous(SessionsAssert::deliveredOnce, sent));
    sendTwice(
        RESET, TransportSendTest::madeAnew, sent -> ambiguous(SessionsAssert::deliveredOnce, sent));
    sendTwice(
        at(BODY, 100).drop(RST),
        sameEachTime(),
        sent -> ambiguous(SessionsAssert::deliveredOnce, sent));
  }

  /** The reset may destroy the reply on its way or come after it: nobody can rely on either. */
  @Test
  void a_mailer_that_may_not_have_heard_of_its_delivery_does_not_pass() throws Exception {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx().onConnection(1, at(END_OF_DATA_REPLIED).drop(RST)).start()) {
      Session session = Session.getInstance(exchange.jakartaMailProperties());
      Throwable first = catchThrowable(() -> Transport.send(hello(session)));
      assertThat(first == null || first instanceof MessagingException).isTrue();
      Transport.send(hello(session));

      ambiguous(SessionsAssert::deliveredOnce, assertThat(exchange.awaitQuiet(ofMillis(100))));
    }
  }

  @Test
  void a_mailer_that_sends_again_what_was_refused_for_good_does_not_pass() throws Exception {
    sendTwice(
        DENIED,
        sameEachTime(),
        sent -> ambiguous(SessionsAssert::stoppedAfterPermanentFailure, sent));
  }

  @Test
  void a_mailer_that_tries_again_does_not_pass_for_one_that_does_not() throws Exception {
    sendTwice(BUSY, sameEachTime(), sent -> ambiguous(it -> it.retriedTimes(0), sent));
    sendTwice(
        BUSY,
        sameEachTime(),
        sent -> ambiguous(SessionsAssert::keptTryingAfterTransientFailure, sent));
  }

  @Test
  void a_message_that_keeps_its_message_id_is_one() throws Exception {
    Mails keeping =
        (session, attempt) -> {
          MimeMessage message =
              new MimeMessage(session) {
                @Override
                protected void updateMessageID() throws MessagingException {
                  setHeader("Message-ID", "<1@client.example>");
                }
              };
          return addressed(message, "app@client.example");
        };

    sendTwice(
        BUSY,
        keeping,
        sent -> sent.deliveredOnce().retriedTimes(1).keptTryingAfterTransientFailure());
  }

  @Test
  void what_another_sends_is_another_message() throws Exception {
    sendTwice(
        DENIED,
        (session, attempt) ->
            addressed(new MimeMessage(session), "app" + attempt + "@client.example"),
        sent -> sent.stoppedAfterPermanentFailure().retriedTimes(0));
  }
}
