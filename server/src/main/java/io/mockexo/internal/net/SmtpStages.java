package io.mockexo.internal.net;

import io.mockexo.fault.Stage;
import io.mockexo.internal.smtp.SmtpCommand;
import org.jspecify.annotations.Nullable;

/** To which stage a command brings a connection. */
final class SmtpStages {

  private SmtpStages() {}

  /** Null if there is none. BDAT has its stage when its octets have come. */
  static @Nullable Stage of(SmtpCommand command, boolean insideTls) {
    if (command instanceof SmtpCommand.Ehlo || command instanceof SmtpCommand.Helo) {
      return insideTls ? Stage.EHLO_AFTER_TLS : Stage.EHLO;
    } else if (command instanceof SmtpCommand.StartTls) {
      return Stage.STARTTLS;
    } else if (command instanceof SmtpCommand.Auth) {
      return Stage.AUTH;
    } else if (command instanceof SmtpCommand.Mail) {
      return Stage.MAIL;
    } else if (command instanceof SmtpCommand.Rcpt) {
      return Stage.RCPT;
    } else if (command instanceof SmtpCommand.Data) {
      return Stage.DATA;
    }
    return command instanceof SmtpCommand.Quit ? Stage.QUIT : null;
  }
}
