package io.mockexo.internal.net;

import io.mockexo.internal.smtp.SmtpReply;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/** Writes each reply in one piece: two small writes would cost a delayed ACK. */
final class SmtpReplyEncoder extends ChannelOutboundHandlerAdapter {

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    ctx.write(
        message instanceof SmtpReply reply ? Unpooled.wrappedBuffer(reply.toWire()) : message,
        promise);
  }
}
