package io.mockexo.internal.net;

import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long a handshake may take; a time in which a fault holds it up or a drip sends does not
 * count.
 */
final class HandshakeTimer {

  private final Duration limit;
  private @Nullable Future<?> running;

  HandshakeTimer(Duration limit) {
    this.limit = limit;
  }

  void start(ChannelHandlerContext ctx, Runnable expired) {
    running =
        ctx.executor()
            .schedule(() -> expire(ctx, expired), limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void expire(ChannelHandlerContext ctx, Runnable expired) {
    if (ConnectionPipeline.isDripping(ctx.pipeline())) {
      ConnectionPipeline.whenDripped(ctx.pipeline(), () -> start(ctx, expired));
    } else {
      expired.run();
    }
  }

  void stop() {
    if (running != null) {
      running.cancel(false);
    }
  }
}
