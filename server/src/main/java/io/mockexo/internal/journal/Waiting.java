package io.mockexo.internal.journal;

import io.mockexo.journal.AwaitTimeoutError;
import io.mockexo.journal.Sessions;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The threads that wait for the journal. A thread sleeps until it is woken by a change, until the
 * time at which its goal is reached without one, or until its patience ends.
 */
final class Waiting {

  private final ReentrantLock lock;
  private final Condition changed;
  private boolean ended;

  /** What there was when a goal was not reached. */
  record Shortfall(String found, Sessions seen) {}

  Waiting(ReentrantLock lock) {
    this.lock = lock;
    this.changed = lock.newCondition();
  }

  /** To be called with the lock held, after every change that can bring a goal nearer. */
  void wake() {
    changed.signalAll();
  }

  /** To be called with the lock held: nobody waits from now on. */
  void end() {
    ended = true;
    changed.signalAll();
  }

  /** Waits for the goal; {@code shortfall} is asked with the lock held when it was not reached. */
  Sessions await(Goal goal, Duration timeout, Supplier<Shortfall> shortfall) {
    Shortfall there;
    try {
      lock.lockInterruptibly();
      try {
        if (sleepUntil(goal, nanos(timeout))) {
          return goal.result().get();
        }
        there = shortfall.get();
      } finally {
        lock.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + goal.awaited(), e);
    }
    throw new AwaitTimeoutError(goal.awaited(), timeout, there.found(), there.seen());
  }

  private boolean sleepUntil(Goal goal, long patience) throws InterruptedException {
    long start = System.nanoTime();
    for (long left; (left = goal.nanosLeft().getAsLong()) > 0; ) {
      if (ended) {
        throw goal.closed();
      }
      long remaining = patience - (System.nanoTime() - start);
      if (remaining <= 0) {
        return false;
      }
      changed.awaitNanos(Math.min(left, remaining));
    }
    return true;
  }

  /** As nanoseconds; 292 years for what is longer, nothing for what is negative. */
  static long nanos(Duration duration) {
    try {
      return Math.max(0, duration.toNanos());
    } catch (ArithmeticException tooLong) {
      return duration.isNegative() ? 0 : Long.MAX_VALUE;
    }
  }
}
