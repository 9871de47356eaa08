package io.mockexo.standalone.control;

import io.mockexo.standalone.control.EventHub.Event;
import io.mockexo.standalone.control.EventHub.Next;
import io.mockexo.standalone.control.EventHub.Seen;
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
    Optional<Long> last = lastSeen(context);
    HttpServerResponse response =
        context
            .response()
            .setChunked(true)
            .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream");
    new Listener(response).begin(last);
  }

  /** Where a browser that was cut off goes on. An empty header is none (section 9.2.4). */
  private static Optional<Long> lastSeen(RoutingContext context) {
    String id = context.request().getHeader("Last-Event-ID");
    return id == null || id.isEmpty()
        ? Query.text(context, "after").map(text -> number("after", text))
        : Optional.of(number("Last-Event-ID", id));
  }

  private static long number(String name, String text) {
    if (!text.matches("\\d{1,18}")) {
      throw new Problem(400, name + " has to be the number of an event");
    }
    return Long.parseLong(text);
  }

  /** One client. All but {@link #run} happens on the context of its connection. */
  private final class Listener implements Runnable {

    private final HttpServerResponse response;
    private final Context here = vertx.getOrCreateContext();
    private final long heartbeat;
    private Seen seen = hub.all();

    Listener(HttpServerResponse response) {
      this.response = response;
      this.heartbeat = vertx.setPeriodic(HEARTBEAT_MILLIS, timer -> beat());
    }

    /** Who is new hears of what is new. */
    void begin(Optional<Long> last) {
      response.closeHandler(closed -> end());
      response.exceptionHandler(broken -> end());
      response.drainHandler(drained -> send());
      response.write("retry: 1000\n\n");
      last.ifPresent(this::goOn);
      hub.add(this);
      send();
    }

    /** Who has seen 0 has seen nothing, and so has who knows another run, but should hear of it. */
    private void goOn(long last) {
      seen = hub.upTo(last).orElseGet(hub::nothing);
      if (last > 0 && last != seen.id()) {
        response.write("event: skipped\ndata: {\"events\":0,\"anotherRun\":true}\n\n");
      }
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
        Optional<Next> next = hub.after(seen);
        if (next.isEmpty()) {
          return;
        }
        write(next.get());
      }
    }

    private void write(Next next) {
      if (next.missed() > 0) {
        response.write("event: skipped\ndata: {\"events\":%d}\n\n".formatted(next.missed()));
      }
      Event event = next.event();
      String id = event.isProgress() ? "" : "id: %d\n".formatted(event.id());
      response.write("%sevent: %s\ndata: %s\n\n".formatted(id, event.type(), event.data()));
      seen = next.seen();
    }
  }
}
