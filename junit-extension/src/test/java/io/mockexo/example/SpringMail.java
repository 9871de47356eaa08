package io.mockexo.example;

import io.mockexo.server.MockExchangeOnlineServer;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * What Spring Boot makes of its properties: a sender that requires TLS, or that does not use it.
 */
final class SpringMail {

  private SpringMail() {}

  static JavaMailSenderImpl sender(MockExchangeOnlineServer exchange) {
    JavaMailSenderImpl sender = senderWithoutTls(exchange);
    sender.getJavaMailProperties().put("mail.smtp.starttls.enable", "true");
    sender.getJavaMailProperties().put("mail.smtp.starttls.required", "true");
    return sender;
  }

  static JavaMailSenderImpl sender(
      MockExchangeOnlineServer exchange, String username, String password) {
    JavaMailSenderImpl sender = sender(exchange);
    sender.getJavaMailProperties().put("mail.smtp.auth", "true");
    sender.setUsername(username);
    sender.setPassword(password);
    return sender;
  }

  static JavaMailSenderImpl senderWithoutTls(MockExchangeOnlineServer exchange) {
    JavaMailSenderImpl sender = new JavaMailSenderImpl();
    sender.setJavaMailProperties(exchange.jakartaMailProperties());
    sender.getJavaMailProperties().put("mail.smtp.localhost", "app.client.example");
    return sender;
  }

  static MimeMessage message(JavaMailSender sender) {
    try {
      MimeMessage message = sender.createMimeMessage();
      message.setFrom("app@client.example");
      message.setRecipients(Message.RecipientType.TO, "a@contoso.com");
      message.setSubject("hello");
      message.setText("body");
      return message;
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }
}
