package io.mockexo.server;

import io.mockexo.internal.journal.Waits;
import io.mockexo.journal.AwaitTimeoutError;
import io.mockexo.journal.Sessions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * What {@link MockExchange} awaits, for those who have no thread to wait with. A future is
 * completed on the common pool, exceptionally with an {@link AwaitTimeoutError} when its timeout is
 * over; to cancel it ends the waiting.
 *
 * @since 0.1
 */
public final class SessionFutures {

  private final Waits waits;

  SessionFutures(Waits waits) {
    this.waits = waits;
  }

  /** As {@link MockExchange#awaitSessions(int, Duration)}. */
  public CompletableFuture<Sessions> sessions(int n, Duration timeout) {
    return waits.whenSessions(n, timeout);
  }

  /** As {@link MockExchange#awaitMessages(int, Duration)}. */
  public CompletableFuture<Sessions> messages(int n, Duration timeout) {
    return waits.whenMessages(n, timeout);
  }

  /** As {@link MockExchange#awaitQuiet(Duration, Duration)}. */
  public CompletableFuture<Sessions> quiet(Duration period, Duration timeout) {
    return waits.whenQuiet(period, timeout);
  }
}
