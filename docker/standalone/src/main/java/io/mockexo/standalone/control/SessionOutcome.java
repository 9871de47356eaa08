package io.mockexo.standalone.control;

import io.mockexo.journal.SmtpSession;
import java.util.Locale;

/** What became of a session, in one of few words: a label of metrics, and a colour on a page. */
enum SessionOutcome {
  /** At least one message was delivered, and all of them inside TLS. */
  DELIVERED_OVER_TLS,
  /** At least one message was delivered in cleartext. */
  DELIVERED_IN_CLEARTEXT,
  /** We refused the client's ClientHello. */
  TLS_REFUSED,
  /** TLS was begun and came to nothing for another reason. */
  TLS_FAILED,
  /** A message, or the login for it, was refused or broke off. */
  NOT_DELIVERED,
  /** The client spoke, and never came to a message. */
  NO_MAIL,
  /** The client sent nothing at all. */
  SILENT;

  static SessionOutcome of(SmtpSession session) {
    if (!session.deliveredMessages().isEmpty()) {
      boolean exposed = session.deliveredMessages().stream().anyMatch(mail -> !mail.insideTls());
      return exposed ? DELIVERED_IN_CLEARTEXT : DELIVERED_OVER_TLS;
    } else if (session.tlsRefused().isPresent()) {
      return TLS_REFUSED;
    } else if (session.failedTls() || session.abandonedTls()) {
      return TLS_FAILED;
    } else if (!session.transactions().isEmpty()) {
      return NOT_DELIVERED;
    }
    return session.isSilent() ? SILENT : NO_MAIL;
  }

  /** {@code delivered_over_tls}. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
