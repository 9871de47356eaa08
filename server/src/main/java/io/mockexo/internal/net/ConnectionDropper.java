package io.mockexo.internal.net;

import io.mockexo.internal.journal.SessionRecorder;
import io.mockexo.internal.smtp.StraySample;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.SessionEvent.Closed.End;
import io.mockexo.journal.SessionEvent.Closed.Side;
import io.mockexo.journal.SessionEvent.StrayBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The handler next to the socket: ends a connection in exactly the way asked for, and records which
 * side ended it and how.
 *
 * <p>An ordinary {@code close} means FIN: the output is shut down once everything written has left,
 * then the input is read and discarded until the client has closed too. Closing at once would make
 * the kernel send RST whenever a byte was left unread.
 */
final class ConnectionDropper extends ChannelDuplexHandler {

  /** Enough to tell what came after our FIN. */
  private static final int STRAY_BYTES_KEPT = 1024;

  private enum State {
    /** Everything passes. */
    OPEN,
    /** Our FIN is sent or waits for what was written before it; input is discarded. */
    FINISHING,
    /** Nothing is answered any more; input is discarded. */
    STALLED
  }

  private final SessionRecorder recorder;
  private final Duration grace;

  private State state = State.OPEN;
  private boolean inputEnded;
  private @Nullable Side endedBy;
  private End end = End.FIN;
  private @Nullable Future<?> graceTimer;

  private boolean wasInsideTls;
  private final ByteBuf strayBytes = Unpooled.buffer(0, STRAY_BYTES_KEPT);
  private long strayCount;

  ConnectionDropper(SessionRecorder recorder, Duration grace) {
    this.recorder = recorder;
    this.grace = grace;
  }

  /**
   * Whether the connection has been given up, so that nothing more is to be answered or recorded.
   */
  boolean hasLetGo() {
    return state != State.OPEN;
  }

  /** TLS records that follow our FIN are then no surprise: the client's close_notify is one. */
  void enteredTls() {
    wasInsideTls = true;
  }

  /** Ends the connection with RST. */
  void reset(ChannelHandlerContext any) {
    endedFirstBy(Side.SERVER, End.RST);
    any.channel().config().setOption(ChannelOption.SO_LINGER, 0);
    closeNow(any);
  }

  /**
   * Leaves the connection open, reads and discards, and answers nothing until the client gives up.
   */
  void stall(ChannelHandlerContext any) {
    state = State.STALLED;
    any.channel().config().setAutoRead(true);
  }

  /** Ends the connection without waiting for the client. */
  void closeNow(ChannelHandlerContext any) {
    endedFirstBy(Side.SERVER, End.FIN);
    own(any).close();
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    if (state == State.FINISHING) {
      return;
    }
    state = State.FINISHING;
    endedFirstBy(Side.SERVER, End.FIN);
    graceTimer =
        ctx.executor().schedule(() -> graceOver(ctx), grace.toNanos(), TimeUnit.NANOSECONDS);
    ctx.channel().config().setAutoRead(true);
    ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> shutdownOutput(ctx, promise));
  }

  private void shutdownOutput(ChannelHandlerContext ctx, ChannelPromise promise) {
    ((DuplexChannel) ctx.channel()).shutdownOutput(promise);
    if (inputEnded) {
      ctx.close();
    }
  }

  private void graceOver(ChannelHandlerContext ctx) {
    if (ctx.channel().isActive()) {
      end = End.TIMEOUT;
      ctx.close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (state == State.OPEN) {
      ctx.fireChannelRead(message);
      return;
    }
    try {
      if (state == State.FINISHING) {
        keepStrayBytes((ByteBuf) message);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void keepStrayBytes(ByteBuf bytes) {
    strayCount += bytes.readableBytes();
    int room = STRAY_BYTES_KEPT - strayBytes.readableBytes();
    strayBytes.writeBytes(bytes, Math.min(room, bytes.readableBytes()));
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      endedFirstBy(Side.CLIENT, End.FIN);
      if (hasLetGo()) {
        ctx.close();
        return;
      }
    }
    ctx.fireUserEventTriggered(event);
  }

  /** Reading fails when the client has reset the connection. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    endedFirstBy(Side.CLIENT, End.RST);
    ctx.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (graceTimer != null) {
      graceTimer.cancel(false);
    }
    ctx.fireChannelInactive();
    recordStrayBytes();
    recorder.close(
        endedBy == null
            ? new Closed(recorder.now(), Side.CLIENT, End.RST)
            : new Closed(recorder.now(), endedBy, end));
  }

  private void recordStrayBytes() {
    byte[] kept = new byte[strayBytes.readableBytes()];
    strayBytes.readBytes(kept);
    StraySample sample = StraySample.of(kept);
    if (strayCount > 0 && !(wasInsideTls && StrayBytesRecord.isTls(sample))) {
      StrayBytesRecord.add(recorder, StrayBytes.Place.AFTER_FIN, sample, strayCount);
    }
  }

  private void endedFirstBy(Side side, End how) {
    if (endedBy == null) {
      endedBy = side;
      end = how;
    }
  }

  private ChannelHandlerContext own(ChannelHandlerContext any) {
    return any.pipeline().context(this);
  }
}
