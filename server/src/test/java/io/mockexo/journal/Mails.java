package io.mockexo.journal;

import io.mockexo.journal.MailTransaction.Outcome;
import java.util.List;
import java.util.Map;

/** Mail transactions that ended at MAIL. */
final class Mails {

  private Mails() {}

  /** A transaction that came no further than MAIL, outside TLS. */
  static MailTransaction aborted() {
    return onlyMail(Outcome.ABORTED, 0, "");
  }

  /** A transaction whose MAIL was refused, outside TLS. */
  static MailTransaction refused(int code, String text) {
    return onlyMail(Outcome.REFUSED, code, text);
  }

  private static MailTransaction onlyMail(Outcome outcome, int code, String text) {
    return new MailTransaction(
        "a@client.example",
        Map.of(),
        List.of(),
        false,
        null,
        outcome,
        code,
        text,
        null,
        null,
        0,
        null);
  }
}
