package io.mockexo.benchmark;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;

/** The same delivery for all: one message of 1 kB by Jakarta Mail. */
final class Mail {

  private static final String BODY = "0123456789abcde\n".repeat(64);

  private Mail() {}

  static Properties to(String host, int port) {
    Properties properties = new Properties();
    properties.put("mail.smtp.host", host);
    properties.put("mail.smtp.port", Integer.toString(port));
    return properties;
  }

  static void send(Properties properties) {
    properties.put("mail.smtp.localhost", "client.example");
    MimeMessage message = new MimeMessage(Session.getInstance(properties));
    try {
      message.setFrom(new InternetAddress("a@client.example"));
      message.setRecipient(Message.RecipientType.TO, new InternetAddress("b@contoso.com"));
      message.setSubject("benchmark");
      message.setText(BODY);
      Transport.send(message);
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }
}
