package io.mockexo.client.matrix;

import io.mockexo.journal.Attempt;
import io.mockexo.journal.Attempts;
import io.mockexo.journal.CleartextReason;
import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.MessageAttempts;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the journal knows of one message, in words without numbers of tries and times. */
final class Conclusion {

  private Conclusion() {}

  /**
   * Concludes.
   *
   * @param silence how it is said that nothing more came
   */
  static String of(Sessions sessions, String silence) {
    Attempts attempts = sessions.attempts();
    if (attempts.isAmbiguous() || attempts.messages().size() > 1) {
      return "several messages: " + String.join("; ", sessions.stories());
    }
    List<String> words = new ArrayList<>();
    if (attempts.messages().isEmpty()) {
      words.add(
          "no attempt: " + sessions.stream().map(SmtpSession::summary).findFirst().orElse(""));
    } else {
      tell(attempts.messages().get(0), words);
    }
    if (attempts.messages().isEmpty() && sessions.size() > 1) {
      words.add("came again");
    } else if (attempts.messages().stream().noneMatch(Conclusion::cameAgainOrIsThere)) {
      words.add(silence);
    }
    return String.join(", ", words);
  }

  private static boolean cameAgainOrIsThere(MessageAttempts message) {
    boolean refused = message.attempts().stream().anyMatch(Attempt::failedPermanently);
    return !message.deliveries().isEmpty() || (message.retried() && !refused);
  }

  private static void tell(MessageAttempts message, List<String> words) {
    if (message.retried()) {
      words.add("retried");
    }
    if (message.fellBackToLowerTls()) {
      words.add("fell back to a lower TLS version");
    }
    List<Attempt> attempts = message.attempts();
    Attempt last = attempts.get(attempts.size() - 1);
    Optional<CleartextReason> reason = message.cleartextReason(last);
    reason.ifPresent(why -> words.add(cleartext(last, why)));
    words.add(end(last));
    message.duplicatedRecipients().forEach(recipient -> words.add("more than one copy"));
  }

  private static String cleartext(Attempt attempt, CleartextReason reason) {
    if (reason != CleartextReason.FELL_BACK) {
      return reason.toString();
    }
    return reason
        + (attempt.fellBackWithinConnection() ? " on the same connection" : " on a new connection");
  }

  private static String end(Attempt attempt) {
    if (attempt.isDelivered()) {
      return "delivered"
          + attempt.usedTls().map(version -> " over " + version).orElse(" in cleartext");
    }
    Optional<MailTransaction> transaction = attempt.transaction();
    if (transaction.isEmpty()) {
      return "sent no mail";
    }
    String refusal = transaction.get().replyText();
    return "refused with %d %s".formatted(transaction.get().replyCode(), refusal.split(" ", 2)[0]);
  }
}
