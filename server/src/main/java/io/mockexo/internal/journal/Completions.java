package io.mockexo.internal.journal;

import io.mockexo.journal.SmtpSession;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the subscribers of completed sessions: outside the journal's lock, one at a time, in the
 * order of completion. Whichever thread completed a session while nobody was telling does it.
 *
 * <p>Sessions that are to be told take no memory beside the journal's: one that the journal gives
 * up meanwhile, because a subscriber is slow and clients are not, is not told.
 */
final class Completions {

  private static final Logger log = LoggerFactory.getLogger(Completions.class);

  private final ReentrantLock lock;
  private final Set<SmtpSession> untold = new LinkedHashSet<>();
  private final Subscribers<SmtpSession> subscribers = new Subscribers<>();
  private boolean telling;
  private int missed;

  Completions(ReentrantLock lock) {
    this.lock = lock;
  }

  void subscribe(Consumer<? super SmtpSession> subscriber) {
    subscribers.add(subscriber);
  }

  void unsubscribe(Consumer<? super SmtpSession> subscriber) {
    subscribers.remove(subscriber);
  }

  /**
   * To be called with the lock held.
   *
   * @param kept whether the journal keeps it; if not, it can be told only at once
   */
  void add(SmtpSession session, boolean kept) {
    if (subscribers.isEmpty()) {
      return;
    }
    if (kept || !telling) {
      untold.add(session);
    } else {
      missed++;
    }
  }

  /** The journal gives up a session. To be called with the lock held. */
  void forget(SmtpSession session) {
    if (untold.remove(session)) {
      missed++;
    }
  }

  /** To be called with the lock held. */
  void forgetAll() {
    untold.clear();
  }

  /** To be called without the lock. */
  void tell() {
    for (SmtpSession next = next(false); next != null; next = next(true)) {
      subscribers.tell(next.number(), next);
      warnOfMissed();
    }
  }

  private void warnOfMissed() {
    int count;
    lock.lock();
    try {
      count = missed;
      missed = 0;
    } finally {
      lock.unlock();
    }
    if (count > 0) {
      log.warn("{} sessions were given up before the subscribers were told of them", count);
    }
  }

  private @Nullable SmtpSession next(boolean mine) {
    lock.lock();
    try {
      if (telling && !mine) {
        return null;
      }
      Iterator<SmtpSession> queue = untold.iterator();
      telling = queue.hasNext();
      if (!telling) {
        return null;
      }
      SmtpSession next = queue.next();
      queue.remove();
      return next;
    } finally {
      lock.unlock();
    }
  }
}
