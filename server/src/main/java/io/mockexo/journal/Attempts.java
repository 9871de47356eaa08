package io.mockexo.journal;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

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
 * message. A client that says another name in EHLO is another client.
 *
 * <p>The way out of ambiguity is one endpoint, or one port of it, for each message.
 *
 * @since 0.1
 */
public final class Attempts {

  private final List<MessageAttempts> messages;
  private final List<Doubt> doubts;
  private final Comparator<Attempt> inTime;

  Attempts(Collection<MessageAttempts> messages, List<Doubt> doubts, Comparator<Attempt> inTime) {
    this.messages =
        messages.stream()
            .sorted(Comparator.comparing(message -> message.attempts().get(0), inTime))
            .toList();
    this.doubts = doubts.stream().sorted(Comparator.comparing(Doubt::attempt, inTime)).toList();
    this.inTime = inTime;
  }

  /** The messages, in order of their first attempts. */
  public List<MessageAttempts> messages() {
    return messages;
  }

  /** The attempts that fit more than one message, in order; they are in none of them. */
  public List<Attempt> ambiguous() {
    return doubts.stream().map(Doubt::attempt).toList();
  }

  /**
   * Whether there are such attempts. What is said of messages is then not the whole truth, but what
   * is the same in all {@link #readings()} is certain.
   */
  public boolean isAmbiguous() {
    return !doubts.isEmpty();
  }

  /**
   * All ways to put each ambiguous attempt to one of the messages that it fits. Without ambiguous
   * attempts this is the only one. Empty if they are too many to look at, more than 512 or of many
   * messages: then nothing is certain.
   */
  public List<Attempts> readings() {
    return isAmbiguous() ? Readings.of(messages, doubts, inTime) : List.of(this);
  }

  /**
   * Whether for some message a weaker try in cleartext followed one that tried TLS, however
   * ambiguous attempts are read.
   */
  public boolean fellBackToCleartext() {
    return certainly(MessageAttempts::fellBackToCleartext);
  }

  /**
   * Whether for some message a later try offered a lower highest version of TLS, however ambiguous
   * attempts are read.
   */
  public boolean fellBackToLowerTls() {
    return certainly(MessageAttempts::fellBackToLowerTls);
  }

  /**
   * Whether for some message a try as strong or stronger followed one that failed over TLS, however
   * ambiguous attempts are read.
   */
  public boolean retriedAfterTlsFailure() {
    return certainly(MessageAttempts::retriedAfterTlsFailure);
  }

  /** Whether it is so for some message in every reading. */
  private boolean certainly(Predicate<MessageAttempts> so) {
    if (messages.stream().anyMatch(so)) {
      return true;
    }
    List<Attempts> readings = isAmbiguous() ? readings() : List.of();
    return !readings.isEmpty()
        && readings.stream().allMatch(reading -> reading.messages.stream().anyMatch(so));
  }

  /**
   * What is certain and worth telling, a line for each: {@code fell back to cleartext: session 1
   * (refused: offered TLS 1.1, closed with FIN) -> session 2}. Empty when all was well at the first
   * try.
   */
  public List<String> stories() {
    return Stories.of(this);
  }
}
