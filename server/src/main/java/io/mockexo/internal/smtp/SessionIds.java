package io.mockexo.internal.smtp;

import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Session ids as Exchange makes them (facts 1.3): the number of 100 ns ticks from 0001-01-01 to the
 * start of the server, and one more for every session, as 16 hexadecimal digits. May be used by
 * several threads.
 */
public final class SessionIds {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private static final long TICKS_PER_SECOND = 10_000_000;
  private static final long NANOS_PER_TICK = 100;

  /** From 0001-01-01T00:00:00Z to 1970-01-01T00:00:00Z. */
  private static final long SECONDS_BEFORE_1970 = 62_135_596_800L;

  private final AtomicLong next;

  /** The ids of a server that was started at {@code serverStart}. */
  public SessionIds(Instant serverStart) {
    long seconds = SECONDS_BEFORE_1970 + serverStart.getEpochSecond();
    next = new AtomicLong(seconds * TICKS_PER_SECOND + serverStart.getNano() / NANOS_PER_TICK);
  }

  /** The id of the next session. */
  public String next() {
    return HEX.toHexDigits(next.getAndIncrement());
  }
}
