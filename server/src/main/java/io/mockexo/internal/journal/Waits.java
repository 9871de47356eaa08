package io.mockexo.internal.journal;

import io.mockexo.journal.AwaitTimeoutError;
import io.mockexo.journal.Sessions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What can be waited for, with a thread ({@code await}) or without ({@code when}). Both end with an
 * {@link AwaitTimeoutError} after their timeout, and with an {@link IllegalStateException} when the
 * journal is closed meanwhile, or the thread interrupted.
 */
public final class Waits {

  /** The complete sessions. */
  @FunctionalInterface
  interface Complete {
    Sessions snapshot(boolean quiet);
  }

  private final Progress progress;
  private final Complete complete;
  private final Supplier<Sessions> everything;
  private final Waiting waiting;
  private final Promises promises;

  /**
   * Nobody waits yet. All parameters are used with the lock held.
   *
   * @param everything complete and open sessions
   */
  Waits(ReentrantLock lock, Progress progress, Complete complete, Supplier<Sessions> everything) {
    this.progress = progress;
    this.complete = complete;
    this.everything = everything;
    this.waiting = new Waiting(lock);
    this.promises = new Promises(lock, this::shortfall);
  }

  /**
   * Waits until the sessions 1 to {@code n} are complete; evicted and removed ones were.
   *
   * @return the complete sessions
   */
  public Sessions awaitSessions(int n, Duration timeout) {
    return await(sessionsComplete(n), timeout);
  }

  /** As {@link #awaitSessions}, without a thread. */
  public CompletableFuture<Sessions> whenSessions(int n, Duration timeout) {
    return promises.add(sessionsComplete(n), timeout);
  }

  /**
   * Waits until {@code n} messages were accepted since the start or the last reset, on sessions
   * that are still open too.
   *
   * @return complete and open sessions
   */
  public Sessions awaitMessages(int n, Duration timeout) {
    return await(messagesAccepted(n), timeout);
  }

  /** As {@link #awaitMessages}, without a thread. */
  public CompletableFuture<Sessions> whenMessages(int n, Duration timeout) {
    return promises.add(messagesAccepted(n), timeout);
  }

  /**
   * Waits until no session is open and for {@code period} nothing has happened. Before the first
   * connection the period runs from this call, so that a client has that long to come.
   *
   * @return the complete sessions, marked as quiet
   */
  public Sessions awaitQuiet(Duration period, Duration timeout) {
    return await(quiet(period), timeout);
  }

  /** As {@link #awaitQuiet}, without a thread. */
  public CompletableFuture<Sessions> whenQuiet(Duration period, Duration timeout) {
    return promises.add(quiet(period), timeout);
  }

  /** To be called with the lock held, after every change that can bring a goal nearer. */
  void wake() {
    waiting.wake();
    promises.check();
  }

  /** To be called with the lock held: nobody waits from now on. */
  void end() {
    waiting.end();
    promises.end();
  }

  private Sessions await(Goal goal, Duration timeout) {
    return waiting.await(goal, timeout, this::shortfall);
  }

  private Waiting.Shortfall shortfall() {
    return new Waiting.Shortfall(progress.toString(), everything.get());
  }

  private Goal sessionsComplete(int n) {
    requireNotNegative(n);
    return new Goal(
        Progress.count(n, "session") + " to be complete",
        () -> progress.areComplete(n) ? 0 : Goal.NEEDS_CHANGE,
        () -> complete.snapshot(false));
  }

  private Goal messagesAccepted(int n) {
    requireNotNegative(n);
    return new Goal(
        Progress.count(n, "message") + " to be accepted",
        () -> progress.hasAccepted(n) ? 0 : Goal.NEEDS_CHANGE,
        everything);
  }

  private Goal quiet(Duration period) {
    if (period.isNegative()) {
      throw new IllegalArgumentException("a quiet period cannot be negative: " + period);
    }
    long called = System.nanoTime();
    return new Goal(
        "no open session and %d ms without any event".formatted(period.toMillis()),
        () -> progress.nanosToQuiet(Waiting.nanos(period), called),
        () -> complete.snapshot(true));
  }

  private static void requireNotNegative(int n) {
    if (n < 0) {
      throw new IllegalArgumentException("cannot wait for " + n);
    }
  }
}
