package io.mockexo.internal.net;

import io.mockexo.journal.SessionEvent.Direction;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelProgressivePromise;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one write: shows the tap each part of it when the kernel has taken it, and not
 * before. A client that does not read, or that resets, gets less than was written. A channel calls
 * these methods at once, unlike listeners, so that a part is shown before the end that follows it.
 */
final class TappedWrite extends DefaultChannelProgressivePromise {

  private final WireTap tap;
  private final ByteBuf bytes;
  private final ChannelPromise original;
  private long shown;

  /**
   * Takes over {@code bytes}.
   *
   * @param original is told how the write ends
   */
  TappedWrite(WireTap tap, ChannelHandlerContext ctx, ByteBuf bytes, ChannelPromise original) {
    super(ctx.channel(), ctx.executor());
    this.tap = tap;
    this.bytes = bytes;
    this.original = original;
  }

  @Override
  public boolean tryProgress(long progress, long total) {
    show(progress - shown);
    return super.tryProgress(progress, total);
  }

  @Override
  public boolean trySuccess(@Nullable Void nothing) {
    boolean first = super.trySuccess(null);
    if (first) {
      show(bytes.readableBytes());
      bytes.release();
      original.trySuccess(null);
    }
    return first;
  }

  @Override
  public boolean tryFailure(Throwable cause) {
    boolean first = super.tryFailure(cause);
    if (first) {
      bytes.release();
      original.tryFailure(cause);
    }
    return first;
  }

  private void show(long length) {
    if (length > 0) {
      tap.bytes(
          Direction.SENT,
          bytes.readSlice((int) Math.min(length, bytes.readableBytes())).nioBuffer());
      shown += length;
    }
  }
}
