package io.mockexo.internal.journal;

import io.mockexo.internal.journal.Waiting.Shortfall;
import io.mockexo.journal.AwaitTimeoutError;
import io.mockexo.journal.Sessions;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Those who wait for the journal without a thread. Each is looked at after a change, and at the
 * time at which its goal is reached without one; so a thousand of them cost a thousand small
 * objects. Futures are completed on the common pool, never with the journal's lock held.
 */
final class Promises {

  private final ReentrantLock lock;
  private final Supplier<Shortfall> shortfall;
  private final Set<Promise> open = new LinkedHashSet<>();
  private boolean ended;

  /**
   * Nobody waits yet.
   *
   * @param shortfall asked with the lock held when a goal was not reached in time
   */
  Promises(ReentrantLock lock, Supplier<Shortfall> shortfall) {
    this.lock = lock;
    this.shortfall = shortfall;
  }

  private final class Promise {
    final Goal goal;
    final Duration timeout;
    final CompletableFuture<Sessions> future = new CompletableFuture<>();

    /** Completed at the time at which the goal may be reached; cancelled when that has moved. */
    CompletableFuture<Void> alarm = new CompletableFuture<>();

    Promise(Goal goal, Duration timeout) {
      this.goal = goal;
      this.timeout = timeout;
    }

    /** To be called with the lock held. */
    void check() {
      long left = goal.nanosLeft().getAsLong();
      if (left <= 0) {
        Sessions reached = goal.result().get();
        end(() -> future.complete(reached));
      } else if (ended) {
        end(() -> future.completeExceptionally(goal.closed()));
      } else if (left != Goal.NEEDS_CHANGE) {
        alarm.cancel(false);
        alarm = after(left);
        alarm.thenRunAsync(() -> locked(this::check));
      }
    }

    void timeOut() {
      Shortfall there = shortfall.get();
      end(
          () ->
              future.completeExceptionally(
                  new AwaitTimeoutError(goal.awaited(), timeout, there.found(), there.seen())));
    }

    private void end(Runnable completion) {
      if (open.remove(this)) {
        alarm.cancel(false);
        CompletableFuture.runAsync(completion);
      }
    }
  }

  /** Begins to wait; who cancels the future has ended that. */
  CompletableFuture<Sessions> add(Goal goal, Duration timeout) {
    Promise promise = new Promise(goal, timeout);
    CompletableFuture<Void> patience = after(Waiting.nanos(timeout));
    locked(
        () -> {
          open.add(promise);
          promise.check();
        });
    patience.thenRunAsync(() -> locked(promise::timeOut));
    promise.future.whenComplete(
        (sessions, failure) -> {
          patience.cancel(false);
          locked(() -> promise.end(() -> {}));
        });
    return promise.future;
  }

  /** To be called with the lock held, after every change that can bring a goal nearer. */
  void check() {
    List.copyOf(open).forEach(Promise::check);
  }

  /** To be called with the lock held: nobody waits from now on. */
  void end() {
    ended = true;
    check();
  }

  private void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  private static CompletableFuture<Void> after(long nanos) {
    return new CompletableFuture<Void>().completeOnTimeout(null, nanos, TimeUnit.NANOSECONDS);
  }
}
