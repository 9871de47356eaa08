package io.mockexo.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SessionClockTest {

  private static final Instant NOON = Instant.parse("2026-03-27T12:00:00Z");

  private final AtomicReference<Instant> wall = new AtomicReference<>(NOON);
  private final SessionClock clock = new SessionClock(wall::get);

  @Test
  void a_wall_clock_that_is_adjusted_changes_no_distance() {
    long nanos = System.nanoTime();
    Instant before = clock.at(nanos);
    wall.set(NOON.minusMillis(300));
    Instant after = clock.at(nanos + 7);

    assertThat(Duration.between(before, after)).isEqualTo(Duration.ofNanos(7));
  }

  @Test
  void a_jump_of_the_wall_clock_is_followed() {
    long nanos = System.nanoTime();
    wall.set(NOON.plusSeconds(3600));

    assertThat(clock.at(nanos)).isEqualTo(NOON.plusSeconds(3600));
    assertThat(clock.at(nanos + 7)).isEqualTo(NOON.plusSeconds(3600).plusNanos(7));
  }
}
