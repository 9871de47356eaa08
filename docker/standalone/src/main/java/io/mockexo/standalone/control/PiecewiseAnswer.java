package io.mockexo.standalone.control;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;

/**
 * A large answer, piece by piece. A worker makes a piece when the client has taken the one before,
 * so that neither the whole is in memory, nor a thread waits for a client that is slow to read.
 */
final class PiecewiseAnswer {

  /** Where the pieces come from. */
  @FunctionalInterface
  interface Source {
    /** The next piece; an empty one is the end. */
    byte[] next() throws IOException;
  }

  private final Vertx vertx;
  private final RoutingContext context;
  private final Source source;

  private PiecewiseAnswer(Vertx vertx, RoutingContext context, Source source) {
    this.vertx = vertx;
    this.context = context;
    this.source = source;
  }

  /** Sends what comes from {@code source}; head and status of the response are set already. */
  static void send(Vertx vertx, RoutingContext context, Source source) {
    new PiecewiseAnswer(vertx, context, source).go();
  }

  private void go() {
    vertx
        .executeBlocking(source::next, false)
        .onSuccess(this::write)
        .onFailure(failure -> context.fail(500, failure));
  }

  /** Who has gone gets no more; that is no failure of ours. */
  private void write(byte[] piece) {
    HttpServerResponse response = context.response();
    if (piece.length == 0) {
      response.end();
    } else if (!response.closed()) {
      response.write(Buffer.buffer(piece)).onSuccess(written -> go());
    }
  }
}
