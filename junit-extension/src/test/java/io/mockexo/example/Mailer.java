package io.mockexo.example;

import java.util.Properties;

/** The mailer of the README's example, which is the application's own. */
final class Mailer {

  private final Properties smtp;
  private QueuedMailer.Manners manners = QueuedMailer.Manners.sound();

  Mailer(Properties smtp) {
    this.smtp = smtp;
  }

  /** From now on a message goes out in cleartext where TLS fails. */
  Mailer fallingBack() {
    manners = QueuedMailer.Manners.unsound();
    return this;
  }

  /** Sends a message inside TLS only, if not told otherwise; three tries in all. */
  void send(String subject) throws Exception {
    new QueuedMailer(smtp, manners).send(subject, "alice@contoso.com");
  }
}
