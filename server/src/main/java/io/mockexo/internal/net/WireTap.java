package io.mockexo.internal.net;

import io.mockexo.internal.journal.SessionRecorder;
import io.mockexo.journal.SessionEvent.Direction;
import io.mockexo.journal.WireListener;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a listener what passes between the socket and the pipeline, and changes nothing of it. It
 * stands next to the socket, where it sees each end of the connection as the kernel makes it.
 */
final class WireTap extends ChannelDuplexHandler {

  private static final Logger log = LoggerFactory.getLogger(WireTap.class);

  private final SessionRecorder recorder;
  private WireListener.@Nullable Connection follower;
  private boolean finSent;
  private boolean finReceived;
  private boolean over;

  private WireTap(SessionRecorder recorder, WireListener.Connection follower) {
    this.recorder = recorder;
    this.follower = follower;
  }

  /** Puts a tap in front of everything, if somebody wants to know of this connection. */
  static void addTo(
      ChannelPipeline pipeline, @Nullable WireListener listener, SessionRecorder recorder) {
    if (listener == null || recorder.number() == 0) {
      return;
    }
    WireListener.@Nullable Connection follower = null;
    try {
      follower = listener.accepted(recorder.snapshot());
    } catch (Throwable e) {
      warn(recorder, e);
    }
    if (follower != null) {
      pipeline.addFirst(new WireTap(recorder, follower));
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    bytes(Direction.RECEIVED, ((ByteBuf) message).nioBuffer());
    ctx.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    ByteBuf bytes = (ByteBuf) message;
    if (follower == null || !bytes.isReadable()) {
      ctx.write(message, promise);
    } else {
      ctx.write(message, new TappedWrite(this, ctx, bytes.retainedDuplicate(), promise));
    }
  }

  /** The end of the output passes no handler on its way; this is told right after the FIN. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      fin(Direction.RECEIVED);
    } else if (event instanceof ChannelOutputShutdownEvent) {
      fin(Direction.SENT);
    }
    ctx.fireUserEventTriggered(event);
  }

  /** Closing is a reset where the socket is told not to linger, else a FIN, unless one was sent. */
  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    Integer linger = ctx.channel().config().getOption(ChannelOption.SO_LINGER);
    if (linger != null && linger == 0) {
      rst(Direction.SENT);
    } else {
      fin(Direction.SENT);
    }
    over = true;
    ctx.close(promise);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException) {
      rst(Direction.RECEIVED);
    }
    ctx.fireExceptionCaught(cause);
  }

  /** A channel that nobody has closed closes of itself when writing fails: it was reset. */
  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    rst(Direction.RECEIVED);
    tell(to -> to.closed(recorder.now()));
    follower = null;
    ctx.fireChannelInactive();
  }

  /** Bytes that have passed, for which there is a place in the capture until both sides ended. */
  void bytes(Direction direction, ByteBuffer bytes) {
    if (!over) {
      tell(to -> to.bytes(recorder.now(), direction, bytes.asReadOnlyBuffer()));
    }
  }

  private void fin(Direction direction) {
    boolean said = direction == Direction.SENT ? finSent : finReceived;
    if (over || said) {
      return;
    }
    if (direction == Direction.SENT) {
      finSent = true;
    } else {
      finReceived = true;
    }
    tell(to -> to.fin(recorder.now(), direction));
  }

  private void rst(Direction direction) {
    if (!over) {
      over = true;
      tell(to -> to.rst(recorder.now(), direction));
    }
  }

  private void tell(Consumer<WireListener.Connection> what) {
    WireListener.@Nullable Connection told = follower;
    if (told == null) {
      return;
    }
    try {
      what.accept(told);
    } catch (Throwable e) {
      follower = null;
      warn(recorder, e);
    }
  }

  private static void warn(SessionRecorder recorder, Throwable e) {
    log.warn("a listener failed on the wire of session {}", recorder.number(), e);
  }
}
