package io.mockexo.internal.smtp;

import io.mockexo.exchange.Throttling;
import io.mockexo.journal.MailTransaction;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the dialogue wants done after a command or a message.
 *
 * @param reply what to send; null where a command has no reply of its own yet
 * @param next what to read after it
 * @param tarpit whether the reply is one of those that the service holds back (facts 0, rule 3)
 * @param ended the mail transaction that ended with this step, or null
 * @param authentication the AUTH exchange that ended with this step, or null
 * @param reached the limit that is the reason for this step, or null
 */
public record Step(
    @Nullable SmtpReply reply,
    Next next,
    boolean tarpit,
    @Nullable MailTransaction ended,
    @Nullable Authentication authentication,
    @Nullable Reached reached) {

  /** Answers and reads the next command. */
  static Step answer(SmtpReply reply) {
    return new Step(reply, new Next.Command(), false, null, null, null);
  }

  /** Answers nothing and reads the next command. */
  static Step silent() {
    return new Step(null, new Next.Command(), false, null, null, null);
  }

  /** Answers nothing yet and reads a chunk. */
  static Step read(Next.Chunk chunk) {
    return new Step(null, chunk, false, null, null, null);
  }

  /** Says {@code other} instead, and does the rest as it is. */
  public Step saying(SmtpReply other) {
    return new Step(other, next, false, ended, authentication, reached);
  }

  /** Closes the connection afterwards. */
  public Step thenClosing() {
    return then(new Next.Close());
  }

  Step then(Next other) {
    return new Step(reply, other, tarpit, ended, authentication, reached);
  }

  Step ending(@Nullable MailTransaction transaction) {
    return new Step(reply, next, tarpit, transaction, authentication, reached);
  }

  Step ending(Authentication exchange) {
    return new Step(reply, next, tarpit, ended, exchange, reached);
  }

  Step reaching(@Nullable Reached limit) {
    return new Step(reply, next, tarpit, ended, authentication, limit);
  }

  Step heldBack(boolean byTarpit) {
    return new Step(reply, next, byTarpit, ended, authentication, reached);
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
   * A limit that a client has come to; see {@link io.mockexo.journal.SessionEvent.LimitReached}.
   */
  public record Reached(Throttling.Limit limit, String whose, Duration waiting) {}

  /**
   * How an AUTH exchange ended.
   *
   * @param user who it was for; null when it did not get that far
   * @param reason why it failed, where the reply does not tell; without credentials
   */
  public record Authentication(
      String mechanism, @Nullable String user, boolean succeeded, @Nullable String reason) {}
}
