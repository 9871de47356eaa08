package io.mockexo.assertj;

import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.SessionEvent.StrayBytes;
import io.mockexo.journal.SmtpSession;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a session sent of mail outside TLS. */
final class CleartextMail {

  private static final Pattern ENHANCED_STATUS_CODE =
      Pattern.compile("\\A\\d\\.\\d{1,3}\\.\\d{1,3}");

  private CleartextMail() {}

  /** A mail transaction in cleartext counts even where its commands were too many to be kept. */
  static boolean isIn(SmtpSession session) {
    return session.sentMailInCleartext() || !transactions(session).isEmpty();
  }

  /**
   * How the server refused it before any of the message came, {@code 451 5.7.3}: then the client
   * was ready to send mail in cleartext, and no mail went. Empty if some did, or may have.
   */
  static Optional<String> refusal(SmtpSession session) {
    List<MailTransaction> mails = transactions(session);
    boolean stray = session.events(StrayBytes.class).stream().anyMatch(s -> s.kind().isMail());
    boolean refused =
        mails.stream()
            .allMatch(m -> m.outcome() == MailTransaction.Outcome.REFUSED && m.size() == 0);
    return stray || mails.isEmpty() || !refused
        ? Optional.empty()
        : Optional.of(reply(mails.get(mails.size() - 1)));
  }

  private static List<MailTransaction> transactions(SmtpSession session) {
    return session.transactions().stream().filter(mail -> !mail.insideTls()).toList();
  }

  private static String reply(MailTransaction refused) {
    Matcher enhanced = ENHANCED_STATUS_CODE.matcher(refused.replyText());
    return refused.replyCode() + (enhanced.find() ? " " + enhanced.group() : "");
  }
}
