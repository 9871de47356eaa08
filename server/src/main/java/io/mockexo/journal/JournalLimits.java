package io.mockexo.journal;

/**
 * How much of what happened is kept. The oldest complete sessions go first, and {@link
 * Sessions#evicted()} tells how many went. A listener that is too slow is not told of sessions that
 * had to go before its turn.
 *
 * <p>When open sessions alone fill {@code maxBytes}, this is what becomes of more:
 *
 * <ul>
 *   <li>A message is received and accepted, but its content is not kept: {@link
 *       MailTransaction#content()} is null. It counts as accepted all the same.
 *   <li>Commands, replies and the like are only counted ({@link SessionEvent.EventsDropped}).
 *   <li>What became of TLS, of the user and of messages is kept beyond the limit, up to 16 KiB of
 *       each open session, recipients included; then it is only counted, too.
 *   <li>A recipient for whom there is no room in these 16 KiB is refused with {@code 452 4.3.1}.
 * </ul>
 *
 * @param maxSessions complete sessions kept, at least 1; default 10,000
 * @param maxBytes memory for everything that is kept, in bytes and by estimate, at least 1; default
 *     64 MiB, or an eighth of the heap that the JVM may take if that is less. Exceeded only by open
 *     sessions, by 16 KiB each at most
 * @param maxEventsPerSession events kept of one session, at least 1; default 10,000. Further
 *     commands, replies and the like are only counted ({@link SessionEvent.EventsDropped}); what
 *     became of TLS, of the user and of messages is kept all the same
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
    return defaults(Runtime.getRuntime().maxMemory());
  }

  /** A server is seldom alone in its JVM, and a program has two of them. */
  static JournalLimits defaults(long heap) {
    return new JournalLimits(10_000, Math.min(64L << 20, Math.max(1, heap / 8)), 10_000);
  }

  private static void requirePositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "journal limit %s must be at least 1, but is %d".formatted(name, value));
    }
  }
}
