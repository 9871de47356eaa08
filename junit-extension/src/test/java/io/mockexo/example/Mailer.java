package io.mockexo.example;

import java.util.Properties;

/** The mailer of the README's example, which is the application's own. */
final class Mailer {

  private final Properties smtp;

  Mailer(Properties smtp) {
    this.smtp = smtp;
  }

  /** Sends a message inside TLS only; what fails is tried three times in all. */
  void send(String subject) throws Exception {
    new QueuedMailer(smtp, QueuedMailer.Manners.sound()).send(subject, "alice@contoso.com");
  }
}
