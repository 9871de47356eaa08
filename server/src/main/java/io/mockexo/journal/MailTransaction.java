package io.mockexo.journal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mail transaction (RFC 5321, section 3.3), as it was when it ended.
 *
 * @param reversePath the address of MAIL FROM without angle brackets; empty for the null
 *     reverse-path
 * @param parameters the ESMTP parameters of MAIL in upper case, without AUTH
 * @param recipients every RCPT, in order, refused ones included
 * @param insideTls whether it took place inside TLS
 * @param authenticatedUser the user of a successful AUTH, or null
 * @param outcome how it ended
 * @param replyCode the reply code that decided; 0 when the client gave up before one
 * @param replyText the text of that reply; empty when there was none
 * @param messageId the Message-ID header field with its angle brackets, or null
 * @param bodyHash SHA-256 of the message in hexadecimal, only when it has no Message-ID; else null
 * @param size the length of the message in bytes, 0 when none came
 * @param content the message as received, after dot-unstuffing; null when none came, it was not
 *     accepted, or there was no room to keep it (see {@link JournalLimits})
 * @since 0.1
 */
public record MailTransaction(
    String reversePath,
    Map<String, String> parameters,
    List<Recipient> recipients,
    boolean insideTls,
    @Nullable String authenticatedUser,
    Outcome outcome,
    int replyCode,
    String replyText,
    @Nullable String messageId,
    @Nullable String bodyHash,
    long size,
    @Nullable MessageContent content) {

  public MailTransaction {
    parameters = Map.copyOf(parameters);
    recipients = List.copyOf(recipients);
  }

  /** The forward-paths that were accepted. */
  public List<String> acceptedRecipients() {
    return recipients.stream().filter(Recipient::accepted).map(Recipient::forwardPath).toList();
  }

  /** Whether RCPT was accepted for this mailbox, however it was written. */
  public boolean isAcceptedFor(String forwardPath) {
    String mailbox = Recipient.mailbox(forwardPath);
    return recipients.stream()
        .anyMatch(recipient -> recipient.accepted() && recipient.mailbox().equals(mailbox));
  }

  /** Whether the message was accepted after end-of-data. */
  public boolean isDelivered() {
    return outcome == Outcome.DELIVERED;
  }

  /**
   * One RCPT.
   *
   * @param forwardPath the address without angle brackets
   * @param replyCode what RCPT was answered with
   * @param replyText the text of that reply
   */
  public record Recipient(String forwardPath, int replyCode, String replyText) {

    /** Whether the reply was positive. */
    public boolean accepted() {
      return replyCode / 100 == 2;
    }

    /**
     * The forward-path with its domain in lower case, which makes no difference (RFC 5321, 2.4).
     */
    public String mailbox() {
      return mailbox(forwardPath);
    }

    static String mailbox(String path) {
      int at = path.lastIndexOf('@');
      return path.substring(0, at + 1) + path.substring(at + 1).toLowerCase(Locale.ROOT);
    }
  }

  /** How a mail transaction ends. */
  public enum Outcome {
    /** The message was accepted after end-of-data. */
    DELIVERED,
    /** MAIL, every RCPT, or the message was refused. */
    REFUSED,
    /**
     * The message came whole and the connection ended before the client was told what became of it:
     * not delivered, yet the next copy is a duplicate.
     */
    UNACKNOWLEDGED,
    /** The client gave it up: RSET, EHLO, STARTTLS, QUIT, or the connection was lost. */
    ABORTED
  }
}
