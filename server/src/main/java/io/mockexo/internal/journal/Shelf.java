package io.mockexo.internal.journal;

import io.mockexo.journal.JournalLimits;
import io.mockexo.journal.SmtpSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The complete sessions and the memory that all sessions use. Makes room by giving up the oldest
 * complete session. Not thread-safe: the journal's lock guards it.
 */
final class Shelf {

  private final JournalLimits limits;
  private final TreeMap<Integer, Kept> complete = new TreeMap<>();

  /** Reserved by open sessions and kept by complete ones. */
  private long usedBytes;

  private long completeBytes;
  private int evicted;

  private record Kept(SmtpSession session, long bytes) {}

  Shelf(JournalLimits limits) {
    this.limits = limits;
  }

  /** Takes memory, for which complete sessions may have to go. */
  boolean reserve(long bytes) {
    if (bytes > limits.maxBytes() - (usedBytes - completeBytes)) {
      return false;
    }
    charge(bytes);
    return true;
  }

  /** Takes memory even if there is none left, for what must be kept. */
  void charge(long bytes) {
    usedBytes += bytes;
    makeRoom();
  }

  void release(long bytes) {
    usedBytes -= bytes;
  }

  /** Keeps a session, whose {@code bytes} were reserved while it was open. */
  void keep(SmtpSession session, long bytes) {
    complete.put(session.number(), new Kept(session, bytes));
    completeBytes += bytes;
    makeRoom();
  }

  private void makeRoom() {
    while (complete.size() > limits.maxSessions()
        || (usedBytes > limits.maxBytes() && !complete.isEmpty())) {
      evictOldest();
    }
  }

  private void evictOldest() {
    drop(complete.pollFirstEntry());
    evicted++;
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
