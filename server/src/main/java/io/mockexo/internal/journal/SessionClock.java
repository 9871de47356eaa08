package io.mockexo.internal.journal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Wall-clock times whose differences are those of the monotonic clock, so that a clock which is
 * being adjusted does not change the gap between two attempts. A jump of the wall clock (the
 * machine slept, somebody set it) is followed. Not thread-safe.
 */
final class SessionClock {

  private static final Duration JUMP = Duration.ofSeconds(1);

  private final InstantSource wall;
  private Instant anchor;
  private long anchorNanos;

  SessionClock(InstantSource wall) {
    this.wall = wall;
    this.anchor = wall.instant();
    this.anchorNanos = System.nanoTime();
  }

  Instant at(long nanos) {
    Instant expected = anchor.plusNanos(nanos - anchorNanos);
    Instant actual = wall.instant();
    if (Duration.between(expected, actual).abs().compareTo(JUMP) > 0) {
      anchor = actual;
      anchorNanos = nanos;
      return actual;
    }
    return expected;
  }
}
