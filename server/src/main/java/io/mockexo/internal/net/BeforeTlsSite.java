package io.mockexo.internal.net;

import io.mockexo.fault.Effect;
import io.mockexo.tls.AlertDescription;
import io.netty.channel.ChannelHandlerContext;

/** Where a ClientHello is due: it comes all the same. */
final class BeforeTlsSite implements Site {

  private final ChannelHandlerContext ctx;
  private final InputGate gate;
  private final Runnable startTls;

  BeforeTlsSite(ChannelHandlerContext ctx, InputGate gate, Runnable startTls) {
    this.ctx = ctx;
    this.gate = gate;
    this.startTls = startTls;
  }

  @Override
  public void hold() {
    gate.hold();
  }

  @Override
  public void garbage(Effect.Garbage garbage) {
    ctx.writeAndFlush(GarbageBytes.of(garbage));
    startTls.run();
  }

  @Override
  public void reply(Effect.Answer answer) {
    throw new IllegalStateException("no reply is due here");
  }

  @Override
  public void alert(AlertDescription description) {
    throw new IllegalStateException("there is no TLS yet");
  }
}
