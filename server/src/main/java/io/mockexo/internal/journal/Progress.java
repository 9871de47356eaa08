package io.mockexo.internal.journal;

import java.util.Collection;
import java.util.TreeMap;

/**
 * How far things have come: which sessions are open, how many there were, and how many messages
 * were accepted. What is waited for is judged by it. Not thread-safe: the journal's lock guards it.
 *
 * <p>Quiet needs no record of the last event: while a session is open it is not quiet, and when
 * none is open the last event was an end.
 */
final class Progress {

  private final TreeMap<Integer, SessionRecorder> open = new TreeMap<>();
  private int lastNumber;
  private int acceptedMessages;
  private long lastActivityNanos;

  /** The number of the next session. */
  int nextNumber() {
    return lastNumber + 1;
  }

  /** A session begins, with the next number. */
  void begin(SessionRecorder recorder, long now) {
    lastNumber = recorder.number();
    lastActivityNanos = now;
    open.put(lastNumber, recorder);
  }

  /** A session ends; false if it is none of those that are known to be open. */
  boolean end(SessionRecorder recorder, long now) {
    if (!open.remove(recorder.number(), recorder)) {
      return false;
    }
    lastActivityNanos = now;
    return true;
  }

  /** A message was accepted; false if its session is none of those that are known to be open. */
  boolean messageAccepted(SessionRecorder recorder) {
    if (open.get(recorder.number()) != recorder) {
      return false;
    }
    acceptedMessages++;
    return true;
  }

  void reset() {
    open.clear();
    lastNumber = 0;
    acceptedMessages = 0;
  }

  /** The open sessions by number. */
  Collection<SessionRecorder> open() {
    return open.values();
  }

  /** Whether the sessions 1 to {@code n} have begun and ended. */
  boolean areComplete(int n) {
    return lastNumber >= n && (open.isEmpty() || open.firstKey() > n);
  }

  boolean hasAccepted(int messages) {
    return acceptedMessages >= messages;
  }

  /**
   * How long nothing may happen until it has been quiet for {@code period}; {@link
   * Goal#NEEDS_CHANGE} while a session is open.
   *
   * @param called since when it counts before the first connection
   */
  long nanosToQuiet(long period, long called) {
    if (!open.isEmpty()) {
      return Goal.NEEDS_CHANGE;
    }
    long since = lastNumber == 0 ? called : lastActivityNanos;
    return Math.max(0, period - (System.nanoTime() - since));
  }

  /** {@code 2 sessions, 1 of them open, and 0 messages accepted}. */
  @Override
  public String toString() {
    return "%s, %d of them open, and %s accepted"
        .formatted(count(lastNumber, "session"), open.size(), count(acceptedMessages, "message"));
  }

  static String count(int n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }
}
