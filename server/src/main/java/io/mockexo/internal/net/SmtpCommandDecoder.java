package io.mockexo.internal.net;

import io.mockexo.internal.smtp.DotUnstuffer;
import io.mockexo.internal.smtp.MessageCollector;
import io.mockexo.internal.smtp.Step.Next;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the client's bytes into commands, messages and chunks. What is expected next depends on the
 * answer to what came before, so each piece is handed on before the next one is looked at, and
 * pipelined commands are answered strictly in turn.
 */
final class SmtpCommandDecoder extends ChannelInboundHandlerAdapter {

  /**
   * Without its end. RFC 4954, section 4, asks for 12,288 octets of AUTH; everything else is far
   * shorter (RFC 5321, section 4.5.3.1.4: 512, more with extensions).
   */
  static final int MAX_LINE_LENGTH = 12_288;

  /** Of a buffer in which a line waits for its end: twice the line, as buffers grow. */
  private static final int MOST_CAPACITY = 2 * MAX_LINE_LENGTH;

  private static final Next COMMAND = new Next.Command();

  private ByteBuf buffered = Unpooled.EMPTY_BUFFER;
  private Next expected = COMMAND;
  private DotUnstuffer unstuffer = new DotUnstuffer((bytes, offset, length) -> {});
  private long chunkOctetsLeft;
  private boolean skippingLine;

  /** How many bytes of the message have come, and at how many of them to stop; -1 for never. */
  private long bodyBytes;

  private long bodyMark = -1;

  private boolean paused;
  private boolean decoding;
  private boolean inputEnded;
  private boolean ended;

  /** Says what the bytes that follow are. Only the dialogue knows. */
  void expect(Next next) {
    expected = next;
    if (next instanceof Next.Data data) {
      unstuffer = new DotUnstuffer(data.into());
    } else if (next instanceof Next.Chunk chunk) {
      chunkOctetsLeft = chunk.octets();
    }
  }

  /** Begins to count the bytes of a message. */
  void countBody() {
    bodyBytes = 0;
    bodyMark = -1;
  }

  /** Has {@link SmtpInput.BodyReached} told when so many bytes of the message have come. */
  void markBody(@Nullable Long bytes) {
    bodyMark = bytes == null ? -1 : bytes;
  }

  /**
   * Hands on nothing until {@link #resume}: the answer to what was handed on last is held back.
   * What comes meanwhile is kept, up to a limit at which reading stops; who resumes begins it
   * again.
   */
  void pause() {
    paused = true;
  }

  void resume(ChannelHandlerContext any) {
    paused = false;
    decode(any.pipeline().context(this));
  }

