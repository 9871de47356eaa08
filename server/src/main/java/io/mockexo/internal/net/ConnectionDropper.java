package io.mockexo.internal.net;

import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.internal.journal.SessionRecorder;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.SessionEvent.Closed.End;
import io.mockexo.journal.SessionEvent.Closed.Side;
import io.mockexo.journal.SessionEvent.StrayBytes.Place;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The handler next to the socket: ends a connection in exactly the way asked for, and records which
 * side ended it and how.
 *
 * <p>An ordinary {@code close} means FIN: the output is shut down once everything written has left,
 * then the input is read and discarded until the client has closed too. Closing at once would make
 * the kernel send RST whenever a byte was left unread.
 */
final class ConnectionDropper extends ChannelDuplexHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionDropper.class);

  private enum State {
    /** Everything passes. */
    OPEN,
    /** A close waits for what is sent slowly; input is discarded. */
    CLOSING,
    /** Our FIN is sent or waits for what was written before it; input is discarded. */
    FINISHING,
    /** Nothing is answered any more; input is discarded. */
    STALLED,
    /** The socket is closed; what was read before that is discarded. */
    CLOSED
  }

  private final SessionRecorder recorder;
  private final ExchangeProfile profile;
  private final StrayInput strayInput;

  private State state = State.OPEN;
  private boolean inputEnded;
  private boolean finSent;
  private boolean ended;
  private Side endedBy = Side.CLIENT;
  private End end = End.RST;
  private @Nullable Future<?> patience;
  private @Nullable Pause pause;

  ConnectionDropper(SessionRecorder recorder, InputRecord inputRecord, ExchangeProfile profile) {
    this.recorder = recorder;
    this.profile = profile;
    this.strayInput = new StrayInput(recorder, inputRecord);
  }

  /** Whether the connection has been given up, so that nothing more is to be answered. */
  boolean hasLetGo() {
    return state != State.OPEN;
  }

  /** The client has announced its FIN: whatever we send now, it was first. */
  void clientSaidGoodbye() {
    endedFirstBy(Side.CLIENT, End.FIN);
  }

  /** TLS records that follow our FIN are from now on no surprise. */
  void tlsEstablished() {
    strayInput.tlsEstablished();
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
    fallSilent(any, true);
  }

  /** Leaves the connection open, and neither answers nor reads. */
  void stopReading(ChannelHandlerContext any) {
    fallSilent(any, false);
  }

  private void fallSilent(ChannelHandlerContext any, boolean reads) {
    state = State.STALLED;
    any.channel().config().setAutoRead(reads);
    waitAtMost(any, profile.timeouts().stall());
  }

  /** Ends the connection with FIN at once: whoever stands above has nothing more to say. */
  void finish(ChannelHandlerContext any) {
    ChannelHandlerContext own = any.pipeline().context(this);
    close(own, own.newPromise());
  }

  /**
   * Has {@code then} run when {@code time} is over, or {@code gone} as soon as the client has
   * closed its side. Neither runs once the connection is given up.
   */
  void pause(ChannelHandlerContext any, Duration time, Runnable then, Runnable gone) {
    Pause begun = new Pause(gone);
    pause = begun;
    begun.timer =
        any.executor()
            .schedule(() -> endPause(begun, then), time.toMillis(), TimeUnit.MILLISECONDS);
    if (inputEnded) {
      endPause(begun, gone);
    }
  }

  private void endPause(Pause ending, Runnable how) {
    if (pause == ending && !hasLetGo()) {
      ending.cancel();
      pause = null;
      how.run();
    }
  }

  /** A time in which the client is read and not answered. */
  private static final class Pause {
    private final Runnable gone;
    private @Nullable Future<?> timer;

    Pause(Runnable gone) {
      this.gone = gone;
    }

    void cancel() {
      if (timer != null) {
        timer.cancel(false);
      }
    }
  }

  /** Nothing is answered any more: a close is on its way, behind what is sent slowly. */
  void closing() {
    if (state == State.OPEN) {
      state = State.CLOSING;
    }
  }

  /** Ends the connection without waiting for the client. */
  void closeNow(ChannelHandlerContext any) {
    endedFirstBy(Side.SERVER, End.FIN);
    if (state == State.OPEN || state == State.CLOSING) {
      state = State.CLOSED; // what is pipelined is looked at before a handler hears of the close
    }
    any.pipeline().context(this).close();
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    if (state == State.FINISHING || state == State.CLOSED) {
      return;
    }
    state = State.FINISHING;
    waitAtMost(ctx, profile.timeouts().closeGrace());
    ctx.channel().config().setAutoRead(true);
    ctx.writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            written -> {
              if (written.isSuccess()) {
                shutdownOutput(ctx, promise);
              } else {
                promise.tryFailure(written.cause());
              }
            });
  }

  private void shutdownOutput(ChannelHandlerContext ctx, ChannelPromise promise) {
    endedFirstBy(Side.SERVER, End.FIN);
    finSent = true;
    ((DuplexChannel) ctx.channel()).shutdownOutput(promise);
    if (inputEnded) {
      ctx.close();
    }
  }

  private void waitAtMost(ChannelHandlerContext any, Duration limit) {
    stopWaiting();
    patience =
        any.executor().schedule(() -> timedOut(any), limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void timedOut(ChannelHandlerContext any) {
    ended = true;
    endedBy = Side.SERVER;
    end = End.TIMEOUT;
    any.pipeline().context(this).close();
  }

  private void stopWaiting() {
    if (patience != null) {
      patience.cancel(false);
    }
  }

  /** Takes what was read together with the bytes that led to the end, and came behind them. */
  void discard(ByteBuf bytes) {
    strayInput.add(bytes);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (state == State.OPEN) {
      ctx.fireChannelRead(message);
      return;
    }
    try {
      discard((ByteBuf) message);
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      endedFirstBy(Side.CLIENT, End.FIN);
      if (hasLetGo()) {
        closeUnlessWriting(ctx);
        return;
      }
      if (pause != null) {
        endPause(pause, pause.gone);
      }
    }
    ctx.fireUserEventTriggered(event);
  }

  /** A client that has closed its side may still read what was written before our FIN. */
  private void closeUnlessWriting(ChannelHandlerContext ctx) {
    if (state == State.STALLED || finSent) {
      ctx.close();
    }
  }

  /** Reading fails when the client has reset the connection; anything else is our own failure. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException) {
      endedFirstBy(Side.CLIENT, End.RST);
    } else {
      LOG.error("session {} is closed, reading failed", recorder.number(), cause);
      endedFirstBy(Side.SERVER, End.FIN);
    }
    ctx.close();
  }

  /** A channel closes of itself when writing fails: the client has reset the connection. */
  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    endedFirstBy(Side.CLIENT, End.RST);
    ctx.fireChannelInactive();
    stopWaiting();
    if (pause != null) {
      pause.cancel();
    }
    strayInput.record(state == State.STALLED ? Place.WHILE_SILENT : Place.AFTER_FIN);
    recorder.close(new Closed(recorder.now(), endedBy, end));
  }

  private void endedFirstBy(Side side, End how) {
    if (!ended) {
      ended = true;
      endedBy = side;
      end = how;
    }
  }
}
