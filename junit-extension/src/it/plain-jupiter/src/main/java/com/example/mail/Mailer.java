package com.example.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;

/**
 * Sends with TLS. What it does when that fails is a matter of policy: it may try again in the
 * clear, as many applications do, or with TLS, at most three times in all.
 */
public final class Mailer {

  private static final int ATTEMPTS = 3;

  private final Properties settings = new Properties();
  private final boolean requireTls;

  private Mailer(Properties settings, boolean requireTls) {
    this.settings.putAll(settings);
    this.settings.put("mail.smtp.localhost", "app.client.example");
    this.requireTls = requireTls;
  }

  public static Mailer opportunistic(Properties settings) {
    return new Mailer(settings, false);
  }

  public static Mailer requiringTls(Properties settings) {
    return new Mailer(settings, true);
  }

  public void send(String text) throws MessagingException {
    MimeMessage message = message(text);
    for (int attempt = 1; ; attempt++) {
      boolean withTls = requireTls || attempt == 1;
      try {
        sendOnce(message, withTls);
        return;
      } catch (MessagingException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private void sendOnce(MimeMessage message, boolean withTls) throws MessagingException {
    Properties properties = new Properties();
    properties.putAll(settings);
    properties.put("mail.smtp.starttls.enable", Boolean.toString(withTls));
    properties.put("mail.smtp.starttls.required", Boolean.toString(withTls));
    try (Transport transport = Session.getInstance(properties).getTransport("smtp")) {
      transport.connect();
      transport.sendMessage(message, message.getAllRecipients());
    }
  }

  private static MimeMessage message(String text) throws MessagingException {
    MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
    message.setFrom(new InternetAddress("app@client.example"));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress("alice@contoso.com"));
    message.setSubject("report");
    message.setText(text);
    message.saveChanges();
    return message;
  }
}
