package io.mockexo.standalone.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mockexo.client.wire.SessionForm;
import io.mockexo.journal.SmtpSession;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What happens, as it happens, for all who listen. The last events are kept for those who come
 * back, and each listener takes from them at its own speed: a slow one costs nothing, and is told
 * what it has missed.
 */
final class EventHub implements AutoCloseable {

  private static final int KEPT = 2_000;

  /** One event. */
  record Event(long id, String type, String data) {}

  private final ObjectMapper mapper;
  private final SessionForm form;
  private final SessionLine line;

  /** The latest events, each at its number modulo {@link #KEPT}. */
  private final @Nullable Event[] kept = new Event[KEPT];

  private final Set<Runnable> listeners = new LinkedHashSet<>();
  private final List<Runnable> subscriptions = new ArrayList<>();
  private long lastId;

  EventHub(ObjectMapper mapper) {
    this.mapper = mapper;
    this.form = new SessionForm(mapper, false);
    this.line = new SessionLine(form);
  }

  /** Begins to tell of the sessions of these endpoints. */
  void follow(Endpoints endpoints) {
    endpoints.forEach(
        (name, server) -> {
          subscriptions.add(server.onSessionStart(session -> connected(name, session)));
          subscriptions.add(server.onSessionComplete(session -> complete(name, session)));
        });
  }

  private void connected(String name, SmtpSession session) {
    publish("connected", named(name).setAll(form.head(session)));
  }

  private void complete(String name, SmtpSession session) {
    publish("session", named(name).setAll(line.write(session)));
  }

  /** Somebody has changed something of an endpoint over the API. */
  void changed(String name, String what) {
    publish("changed", named(name).put("what", what));
  }

  private ObjectNode named(String name) {
    return mapper.createObjectNode().put("name", name);
  }

  private void publish(String type, ObjectNode data) {
    List<Runnable> told;
    synchronized (this) {
      lastId++;
      kept[index(lastId)] = new Event(lastId, type, text(data));
      told = List.copyOf(listeners);
    }
    told.forEach(Runnable::run);
  }

  private String text(ObjectNode data) {
    try {
      return mapper.writeValueAsString(data);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  /** Calls {@code listener} whenever there is something new, on any thread; it must hand over. */
  synchronized void add(Runnable listener) {
    listeners.add(listener);
  }

  synchronized void remove(Runnable listener) {
    listeners.remove(listener);
  }

  /** How many listen. */
  synchronized int listeners() {
    return listeners.size();
  }

  /** How many events are kept. */
  synchronized int kept() {
    return (int) Math.min(lastId, KEPT);
  }

  /** The number of the latest event. */
  synchronized long lastId() {
    return lastId;
  }

  /** The first event that is kept and has a number above {@code id}. */
  synchronized Optional<Event> after(long id) {
    long next = Math.max(id, lastId - KEPT) + 1;
    return next > lastId ? Optional.empty() : Optional.ofNullable(kept[index(next)]);
  }

  private static int index(long id) {
    return (int) (id % KEPT);
  }

  @Override
  public void close() {
    subscriptions.forEach(Runnable::run);
  }
}
