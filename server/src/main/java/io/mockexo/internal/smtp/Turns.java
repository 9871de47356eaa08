package io.mockexo.internal.smtp;

import java.time.Duration;
import java.time.Instant;

/**
 * So many messages in one period, which begins with the first of them, and so many in the next. Not
 * thread-safe.
 */
final class Turns {

  private Instant start = Instant.EPOCH;
  private int taken;

  /** Takes the next free turn, in a later period if need be; how long until that begins. */
  Duration next(Instant now, int most, Duration period) {
    beginAnewIfOver(now, period);
    if (taken >= most) {
      start = start.plus(period);
      taken = 0;
    }
    taken++;
    return start.isAfter(now) ? Duration.between(now, start) : Duration.ZERO;
  }

  /** Takes a turn of this period, and has zero; or how long until there is one. */
  Duration now(Instant now, int most, Duration period) {
    beginAnewIfOver(now, period);
    if (taken >= most) {
      return Duration.between(now, start.plus(period));
    }
    taken++;
    return Duration.ZERO;
  }

  private void beginAnewIfOver(Instant now, Duration period) {
    if (!now.isBefore(start.plus(period))) {
      start = now;
      taken = 0;
    }
  }
}
