package io.mockexo.journal;

/**
 * How much of what happened is kept. The oldest complete sessions go first, and {@link
 * Sessions#evicted()} tells how many went.
 *
 * @param maxSessions complete sessions kept; default 10,000
 * @param maxBytes memory for events and messages, in bytes and by estimate; default 64 MiB. When no
 *     complete session is left to make room, further messages are refused and further commands and
 *     replies are only counted
 * @param maxEventsPerSession events kept of one session; default 10,000. Further commands, replies
 *     and the like are only counted ({@link SessionEvent.EventsDropped}); what became of TLS and of
 *     messages is kept all the same
 * @since 0.1
 */
public record JournalLimits(int maxSessions, long maxBytes, int maxEventsPerSession) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one of them is below 1
   */
  public JournalLimits {
    requirePositive("maxSessions", maxSessions);
    requirePositive("maxBytes", maxBytes);
    requirePositive("maxEventsPerSession", maxEventsPerSession);
  }

  /** The limits that hold when none are given. */
  public static JournalLimits defaults() {
    return new JournalLimits(10_000, 64L << 20, 10_000);
  }

  private static void requirePositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "journal limit %s must be at least 1, but is %d".formatted(name, value));
    }
  }
}
