package io.mockexo.standalone.control;

import io.mockexo.journal.OpenSession;
import io.mockexo.journal.SessionEvent.EventsDropped;
import io.mockexo.journal.SmtpSession;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which open sessions have grown. However fast events come, a session is told at most four times a
 * second, and all together at most 400 times: then they take turns. The thread of a connection only
 * notes that there is something to tell, and not even that while nobody listens.
 */
final class Growing implements AutoCloseable {

  private static final long PAUSE_MILLIS = 250;
  private static final int AT_ONCE = 100;

  private record Grown(OpenSession session, String endpoint) {}

  private final Vertx vertx;
  private final Context here;
  private final BiConsumer<String, OpenSession> teller;

  /** By session, so that one is in it once; with the endpoint. */
  private final Map<OpenSession, String> noted = new ConcurrentHashMap<>();

  /** Whose turn it is; only the context's. */
  private final Deque<Grown> turn = new ArrayDeque<>();

  /** Whether it will be looked at what was noted. */
  private final AtomicBoolean due = new AtomicBoolean();

  private final List<Runnable> subscriptions = new ArrayList<>();
  private @Nullable Endpoints endpoints;

  Growing(Vertx vertx, BiConsumer<String, OpenSession> teller) {
    this.vertx = vertx;
    this.here = vertx.getOrCreateContext();
    this.teller = teller;
  }

  /** The number of events that a session has had, also of those that it could not keep. */
  static long events(SmtpSession session) {
    return session.events().stream()
        .mapToLong(event -> event instanceof EventsDropped missing ? missing.count() : 1)
        .sum();
  }

  /** Whose sessions it is about, from the next {@link #listen} on. */
  synchronized void of(Endpoints followed) {
    endpoints = followed;
  }

  /** Whether somebody wants to know. */
  synchronized void listen(boolean wanted) {
    if (!wanted) {
      subscriptions.forEach(Runnable::run);
      subscriptions.clear();
      noted.clear();
    } else if (subscriptions.isEmpty() && endpoints != null) {
      endpoints.forEach(
          (name, server) ->
              subscriptions.add(server.onSessionProgress(session -> note(name, session))));
    }
  }

  synchronized boolean isListening() {
    return !subscriptions.isEmpty();
  }

  private void note(String endpoint, OpenSession session) {
    noted.putIfAbsent(session, endpoint);
    lookLater();
  }

  private void lookLater() {
    if (!due.get() && due.compareAndSet(false, true)) {
      here.runOnContext(nothing -> vertx.setTimer(PAUSE_MILLIS, timer -> look()));
    }
  }

  private void look() {
    try {
      tell();
    } finally {
      due.set(false);
      if (!turn.isEmpty() || !noted.isEmpty()) {
        lookLater();
      }
    }
  }

  private void tell() {
    noted.keySet().removeIf(session -> !session.isOpen());
    turn.removeIf(grown -> !grown.session().isOpen());
    if (turn.isEmpty()) {
      noted.forEach(
          (session, endpoint) -> {
            noted.remove(session); // before it is looked at: what comes later is noted again
            turn.add(new Grown(session, endpoint));
          });
    }
    for (int i = 0; i < AT_ONCE && !turn.isEmpty(); i++) {
      Grown next = turn.remove();
      teller.accept(next.endpoint(), next.session());
    }
  }

  @Override
  public void close() {
    listen(false);
  }
}
