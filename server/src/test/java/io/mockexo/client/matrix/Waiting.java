package io.mockexo.client.matrix;

import io.mockexo.server.MockExchange;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** How long is long for a client. */
final class Waiting {

  /** How it is said of one that does. */
  static final String ON = "still waits";

  /** For how long we listen after a mail server has said that it is done. */
  static final Duration SILENCE = Duration.ofSeconds(3);

  /** A multiple of how long a client that can be told so waits for an answer. */
  private static final Duration HANGING = Duration.ofSeconds(4 * MailServer.PATIENCE);

  static final Duration LONGEST = Duration.ofMinutes(2);

  private Waiting() {}

  /** Whether a session has been open for so long that its client waits without a limit. */
  static boolean isHanging(MockExchange exchange) {
    Instant before = Instant.now().minus(HANGING);
    return exchange.open().stream().anyMatch(session -> session.acceptedAt().isBefore(before));
  }

  /**
   * Waits for something that nobody tells, as the growth of a log.
   *
   * @param state what is told if it never comes
   */
  static void until(BooleanSupplier condition, Supplier<String> state) {
    Instant end = Instant.now().plus(LONGEST);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("no end in sight: " + state.get());
      }
      try {
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
