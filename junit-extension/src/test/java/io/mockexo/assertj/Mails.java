package io.mockexo.assertj;

import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.MailTransaction.Outcome;
import io.mockexo.journal.MailTransaction.Recipient;
import io.mockexo.journal.MessageContent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Mail transactions of a@client.example. */
record Mails(boolean insideTls, @Nullable String user, @Nullable MessageContent content) {

  /** One that has ended; without Message-ID and hash no message came. */
  MailTransaction ended(
      Outcome outcome,
      int code,
      @Nullable String messageId,
      @Nullable String hash,
      Recipient... recipients) {
    boolean came = messageId != null || hash != null;
    return new MailTransaction(
        "a@client.example",
        Map.of(),
        List.of(recipients),
        insideTls,
        user,
        outcome,
        code,
        text(code),
        messageId,
        hash,
        came ? 120 : 0,
        came ? content : null);
  }

  static String text(int code) {
    return switch (code / 100) {
      case 0 -> "";
      case 2 -> "2.6.0 Queued";
      default -> code / 100 + ".7.0 no";
    };
  }
}
