package io.mockexo.standalone.evidence.capture;

import io.mockexo.journal.SmtpSession;
import io.mockexo.journal.WireListener;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what passed on the wires of all endpoints, up to a number of bytes: that of open
 * connections, and of those that ended last. Thread-safe.
 *
 * <p>One connection may take a quarter of it. Beyond that, and where open connections alone have
 * filled it, bytes are counted and not kept.
 */
public final class WireMemory {

  /** One of them shall not push out all others. */
  private static final int SHARE = 4;

  /** What a connection takes before a byte has passed, by estimate. */
  private static final long EMPTY = 512;

  private final long maxBytes;
  private final AtomicLong used = new AtomicLong();
  private final AtomicLong held = new AtomicLong();
  private final Map<Key, WireRecord> open = new HashMap<>();
  private final Map<Key, WireRecord> complete = new LinkedHashMap<>();

  /** A reset numbers anew, while connections of before may still be there. */
  record Key(String endpointName, int number, Instant acceptedAt) {
    static Key of(String endpointName, SmtpSession session) {
      return new Key(endpointName, session.number(), session.acceptedAt());
    }
  }

  /**
   * An empty one.
   *
   * @param maxBytes 0 keeps nothing
   */
  public WireMemory(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  public boolean keepsAnything() {
    return maxBytes > 0;
  }

  /** Follows the connections of an endpoint; null if nothing is kept, so that nobody looks. */
  public @Nullable WireListener listener(String endpointName) {
    return !keepsAnything() ? null : session -> begin(Key.of(endpointName, session), session);
  }

  /** What passed in a session, so far; empty if it was never kept, or had to go. */
  public Optional<WireRecord> of(String endpointName, SmtpSession session) {
    Key key = Key.of(endpointName, session);
    synchronized (this) {
      return Optional.ofNullable(open.containsKey(key) ? open.get(key) : complete.get(key));
    }
  }

  /**
   * What passed in a complete session, for somebody who needs it soon, whatever has to go until
   * then; empty if too much is held already, which is as much as is kept.
   */
  public Optional<WireRecord> hold(String endpointName, SmtpSession session) {
    return of(endpointName, session).filter(this::hold);
  }

  private boolean hold(WireRecord wire) {
    if (held.addAndGet(wire.size()) <= maxBytes) {
      return true;
    }
    letGo(wire);
    return false;
  }

  /** Nobody needs it any more. */
  public void letGo(WireRecord wire) {
    held.addAndGet(-wire.size());
  }

  /** What is taken now, by estimate. */
  public long usedBytes() {
    return used.get();
  }

  private WireListener.@Nullable Connection begin(Key key, SmtpSession session) {
    if (!reserve(EMPTY)) {
      return null;
    }
    WireRecord begun = new WireRecord(this, key, session, EMPTY);
    synchronized (this) {
      open.put(key, begun);
    }
    return begun;
  }

  /** How much one connection may take. */
  long maxBytesOfOne() {
    return maxBytes / SHARE;
  }

  /** Takes room, for which complete connections may have to go. */
  boolean reserve(long bytes) {
    if (used.addAndGet(bytes) > maxBytes) {
      makeRoom();
      if (used.get() > maxBytes) {
        used.addAndGet(-bytes);
        return false;
      }
    }
    return true;
  }

  /** An eighth at a time, so that a full memory is not looked through for each byte. */
  private synchronized void makeRoom() {
    Iterator<WireRecord> oldest = complete.values().iterator();
    while (used.get() > maxBytes - maxBytes / 8 && oldest.hasNext()) {
      used.addAndGet(-oldest.next().size());
      oldest.remove();
    }
  }

  synchronized void completed(Key key, WireRecord wire) {
    if (open.remove(key, wire)) {
      complete.put(key, wire);
    }
  }
}
