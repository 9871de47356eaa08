package io.mockexo.example;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThatExceptionOfType;
import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThatNoException;
import static io.mockexo.fault.Drop.RST;
import static io.mockexo.fault.Stage.END_OF_DATA;
import static java.time.Duration.ofMillis;

import io.mockexo.journal.MailTransaction;
import io.mockexo.junit.InjectFault;
import io.mockexo.junit.MockExchangeOnline;
import io.mockexo.server.MockExchangeOnlineServer;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.Properties;
import org.apache.commons.mail2.jakarta.Email;
import org.apache.commons.mail2.jakarta.SimpleEmail;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * Whether what is sent again after a lost reply is known as a copy: who sends keeps the Message-ID,
 * or makes a new one each time, and then no receiver can tell.
 */
@InjectFault(onConnection = 1, at = END_OF_DATA, drop = RST)
class MessageIdTest {

  @Test
  void jakarta_mail_makes_a_new_one_in_send(@MockExchangeOnline MockExchangeOnlineServer exchange)
      throws Exception {
    MimeMessage message = message(smtp(exchange));

    assertThat(sentTwice(exchange, () -> Transport.send(message))).doesNotHaveDuplicates();
  }

  @Test
  void jakarta_mail_keeps_it_in_send_message_once_changes_are_saved(
      @MockExchangeOnline MockExchangeOnlineServer exchange) throws Exception {
    Properties smtp = smtp(exchange);
    MimeMessage message = message(smtp);
    message.saveChanges();

    assertThat(
            sentTwice(
                exchange,
                () -> {
                  try (Transport transport = Session.getInstance(smtp).getTransport("smtp")) {
                    transport.connect();
                    transport.sendMessage(message, message.getAllRecipients());
                  }
                }))
        .containsOnly(message.getMessageID());
  }

  @Test
  void spring_keeps_it_of_a_mime_message(@MockExchangeOnline MockExchangeOnlineServer exchange)
      throws Exception {
    JavaMailSenderImpl sender = SpringMail.sender(exchange);
    MimeMessage message = SpringMail.message(sender);

    assertThat(sentTwice(exchange, () -> sender.send(message)))
        .containsOnly(message.getMessageID());
  }

  @Test
  void spring_makes_a_new_one_for_a_simple_message(
      @MockExchangeOnline MockExchangeOnlineServer exchange) {
    JavaMailSenderImpl sender = SpringMail.sender(exchange);
    SimpleMailMessage message = new SimpleMailMessage();
    message.setFrom("app@client.example");
    message.setTo("a@contoso.com");
    message.setText("body");

    assertThat(sentTwice(exchange, () -> sender.send(message))).doesNotHaveDuplicates();
  }

  @Test
  void commons_email_makes_a_new_one(@MockExchangeOnline MockExchangeOnlineServer exchange)
      throws Exception {
    Email email = new SimpleEmail();
    email.setMailSession(Session.getInstance(smtp(exchange)));
    email.setFrom("app@client.example");
    email.addTo("a@contoso.com");
    email.setMsg("body");
    email.buildMimeMessage();

    assertThat(sentTwice(exchange, email::sendMimeMessage)).doesNotHaveDuplicates();
  }

  /** The Message-IDs of the two copies that came. */
  private static List<String> sentTwice(MockExchangeOnlineServer exchange, ThrowingCallable send) {
    assertThatExceptionOfType(Exception.class).isThrownBy(send);
    assertThatNoException().isThrownBy(send);
    List<String> ids =
        exchange.awaitQuiet(ofMillis(100)).stream()
            .flatMap(session -> session.transactions().stream())
            .map(MailTransaction::messageId)
            .toList();
    assertThat(ids).hasSize(2).doesNotContainNull();
    return ids;
  }

  private static Properties smtp(MockExchangeOnlineServer exchange) {
    Properties smtp = exchange.jakartaMailProperties();
    smtp.put("mail.smtp.starttls.required", "true");
    smtp.put("mail.smtp.localhost", "app.client.example");
    return smtp;
  }

  private static MimeMessage message(Properties smtp) throws Exception {
    MimeMessage message = new MimeMessage(Session.getInstance(smtp));
    message.setFrom("app@client.example");
    message.setRecipients(MimeMessage.RecipientType.TO, "a@contoso.com");
    message.setText("body");
    return message;
  }
}
