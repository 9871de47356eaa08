package io.mockexo.internal.net;

import io.mockexo.internal.journal.SessionRecorder;
import io.mockexo.journal.SessionEvent.StrayBytes;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;

/** Puts TLS into a connection, and deals with what the client did not wait to send. */
final class StartTls {

  private final ConnectionPlan plan;
  private final ConnectionDropper dropper;
  private final FaultInjector faults;
  private final SessionRecorder recorder;
  private final InputRecord inputRecord;

  StartTls(
      ConnectionPlan plan,
      ConnectionDropper dropper,
      FaultInjector faults,
      SessionRecorder recorder,
      InputRecord inputRecord) {
    this.plan = plan;
    this.dropper = dropper;
    this.faults = faults;
    this.recorder = recorder;
    this.inputRecord = inputRecord;
  }

  /**
   * Begins TLS.
   *
   * @param behind what came in the same flight as STARTTLS, before its reply was sent
   * @param since what came after the reply: the beginning of TLS
   */
  void begin(ChannelHandlerContext ctx, byte[] behind, byte[] since) {
    if (behind.length > 0) {
      inputRecord.stray(StrayBytes.Place.BEHIND_STARTTLS, behind);
      switch (plan.profile().startTlsInjection()) {
        case DROP_CONNECTION -> ctx.close();
        case DISCARD -> insert(ctx, since);
        case HAND_TO_TLS -> insert(ctx, behind, since);
      }
    } else {
      insert(ctx, since);
    }
  }

  private void insert(ChannelHandlerContext ctx, byte[]... received) {
    TlsServerHandler tls = new TlsServerHandler(plan, dropper, faults, recorder, inputRecord);
    ChannelHandlerContext tlsContext = ConnectionPipeline.insertTls(ctx.pipeline(), tls);
    for (byte[] bytes : received) {
      if (bytes.length > 0) {
        tls.channelRead(tlsContext, Unpooled.wrappedBuffer(bytes));
      }
    }
  }
}
