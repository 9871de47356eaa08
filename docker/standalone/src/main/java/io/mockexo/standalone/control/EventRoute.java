package io.mockexo.standalone.control;

import io.mockexo.standalone.control.EventHub.Event;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Live events as server-sent events (WHATWG HTML, section 9.2). */
final class EventRoute {

  private static final long HEARTBEAT_MILLIS = 15_000;

  private final Vertx vertx;
  private final EventHub hub;

  EventRoute(Vertx vertx, EventHub hub) {
    this.vertx = vertx;
    this.hub = hub;
  }

  void addTo(Router router) {
    router.get("/events").handler(Query.only("after")).handler(this::stream);
  }

  private void stream(RoutingContext context) {
    long from = lastSeen(context);
    HttpServerResponse response =
        context
            .response()
            .setChunked(true)
            .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream");
    new Listener(response, from).begin();
  }

  /** Where a browser that was cut off goes on; who is new hears of what is new. */
  private long lastSeen(RoutingContext context) {
    String id = context.request().getHeader("Last-Event-ID");
    if (id == null) {
      long last = hub.lastId();
      return Query.count(context, "after").map(after -> Math.min(after, last)).orElse(last);
    } else if (!id.matches("\\d{1,18}")) {
      throw new Problem(400, "Last-Event-ID has to be the number of an event");
    }
    return Math.min(Long.parseLong(id), hub.lastId());
  }

  /** One client. All but {@link #run} happens on the context of its connection. */
  private final class Listener implements Runnable {

    private final HttpServerResponse response;
    private final Context here = vertx.getOrCreateContext();
    private final long heartbeat;
    private long seen;

    Listener(HttpServerResponse response, long seen) {
      this.response = response;
      this.seen = seen;
      this.heartbeat = vertx.setPeriodic(HEARTBEAT_MILLIS, timer -> beat());
    }

    void begin() {
      response.closeHandler(closed -> end());
      response.exceptionHandler(broken -> end());
      response.drainHandler(drained -> send());
      response.write("retry: 1000\n\n");
      hub.add(this);
      send();
    }

    /** There is something new. */
    @Override
    public void run() {
      here.runOnContext(nothing -> send());
    }

    private void end() {
      hub.remove(this);
      vertx.cancelTimer(heartbeat);
    }

    private void beat() {
      if (!response.writeQueueFull()) {
        response.write(":\n\n");
      }
    }

    private void send() {
      while (!response.closed() && !response.writeQueueFull()) {
        Optional<Event> next = hub.after(seen);
        if (next.isEmpty()) {
          return;
        }
        write(next.get());
      }
    }

    private void write(Event event) {
      long missed = event.id() - seen - 1;
      if (missed > 0) {
        response.write("event: skipped\ndata: {\"events\":%d}\n\n".formatted(missed));
      }
      response.write(
          "id: %d\nevent: %s\ndata: %s\n\n".formatted(event.id(), event.type(), event.data()));
      seen = event.id();
    }
  }
}
