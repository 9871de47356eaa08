package io.mockexo.internal.journal;

import io.mockexo.journal.SmtpSession;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the subscribers of completed sessions: outside the journal's lock, one at a time, in the
 * order of completion. Whichever thread completed a session while nobody was telling does it.
 */
final class Completions {

  private static final Logger log = LoggerFactory.getLogger(Completions.class);

  private final ReentrantLock lock;
  private final Queue<SmtpSession> untold = new ArrayDeque<>();
  private final List<Consumer<? super SmtpSession>> subscribers = new CopyOnWriteArrayList<>();
  private boolean telling;

  Completions(ReentrantLock lock) {
    this.lock = lock;
  }

  void subscribe(Consumer<? super SmtpSession> subscriber) {
    subscribers.add(subscriber);
  }

  void unsubscribe(Consumer<? super SmtpSession> subscriber) {
    subscribers.remove(subscriber);
  }

  /** To be called with the lock held. */
  void add(SmtpSession session) {
    if (!subscribers.isEmpty()) {
      untold.add(session);
    }
  }

  /** To be called with the lock held. */
  void forget() {
    untold.clear();
  }

  /** To be called without the lock. */
  void tell() {
    for (SmtpSession next = next(false); next != null; next = next(true)) {
      for (Consumer<? super SmtpSession> subscriber : subscribers) {
        tell(subscriber, next);
      }
    }
  }

  /** Errors are caught, too: a failed assertion in one subscriber must not silence the others. */
  private static void tell(Consumer<? super SmtpSession> subscriber, SmtpSession session) {
    try {
      subscriber.accept(session);
    } catch (Throwable e) {
      log.warn("a subscriber failed on session #{}", session.number(), e);
    }
  }

  private @Nullable SmtpSession next(boolean mine) {
    lock.lock();
    try {
      if (telling && !mine) {
        return null;
      }
      SmtpSession next = untold.poll();
      telling = next != null;
      return next;
    } finally {
      lock.unlock();
    }
  }
}
