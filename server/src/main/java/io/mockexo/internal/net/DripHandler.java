package io.mockexo.internal.net;

import io.mockexo.fault.Effect;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.PendingWriteQueue;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is written in small pieces with a pause after each. A close waits its turn, and so
 * does what a fault does next ({@link #whenSent}). What waits counts as not sent, so that a client
 * whose replies pile up is not read.
 */
final class DripHandler extends ChannelDuplexHandler {

  private final ConnectionDropper dropper;
  private final List<Runnable> afterwards = new ArrayList<>();
  private Effect.Drip drip;
  private @Nullable PendingWriteQueue waiting;
  private @Nullable ChannelPromise closing;
  private boolean pausing;

  DripHandler(Effect.Drip drip, ConnectionDropper dropper) {
    this.drip = drip;
    this.dropper = dropper;
  }

  /** Another drip: the slower of them is the one that is noticed. */
  void slowTo(Effect.Drip another) {
    if (nanosForEachByte(another) > nanosForEachByte(drip)) {
      drip = another;
    }
  }

  private static double nanosForEachByte(Effect.Drip drip) {
    return (double) drip.interval().toNanos() / drip.bytes();
  }

  /** Whether something waits to be sent. */
  boolean isSending() {
    return pausing || (waiting != null && !waiting.isEmpty());
  }

  /** Has {@code then} run as soon as all is sent that was written so far. */
  void whenSent(Runnable then) {
    if (isSending()) {
      afterwards.add(then);
    } else {
      then.run();
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    waiting = new PendingWriteQueue(ctx);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    queue(ctx).add(message, promise);
  }

  @Override
  public void flush(ChannelHandlerContext ctx) {
    if (!pausing) {
      sendPiece(ctx);
    }
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    closing = promise;
    dropper.closing();
    if (!pausing) {
      sendPiece(ctx);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    queue(ctx).removeAndFailAll(new ClosedChannelException());
    ctx.fireChannelInactive();
  }

  private void sendPiece(ChannelHandlerContext ctx) {
    PendingWriteQueue queue = queue(ctx);
    ByteBuf next = (ByteBuf) queue.current();
    if (next == null) {
      List<Runnable> due = List.copyOf(afterwards);
      afterwards.clear();
      due.forEach(Runnable::run);
      closeIfDue(ctx);
      return;
    }
    int length = Math.min(drip.bytes(), next.readableBytes());
    ByteBuf piece = next.readRetainedSlice(length);
    if (next.isReadable()) {
      ctx.writeAndFlush(piece);
    } else {
      ctx.writeAndFlush(piece, queue.remove());
    }
    pausing = true;
    ctx.executor().schedule(() -> goOn(ctx), drip.interval().toNanos(), TimeUnit.NANOSECONDS);
  }

  private void goOn(ChannelHandlerContext ctx) {
    pausing = false;
    if (ctx.channel().isActive() && !ctx.isRemoved()) {
      sendPiece(ctx);
    }
  }

  private void closeIfDue(ChannelHandlerContext ctx) {
    ChannelPromise promise = closing;
    if (promise != null) {
      closing = null;
      ctx.close(promise);
    }
  }

  private PendingWriteQueue queue(ChannelHandlerContext ctx) {
    PendingWriteQueue queue = waiting;
    if (queue == null) {
      throw new IllegalStateException("not in the pipeline of " + ctx.channel());
    }
    return queue;
  }
}
