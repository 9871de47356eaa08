package io.mockexo.internal.tls;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The TLS sessions of one server, up to TLS 1.2, which clients may resume by their id. Those that
 * were not used for the longest time make room for others. Thread-safe.
 */
public final class ResumableSessions {

  /** Each takes a few hundred bytes; what a hostile client puts into its certificate, too. */
  static final int REMEMBERED = 256;

  private final Map<ByteBuffer, ResumableSession> sessions = new LinkedHashMap<>(16, 0.75f, true);

  /** None so far. */
  public ResumableSessions() {}

  @Nullable
  synchronized ResumableSession find(byte[] id) {
    return sessions.get(ByteBuffer.wrap(id));
  }

  synchronized void remember(ResumableSession session) {
    sessions.put(session.id(), session);
    if (sessions.size() > REMEMBERED) {
      sessions.remove(sessions.keySet().iterator().next());
    }
  }

  synchronized void forget(ResumableSession session) {
    sessions.remove(session.id());
  }
}
