package io.mockexo.standalone.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mockexo.client.wire.SessionForm;
import io.mockexo.journal.OpenSession;
import io.mockexo.journal.SmtpSession;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What happens, as it happens, for all who listen. The last events are kept for those who come
 * back, and each listener takes from them at its own speed: a slow one costs nothing, and is told
 * what it has missed.
 *
 * <p>Progress of open sessions comes in masses and is soon out of date. It is made only while
 * somebody listens, has no id, and is kept apart, so that it does not push out what somebody who
 * comes back must hear of.
 */
final class EventHub implements AutoCloseable {

  private static final int KEPT = 2_000;
  private static final int KEPT_PROGRESS = 500;
  private static final String PROGRESS = "progress";

  /**
   * One event.
   *
   * @param id its own, or of progress, which has none, that of the last event before it
   */
  record Event(long id, String type, String data) {

    boolean isProgress() {
      return type.equals(PROGRESS);
    }
  }

  /** How far a listener has come: the last event with an id, and the last progress. */
  record Seen(long id, long progress) {}

  private final ObjectMapper mapper;
  private final SessionForm form;
  private final SessionLine line;
  private final Growing growing;
  private final long runsFrom = firstId();
  private final Latest<Event> events = new Latest<>(KEPT, runsFrom);
  private final Latest<Event> progress = new Latest<>(KEPT_PROGRESS, 0);
  private final Set<Runnable> listeners = new LinkedHashSet<>();
  private final List<Runnable> subscriptions = new ArrayList<>();

  EventHub(ObjectMapper mapper, Vertx vertx) {
    this.mapper = mapper;
    this.form = new SessionForm(mapper, false);
    this.line = new SessionLine(form);
    this.growing = new Growing(vertx, this::grown);
  }

  /**
   * Ids go on from run to run, unless there are a million events a second: what somebody has seen
   * of an earlier run is told from what this one has. They stay exact in JavaScript.
   */
  private static long firstId() {
    return Instant.now().toEpochMilli() * 1_000;
  }

  /** Begins to tell of the sessions of these endpoints. */
  synchronized void follow(Endpoints endpoints) {
    endpoints.forEach(
        (name, server) -> {
          subscriptions.add(server.onSessionStart(session -> connected(name, session)));
          subscriptions.add(server.onSessionComplete(session -> complete(name, session)));
        });
    growing.of(endpoints);
    growing.listen(!listeners.isEmpty());
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

  private void grown(String name, OpenSession open) {
    Optional<String> data = open.soFar().map(session -> text(progress(name, session)));
    if (data.isEmpty()) {
      return;
    }
    List<Runnable> told;
    synchronized (this) {
      if (!open.isOpen()) {
        return; // or progress could come after the end
      }
      progress.add(new Event(events.last(), PROGRESS, data.get()));
      told = List.copyOf(listeners);
    }
    told.forEach(Runnable::run);
  }

  private ObjectNode progress(String name, SmtpSession session) {
    return named(name)
        .put("number", session.number())
        .put("acceptedAt", session.acceptedAt().toString())
        .put("events", Growing.events(session))
        .put("messages", session.deliveredMessages().size())
        .put("summary", session.summary());
  }

  private ObjectNode named(String name) {
    return mapper.createObjectNode().put("name", name);
  }

  private void publish(String type, ObjectNode data) {
    List<Runnable> told;
    synchronized (this) {
      events.add(new Event(events.last() + 1, type, text(data)));
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
    growing.listen(true);
  }

  synchronized void remove(Runnable listener) {
    listeners.remove(listener);
    growing.listen(!listeners.isEmpty());
  }

  /** How many listen. */
  synchronized int listeners() {
    return listeners.size();
  }

  /** Whether the connections have to note what they do. */
  boolean followsProgress() {
    return growing.isListening();
  }

  /** How many events are kept. */
  synchronized int kept() {
    return events.size();
  }

  /** Who has seen all that there is. */
  synchronized Seen all() {
    return new Seen(events.last(), progress.last());
  }

  /** Who has seen this event and those before it; empty if no event of this run has the id. */
  synchronized Optional<Seen> upTo(long id) {
    boolean known = id >= runsFrom && id <= events.last();
    return known ? Optional.of(new Seen(id, progress.last())) : Optional.empty();
  }

  /** Who has seen nothing of this run. */
  Seen nothing() {
    return upTo(runsFrom).orElseThrow();
  }

  /** What comes next for somebody. */
  record Next(Event event, Seen seen, long missed) {}

  /** The first event that somebody has not seen; of those before it some may be kept no longer. */
  synchronized Optional<Next> after(Seen seen) {
    Optional<Latest.Numbered<Event>> event = events.after(seen.id());
    Optional<Latest.Numbered<Event>> growth =
        progress
            .after(seen.progress())
            .filter(next -> event.isEmpty() || next.value().id() < event.get().number());
    if (growth.isPresent()) {
      long number = growth.get().number();
      Seen now = new Seen(seen.id(), number);
      return Optional.of(new Next(growth.get().value(), now, number - seen.progress() - 1));
    }
    return event.map(
        next ->
            new Next(
                next.value(),
                new Seen(next.number(), seen.progress()),
                next.number() - seen.id() - 1));
  }

  @Override
  public synchronized void close() {
    subscriptions.forEach(Runnable::run);
    growing.close();
  }
}
