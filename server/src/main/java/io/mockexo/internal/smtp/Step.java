package io.mockexo.internal.smtp;

import io.mockexo.journal.MailTransaction;
import org.jspecify.annotations.Nullable;

/**
 * What the dialogue wants done after a command or a message.
 *
 * @param reply what to send; null where a command has no reply of its own yet
 * @param next what to read after it
 * @param tarpit whether the reply is one of those that the service holds back (facts 0, rule 3)
 * @param ended the mail transaction that ended with this step, or null
 * @param authentication the AUTH exchange that ended with this step, or null
 */
public record Step(
    @Nullable SmtpReply reply,
    Next next,
    boolean tarpit,
    @Nullable MailTransaction ended,
    @Nullable Authentication authentication) {

  /** Answers and reads the next command. */
  static Step answer(SmtpReply reply) {
    return new Step(reply, new Next.Command(), false, null, null);
  }

  /** Answers nothing and reads the next command. */
  static Step silent() {
    return new Step(null, new Next.Command(), false, null, null);
  }

  /** Answers nothing yet and reads a chunk. */
  static Step read(Next.Chunk chunk) {
    return new Step(null, chunk, false, null, null);
  }

  /** Says {@code other} instead, and does the rest as it is. */
  public Step saying(SmtpReply other) {
    return new Step(other, next, false, ended, authentication);
  }

  /** Closes the connection afterwards. */
  public Step thenClosing() {
    return then(new Next.Close());
  }

  Step then(Next other) {
    return new Step(reply, other, tarpit, ended, authentication);
  }

  Step ending(@Nullable MailTransaction transaction) {
    return new Step(reply, next, tarpit, transaction, authentication);
  }

  Step ending(Authentication exchange) {
    return new Step(reply, next, tarpit, ended, exchange);
  }

  Step heldBack(boolean byTarpit) {
    return new Step(reply, next, byTarpit, ended, authentication);
  }

  /** What the connection does next. */
  public sealed interface Next {
    /** Reads a command line. */
    record Command() implements Next {}

    /** Reads a continuation line of AUTH. */
    record AuthLine() implements Next {}

    /** Reads a message up to its end-of-data, dot-unstuffed, into the collector. */
    record Data(MessageCollector into) implements Next {}

    /**
     * Reads the octets of one BDAT chunk, then calls {@link SmtpDialogue#chunkReceived}.
     *
     * @param into where they are collected; null when they are to be consumed and forgotten
     */
    record Chunk(long octets, boolean last, @Nullable MessageCollector into) implements Next {}

    /** Begins the TLS handshake. */
    record StartTls() implements Next {}

    /** Closes the connection with FIN. */
    record Close() implements Next {}
  }

  /**
   * How an AUTH exchange ended.
   *
   * @param user who it was for; null when it did not get that far
   * @param reason why it failed, where the reply does not tell; without credentials
   */
  public record Authentication(
      String mechanism, @Nullable String user, boolean succeeded, @Nullable String reason) {}
}
