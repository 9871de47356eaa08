package io.mockexo.internal.smtp;

import org.jspecify.annotations.Nullable;

/** What becomes of a dialogue when a fault refuses a command before it is carried out. */
final class Refusals {

  private Refusals() {}

  static Step of(
      SmtpCommand command,
      SmtpReply reply,
      MailFlow mail,
      boolean insideTls,
      @Nullable String user) {
    if (command instanceof SmtpCommand.Mail mailFrom && !mail.isOpen()) {
      return mail.refused(mailFrom, insideTls, user, reply);
    } else if (command instanceof SmtpCommand.Rcpt rcpt) {
      return mail.refuse(rcpt, reply);
    } else if (command instanceof SmtpCommand.Data) {
      return mail.refuse(reply);
    } else if (command instanceof SmtpCommand.Auth authCommand) {
      return AuthFlow.refusedAtOnce(authCommand, reply);
    } else if (command instanceof SmtpCommand.Quit) {
      return Step.answer(reply).thenClosing().ending(mail.abandon());
    }
    return Step.answer(reply);
  }
}
