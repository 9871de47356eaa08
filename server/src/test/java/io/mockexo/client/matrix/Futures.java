package io.mockexo.client.matrix;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** What came of something that is done in another thread. */
final class Futures {

  private Futures() {}

  /** Waits for the value, or for what was thrown instead of one, a missing tool too. */
  static <T> T get(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      if (e.getCause() instanceof RuntimeException exception) {
        throw exception;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits, and tells whether there is a value. */
  static boolean hasValue(Future<?> future) {
    try {
      get(future);
      return true;
    } catch (RuntimeException | Error e) {
      return false;
    }
  }
}