  /** Takes out what was received and not yet looked at. */
  byte[] takeBuffered() {
    return take(buffered.readableBytes());
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    buffered =
        ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), buffered, (ByteBuf) message);
    decode(ctx);
    if (paused && buffered.readableBytes() > InputGate.MAX_KEPT) {
      ctx.channel().config().setAutoRead(false);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      decode(ctx);
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    end(ctx);
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    buffered.release();
    buffered = Unpooled.EMPTY_BUFFER;
  }

  private void decode(ChannelHandlerContext ctx) {
    if (decoding) {
      return;
    }
    decoding = true;
    try {
      while (!paused && !ctx.isRemoved()) {
        SmtpInput input = next();
        if (input == null) {
          break;
        }
        ctx.fireChannelRead(input);
      }
      if (inputEnded && !paused && !ctx.isRemoved()) {
        end(ctx);
      }
    } finally {
      decoding = false;
    }
    forgetDecoded(ctx);
  }

  /** The buffer itself only ever grows, by all that is pipelined: segments end within commands. */
  private void forgetDecoded(ChannelHandlerContext ctx) {
    if (!buffered.isReadable()) {
      buffered.release();
      buffered = Unpooled.EMPTY_BUFFER;
    } else if (buffered.capacity() > MOST_CAPACITY && !paused) {
      ByteBuf rest = ctx.alloc().buffer(buffered.readableBytes()).writeBytes(buffered);
      buffered.release();
      buffered = rest;
    } else {
      buffered.discardSomeReadBytes();
    }
  }

  private void end(ChannelHandlerContext ctx) {
    if (ended) {
      return;
    }
    ended = true;
    if (skippingLine) {
      ctx.fireChannelRead(new SmtpInput.LineTooLong(false));
    } else if (buffered.isReadable() && !paused) {
      ctx.fireChannelRead(new SmtpInput.UnfinishedLine(take(buffered.readableBytes())));
    }
    ctx.fireChannelRead(new SmtpInput.EndOfInput());
  }

  private @Nullable SmtpInput next() {
    if (expected instanceof Next.Data data) {
      return nextOfData(data);
    }
    if (expected instanceof Next.Chunk chunk) {
      return nextOfChunk(chunk);
    }
    return nextLine();
  }

  /** CRLF ends a line; a bare LF does too, for people with simple tools. A bare CR does not. */
  private @Nullable SmtpInput nextLine() {
    int lineFeed = buffered.bytesBefore((byte) '\n');
    if (skippingLine
        || (lineFeed < 0 ? buffered.readableBytes() : lineFeed) > MAX_LINE_LENGTH + 1) {
      return skipLine(lineFeed);
    }
    if (lineFeed < 0) {
      return null;
    }
    int start = buffered.readerIndex();
    boolean carriageReturn = lineFeed > 0 && buffered.getByte(start + lineFeed - 1) == '\r';
    byte[] line = take(carriageReturn ? lineFeed - 1 : lineFeed);
    buffered.skipBytes(carriageReturn ? 2 : 1);
    return new SmtpInput.Line(line);
  }

  private @Nullable SmtpInput skipLine(int lineFeed) {
    skippingLine = lineFeed < 0;
    buffered.skipBytes(lineFeed < 0 ? buffered.readableBytes() : lineFeed + 1);
    return lineFeed < 0 ? null : new SmtpInput.LineTooLong(true);
  }

  private @Nullable SmtpInput nextOfData(Next.Data data) {
    int length = upToMark(buffered.readableBytes());
    int offset = offsetInArray();
    byte[] bytes = inArray(length);
    int end = unstuffer.feed(bytes, offset, length);
    if (end == DotUnstuffer.MORE) {
      return bodyReached(length);
    }
    putBack(offset + length - end);
    expected = COMMAND;
    return new SmtpInput.EndOfData(data.into());
  }

  private @Nullable SmtpInput nextOfChunk(Next.Chunk chunk) {
    int available = (int) Math.min(chunkOctetsLeft, buffered.readableBytes());
    int length = chunk.into() == null ? available : upToMark(available);
    MessageCollector into = chunk.into();
    if (into == null) {
      buffered.skipBytes(length);
    } else {
      int offset = offsetInArray();
      into.add(inArray(length), offset, length);
    }
    chunkOctetsLeft -= length;
    SmtpInput reached = into == null ? null : bodyReached(length);
    if (reached != null || chunkOctetsLeft > 0) {
      return reached;
    }
    expected = COMMAND;
    return new SmtpInput.EndOfChunk(chunk);
  }

  private int upToMark(int available) {
    return bodyMark < 0 ? available : (int) Math.min(available, bodyMark - bodyBytes);
  }

  private @Nullable SmtpInput bodyReached(int length) {
    bodyBytes += length;
    if (bodyBytes != bodyMark) {
      return null;
    }
    bodyMark = -1;
    return new SmtpInput.BodyReached(bodyBytes);
  }

  /** Takes out bytes of a message without copying them, if they are in an array already. */
  private byte[] inArray(int length) {
    if (!buffered.hasArray()) {
      return take(length);
    }
    buffered.skipBytes(length);
    return buffered.array();
  }

  /** Where {@link #inArray} will put the first of them. */
  private int offsetInArray() {
    return buffered.hasArray() ? buffered.arrayOffset() + buffered.readerIndex() : 0;
  }

  private byte[] take(int length) {
    byte[] bytes = new byte[length];
    buffered.readBytes(bytes);
    return bytes;
  }

  private void putBack(int length) {
    buffered.readerIndex(buffered.readerIndex() - length);
  }
}
