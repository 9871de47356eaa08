package io.mockexo.standalone.control;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Closes connections on which no request comes, or one that never becomes whole. While a request is
 * answered, which may take as long as somebody awaits something, its connection is not idle.
 */
final class IdleConnections {

  private final Vertx vertx;
  private final long patienceMillis;

  /** The timers of those that wait for a request. */
  private final Map<HttpConnection, Long> timers = new ConcurrentHashMap<>();

  IdleConnections(Vertx vertx, Duration patience) {
    this.vertx = vertx;
    this.patienceMillis = patience.toMillis();
  }

  void opened(HttpConnection connection) {
    connection.closeHandler(closed -> stop(connection));
    await(connection);
  }

  /** Has a request answered, and waits for the next one from then on. */
  void serve(HttpServerRequest request, Handler<HttpServerRequest> handler) {
    stop(request.connection());
    request.response().endHandler(ended -> await(request.connection()));
    handler.handle(request);
  }

  private void await(HttpConnection connection) {
    timers.put(connection, vertx.setTimer(patienceMillis, late -> connection.close()));
  }

  private void stop(HttpConnection connection) {
    Long timer = timers.remove(connection);
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
  }
}
