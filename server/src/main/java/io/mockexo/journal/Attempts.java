package io.mockexo.journal;

import java.util.List;

/**
 * The attempts of a number of sessions, sorted by the message that they were made for. Immutable.
 *
 * <p>A message is known by its reverse-path and Message-ID, or a hash when it has none; then one
 * user's message is not another's. An attempt that ended before its message was known joins the
 * message that the same client, known by peer address and EHLO name, tried next, or had tried
 * before and not finished (after several such attempts in a row, one of those on as many next
 * connections); an attempt that came as far as MAIL or RCPT only one with the same reverse-path and
 * recipients. If that is more than one message the attempt is {@linkplain #ambiguous() ambiguous}:
 * nothing is guessed. If it is none, the client's attempts of that sort stand together as one
 * message.
 *
 * <p>The way out of ambiguity is one endpoint, or one port of it, for each message.
 *
 * @since 0.1
 */
public final class Attempts {

  private final List<MessageAttempts> messages;
  private final List<Attempt> ambiguous;

  Attempts(List<MessageAttempts> messages, List<Attempt> ambiguous) {
    this.messages = List.copyOf(messages);
    this.ambiguous = List.copyOf(ambiguous);
  }

  /** The messages, in order of their first attempts. */
  public List<MessageAttempts> messages() {
    return messages;
  }

  /** The attempts that fit more than one message, in order; they are in none of them. */
  public List<Attempt> ambiguous() {
    return ambiguous;
  }

  /** Whether there are such attempts. What is said of messages is then not the whole truth. */
  public boolean isAmbiguous() {
    return !ambiguous.isEmpty();
  }

  /** Whether for some message a weaker try in cleartext followed one that tried TLS. */
  public boolean fellBackToCleartext() {
    return messages.stream().anyMatch(MessageAttempts::fellBackToCleartext);
  }

  /** Whether for some message a later try offered a lower highest version of TLS. */
  public boolean fellBackToLowerTls() {
    return messages.stream().anyMatch(MessageAttempts::fellBackToLowerTls);
  }

  /** Whether for some message a try as strong or stronger followed one that failed over TLS. */
  public boolean retriedAfterTlsFailure() {
    return messages.stream().anyMatch(MessageAttempts::retriedAfterTlsFailure);
  }

  /**
   * What is worth telling, a line for each: {@code fell back to cleartext: session 1 (refused:
   * offered TLS 1.1, closed with FIN) -> session 2}. Empty when all was well at the first try.
   */
  public List<String> stories() {
    return Stories.of(this);
  }
}
