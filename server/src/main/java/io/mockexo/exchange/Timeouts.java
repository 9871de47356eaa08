package io.mockexo.exchange;

import java.time.Duration;

/**
 * How long an endpoint waits for a client. Each is from one millisecond to seven days.
 *
 * @param idle between commands, and within a message; default 5 minutes (facts 8, on premises)
 * @param handshake for a TLS handshake from STARTTLS on; default 1 minute
 * @param closeGrace for the client's FIN after ours, before the connection is given up; default 2
 *     seconds
 * @param stall for the client to give up when nothing is answered any more; default 15 minutes,
 *     longer than the timeouts of Exchange and Postfix
 * @since 0.1
 */
public record Timeouts(Duration idle, Duration handshake, Duration closeGrace, Duration stall) {

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(7);

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Timeouts {
    requireInRange("idleTimeout", idle);
    requireInRange("handshakeTimeout", handshake);
    requireInRange("closeGrace", closeGrace);
    requireInRange("stallTimeout", stall);
  }

  /** The defaults. */
  public static Timeouts defaults() {
    return new Timeouts(
        Duration.ofMinutes(5),
        Duration.ofMinutes(1),
        Duration.ofSeconds(2),
        Duration.ofMinutes(15));
  }

  /** These, with another {@code idle}. */
  public Timeouts withIdle(Duration value) {
    return new Timeouts(value, handshake, closeGrace, stall);
  }

  /** These, with another {@code handshake}. */
  public Timeouts withHandshake(Duration value) {
    return new Timeouts(idle, value, closeGrace, stall);
  }

  /** These, with another {@code closeGrace}. */
  public Timeouts withCloseGrace(Duration value) {
    return new Timeouts(idle, handshake, value, stall);
  }

  /** These, with another {@code stall}. */
  public Timeouts withStall(Duration value) {
    return new Timeouts(idle, handshake, closeGrace, value);
  }

  static void requireInRange(String what, Duration value) {
    if (value.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(what + " is at least one millisecond, not " + value);
    }
    requireNotTooLong(what, value);
  }

  static void requireNotTooLong(String what, Duration value) {
    if (value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(what + " is at most seven days, not " + value);
    }
  }
}
