package io.mockexo.client.matrix;

import io.mockexo.server.MockExchange;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.util.Properties;

/** Jakarta Mail (Angus) with {@code starttls.enable}, and with {@code starttls.required} too. */
final class JakartaMail extends OneShot {

  @Override
  String send(Cell cell, MockExchange exchange, Path ca) {
    Properties properties = exchange.jakartaMailProperties();
    properties.put("mail.smtp.starttls.enable", "true");
    properties.put("mail.smtp.starttls.required", cell.mode() == Mode.REQUIRED);
    if (cell.isOld()) {
      properties.put("mail.smtp.ssl.protocols", "TLSv1.2");
    }
    properties.put("mail.smtp.timeout", Integer.toString(patience(cell) * 1000));
    properties.put("mail.smtp.localhost", "sender.example");
    try {
      MimeMessage message = new MimeMessage(Session.getInstance(properties));
      message.setFrom(new InternetAddress("app@sender.example"));
      message.setRecipient(Message.RecipientType.TO, new InternetAddress(cell.recipient()));
      message.setText("hello");
      Transport.send(message);
      return "no error";
    } catch (MessagingException e) {
      return Plain.text(words(e));
    }
  }

  /** What it says, and the root of it, which is often what the JDK says. */
  private static String words(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root == error ? oneLine(error) : oneLine(error) + "; " + oneLine(root);
  }

  private static String oneLine(Throwable error) {
    String message = error.getMessage() == null ? "" : ": " + error.getMessage();
    return error.getClass().getSimpleName() + message.replaceAll("\\s+", " ").stripTrailing();
  }
}
