package io.mockexo.tls;

import java.time.Duration;
import java.time.Instant;

/** From when to when a certificate is valid. */
record Validity(Instant from, Instant to) {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration YEAR = Duration.ofDays(365);

  /** From a day ago, for clients whose clocks are slow. */
  static Validity ofYears(int years) {
    Instant now = Instant.now();
    return new Validity(now.minus(DAY), now.plus(YEAR.multipliedBy(years)));
  }

  static Validity untilYesterday() {
    Instant now = Instant.now();
    return new Validity(now.minus(YEAR), now.minus(DAY));
  }

  static Validity fromTomorrow() {
    Instant now = Instant.now();
    return new Validity(now.plus(DAY), now.plus(YEAR));
  }
}
