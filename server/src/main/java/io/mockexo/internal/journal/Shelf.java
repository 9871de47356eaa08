package io.mockexo.internal.journal;

import io.mockexo.journal.JournalLimits;
import io.mockexo.journal.SmtpSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The complete sessions and the memory that all sessions use. Makes room by giving up the oldest
 * complete session.
 */
final class Shelf {

  /** What no journal reaches, so that sums of it do not overflow. */
  private static final long ENDLESS = Long.MAX_VALUE / 2;

  private final int maxSessions;
  private final long maxBytes;
  private final ReentrantLock lock;
  private final Consumer<SmtpSession> evictionListener;
  private final TreeMap<Integer, Kept> complete = new TreeMap<>();

  /** Taken by open sessions and kept by complete ones. */
  private long usedBytes;

  private long completeBytes;
  private int evicted;

  private record Kept(SmtpSession session, long bytes) {}

  /**
   * An empty shelf.
   *
   * @param evictionListener is told of sessions that are given up, with the lock held
   */
  Shelf(JournalLimits limits, ReentrantLock lock, Consumer<SmtpSession> evictionListener) {
    this.maxSessions = limits.maxSessions();
    this.maxBytes = Math.min(limits.maxBytes(), ENDLESS);
    this.lock = lock;
    this.evictionListener = evictionListener;
  }

  /** Takes memory, for which complete sessions may have to go. */
  boolean reserve(long bytes) {
    lock.lock();
    try {
      if (bytes > maxBytes - (usedBytes - completeBytes)) {
        return false;
      }
      charge(bytes);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Takes memory even if there is none left, for what must be kept. */
  void charge(long bytes) {
    lock.lock();
    try {
      usedBytes += bytes;
      makeRoom();
    } finally {
      lock.unlock();
    }
  }

  void release(long bytes) {
    lock.lock();
    try {
      usedBytes -= bytes;
    } finally {
      lock.unlock();
    }
  }

  /** What is taken now. */
  long usedBytes() {
    lock.lock();
    try {
      return usedBytes;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Keeps a session, whose {@code bytes} were taken while it was open. To be called with the lock
   * held, as all that follows.
   *
   * @return false if open sessions leave no room for it
   */
  boolean keep(SmtpSession session, long bytes) {
    complete.put(session.number(), new Kept(session, bytes));
    completeBytes += bytes;
    makeRoom();
    return complete.containsKey(session.number());
  }

  private void makeRoom() {
    while (complete.size() > maxSessions || (usedBytes > maxBytes && !complete.isEmpty())) {
      evictOldest();
    }
  }

  private void evictOldest() {
    Map.Entry<Integer, Kept> oldest = complete.pollFirstEntry();
    drop(oldest);
    evicted++;
    evictionListener.accept(oldest.getValue().session());
  }

  private void drop(Map.Entry<Integer, Kept> entry) {
    completeBytes -= entry.getValue().bytes();
    usedBytes -= entry.getValue().bytes();
  }

  /** Forgets the complete sessions and how many were evicted. */
  void clear() {
    while (!complete.isEmpty()) {
      drop(complete.pollFirstEntry());
    }
    evicted = 0;
  }

  List<SmtpSession> sessions() {
    List<SmtpSession> sessions = new ArrayList<>(complete.size());
    complete.values().forEach(kept -> sessions.add(kept.session()));
    return sessions;
  }

  int evicted() {
    return evicted;
  }
}
