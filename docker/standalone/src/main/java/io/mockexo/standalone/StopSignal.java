package io.mockexo.standalone;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds the end of the process back, after SIGTERM or SIGINT, until this is closed. */
final class StopSignal implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 15;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private final PrintWriter err;

  /**
   * Waits for signals from now on.
   *
   * @param err gets a line if the end could not be held back long enough
   */
  StopSignal(PrintWriter err) {
    this.err = err;
    Runtime.getRuntime().addShutdownHook(new Thread(this::holdBack, "mockexo-stop"));
  }

  /** Returns when the process is asked to end. */
  void await() throws InterruptedException {
    asked.await();
  }

  @Override
  public void close() {
    done.countDown();
  }

  private void holdBack() {
    asked.countDown();
    try {
      if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        err.println("ended before everything was printed");
        err.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
