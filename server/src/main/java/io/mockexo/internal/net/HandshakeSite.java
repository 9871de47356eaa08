package io.mockexo.internal.net;

import io.mockexo.fault.Effect;
import io.mockexo.tls.AlertDescription;
import io.netty.channel.ChannelHandlerContext;

/** Where the server's part of a handshake is due. */
final class HandshakeSite implements Site {

  private final TlsServerHandler handler;
  private final ConnectionDropper dropper;
  private final ChannelHandlerContext ctx;

  HandshakeSite(TlsServerHandler handler, ConnectionDropper dropper, ChannelHandlerContext ctx) {
    this.handler = handler;
    this.dropper = dropper;
    this.ctx = ctx;
  }

  @Override
  public void hold() {
    handler.hold();
  }

  /** After bytes that are no record there is nothing that TLS could say. */
  @Override
  public void garbage(Effect.Garbage garbage) {
    ctx.writeAndFlush(GarbageBytes.of(garbage));
    dropper.stall(ctx);
  }

  @Override
  public void reply(Effect.Answer answer) {
    throw new IllegalStateException("no reply is due in a handshake");
  }

  @Override
  public void alert(AlertDescription description) {
    handler.alert(ctx, description);
  }
}
