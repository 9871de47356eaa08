package io.mockexo.internal.net;

import io.netty.channel.ChannelHandlerContext;

/**
 * Decides whether what has come is looked at, and whether more is read. A client that does not read
 * its replies is not read either, until it does; nor is what it has pipelined looked at. One whose
 * reply is held back is read, so that its end is seen.
 */
final class InputGate {

  /** What is kept of a client that does not wait while nothing is looked at, in bytes. */
  static final int MAX_KEPT = 65_536;

  private final SmtpCommandDecoder decoder;
  private final ConnectionDropper dropper;
  private boolean held;

  InputGate(SmtpCommandDecoder decoder, ConnectionDropper dropper) {
    this.decoder = decoder;
    this.dropper = dropper;
  }

  boolean isHeld() {
    return held;
  }

  /** A reply is held back: nothing more is looked at. */
  void hold() {
    held = true;
    decoder.pause();
  }

  /** The reply is out. */
  void release(ChannelHandlerContext ctx) {
    passing(ctx, () -> {});
  }

  /** The reply is out, and leads to {@code what}, which may hold back the next one. */
  void passing(ChannelHandlerContext ctx, Runnable what) {
    boolean wasHeld = held;
    held = false;
    what.run();
    if (wasHeld && !held) {
      update(ctx);
    }
  }

  /** The client may have begun or ceased to read. */
  void update(ChannelHandlerContext ctx) {
    if (dropper.hasLetGo()) {
      return;
    }
    boolean writable = ctx.channel().isWritable();
    ctx.channel().config().setAutoRead(writable);
    if (writable && !held) {
      decoder.resume(ctx);
    } else {
      decoder.pause();
    }
  }
}
