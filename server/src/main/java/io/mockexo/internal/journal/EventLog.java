package io.mockexo.internal.journal;

import io.mockexo.journal.SessionEvent;
import java.util.Arrays;
import java.util.List;

/**
 * The events of one session: one thread appends, any thread reads, nobody locks. An event becomes
 * visible with the write of {@code size}; a reader that sees a size sees the events below it.
 */
final class EventLog {

  private volatile SessionEvent[] events = new SessionEvent[16];
  private volatile int size;

  void append(SessionEvent event) {
    int next = size;
    SessionEvent[] room = events;
    if (next == room.length) {
      room = Arrays.copyOf(room, next * 2);
      events = room;
    }
    room[next] = event;
    size = next + 1;
  }

  int size() {
    return size;
  }

  List<SessionEvent> snapshot() {
    int visible = size;
    return List.of(Arrays.copyOf(events, visible));
  }
}
