package io.mockexo.standalone.control;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A response as a stream for a thread that may wait: it does, whenever the client is slow to read,
 * so that a large answer is never in memory as a whole. Its end is the end of the response.
 */
final class ResponseStream extends OutputStream {

  private static final int CHUNK = 32 * 1024;

  private final HttpServerResponse response;
  private final Context context;
  private Buffer chunk = Buffer.buffer(CHUNK);

  /**
   * A stream.
   *
   * @param context the one that the response belongs to
   */
  ResponseStream(HttpServerResponse response, Context context) {
    this.response = response;
    this.context = context;
  }

  @Override
  public void write(int b) throws IOException {
    chunk.appendByte((byte) b);
    sendIfFull();
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int done = 0; done < length; ) {
      int piece = Math.min(CHUNK - chunk.length(), length - done);
      chunk.appendBytes(bytes, offset + done, piece);
      done += piece;
      sendIfFull();
    }
  }

  private void sendIfFull() throws IOException {
    if (chunk.length() >= CHUNK) {
      send(false);
    }
  }

  @Override
  public void close() throws IOException {
    send(true);
  }

  private void send(boolean last) throws IOException {
    Buffer full = chunk;
    chunk = Buffer.buffer(CHUNK);
    CompletableFuture<Void> sent = new CompletableFuture<>();
    context.runOnContext(
        nothing ->
            (last ? response.end(full) : response.write(full))
                .onComplete(
                    result -> {
                      if (result.failed()) {
                        sent.completeExceptionally(result.cause());
                      } else {
                        sent.complete(null);
                      }
                    }));
    try {
      sent.get();
    } catch (ExecutionException e) {
      throw new IOException("the client has gone", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
