package io.mockexo.journal;

import java.time.Duration;

/**
 * What was awaited did not happen in time. An {@link AssertionError}, so that a test framework
 * reports a failure and not a broken test.
 *
 * @since 0.1
 */
public final class AwaitTimeoutError extends AssertionError {

  private final String awaited;
  private final String found;
  private final transient Sessions sessions;

  /**
   * Makes the error.
   *
   * @param awaited what was awaited, as it continues "Expecting": {@code 2 sessions to be complete}
   * @param timeout how long it was waited for
   * @param found what was there instead, in a few words
   * @param sessions everything seen so far, open sessions included
   */
  public AwaitTimeoutError(String awaited, Duration timeout, String found, Sessions sessions) {
    super(
        """
        Expecting
          %s
        within %s, but there was
          %s

        %s"""
            .formatted(awaited, seconds(timeout), found, transcripts(sessions)));
    this.awaited = awaited;
    this.found = found;
    this.sessions = sessions;
  }

  /** What was awaited: {@code 2 sessions to be complete}. */
  public String awaited() {
    return awaited;
  }

  /** What was there instead, in a few words. */
  public String found() {
    return found;
  }

  /** The sessions seen so far, open ones included. */
  public Sessions sessions() {
    return sessions;
  }

  private static String seconds(Duration timeout) {
    long millis = timeout.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }

  private static String transcripts(Sessions sessions) {
    return sessions.isEmpty()
        ? "No connection was made.\n"
        : String.join("", Transcripts.of(sessions.list()));
  }
}
