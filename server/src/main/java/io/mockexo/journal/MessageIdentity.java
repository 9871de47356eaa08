package io.mockexo.journal;

import org.jspecify.annotations.Nullable;

/**
 * What makes a message the same message on another connection: its reverse-path and its Message-ID,
 * or a hash of it when it has none.
 *
 * @param reversePath the address of MAIL FROM without angle brackets; empty for the null
 *     reverse-path
 * @param messageId with its angle brackets, or null
 * @param bodyHash SHA-256 in hexadecimal when there is no Message-ID; null, like {@code messageId},
 *     for a message that never got past MAIL or RCPT
 * @since 0.1
 */
public record MessageIdentity(
    String reversePath, @Nullable String messageId, @Nullable String bodyHash) {

  static MessageIdentity of(MailTransaction transaction) {
    return new MessageIdentity(
        transaction.reversePath(), transaction.messageId(), transaction.bodyHash());
  }

  /** Whether the message itself is known, not only who sends it. */
  public boolean isWhole() {
    return messageId != null || bodyHash != null;
  }

  @Override
  public String toString() {
    String from = "from <" + reversePath + ">";
    if (messageId != null) {
      return messageId + " " + from;
    }
    return bodyHash == null ? from : "without Message-ID " + from;
  }
}
