package io.mockexo.internal.net;

import io.mockexo.exchange.StartTlsInjection;
import io.mockexo.journal.SessionEvent.StrayBytes;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.util.function.Supplier;

/** Puts TLS into a connection, and deals with what the client did not wait to send. */
final class StartTls {

  private final StartTlsInjection injection;
  private final InputRecord inputRecord;
  private final Supplier<TlsServerHandler> tlsHandler;

  /**
   * TLS for one connection.
   *
   * @param injection what becomes of bytes that were pipelined behind STARTTLS
   */
  StartTls(
      StartTlsInjection injection, InputRecord inputRecord, Supplier<TlsServerHandler> tlsHandler) {
    this.injection = injection;
    this.inputRecord = inputRecord;
    this.tlsHandler = tlsHandler;
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
      switch (injection) {
        case DROP_CONNECTION -> ctx.close();
        case DISCARD -> insert(ctx, since);
        case HAND_TO_TLS -> insert(ctx, behind, since);
      }
    } else {
      insert(ctx, since);
    }
  }

  private void insert(ChannelHandlerContext ctx, byte[]... received) {
    TlsServerHandler tls = tlsHandler.get();
    ChannelHandlerContext tlsContext = ConnectionPipeline.insertTls(ctx.pipeline(), tls);
    for (byte[] bytes : received) {
      if (bytes.length > 0) {
        tls.channelRead(tlsContext, Unpooled.wrappedBuffer(bytes));
      }
    }
  }
}
