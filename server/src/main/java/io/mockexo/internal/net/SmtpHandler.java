package io.mockexo.internal.net;

import io.mockexo.internal.journal.SessionRecorder;
import io.mockexo.internal.smtp.MessageCollector;
import io.mockexo.internal.smtp.SmtpCommandParser;
import io.mockexo.internal.smtp.SmtpDialogue;
import io.mockexo.internal.smtp.SmtpReply;
import io.mockexo.internal.smtp.Step;
import io.mockexo.internal.smtp.Step.Next;
import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.SessionEvent;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.timeout.IdleStateEvent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the dialogue about everything that comes in, records it, and does what the dialogue says.
 */
final class SmtpHandler extends SimpleChannelInboundHandler<SmtpInput> {

  private static final Logger LOG = LoggerFactory.getLogger(SmtpHandler.class);

  private final ConnectionPlan plan;
  private final SmtpDialogue dialogue;
  private final SmtpCommandDecoder decoder;
  private final ConnectionDropper dropper;
  private final SessionRecorder recorder;
  private final InputRecord inputRecord;

  private Next expected = new Next.Command();
  private boolean insideTls;
  private boolean replyHeldBack;

  SmtpHandler(
      ConnectionPlan plan,
      SmtpDialogue dialogue,
      SmtpCommandDecoder decoder,
      ConnectionDropper dropper,
      SessionRecorder recorder,
      InputRecord inputRecord) {
    this.plan = plan;
    this.dialogue = dialogue;
    this.decoder = decoder;
    this.dropper = dropper;
    this.recorder = recorder;
    this.inputRecord = inputRecord;
  }

  /** Sent to every connection when the server stops. */
  enum ServerStopping {
    EVENT
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    perform(ctx, dialogue.greet());
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, SmtpInput input) {
    if (dropper.hasLetGo()) {
      return;
    }
    if (input instanceof SmtpInput.EndOfInput) {
      ctx.close();
      return;
    }
    if (input instanceof SmtpInput.UnfinishedLine line) {
      inputRecord.unfinishedLine(line.bytes(), expected, insideTls);
      return;
    }
    Step step = stepFor(input);
    Duration tarpit = plan.profile().tarpit();
    if (step.tarpit() && !tarpit.isZero()) {
      holdBack(ctx, true);
      ctx.executor().schedule(() -> performLate(ctx, step), tarpit.toNanos(), TimeUnit.NANOSECONDS);
    } else {
      perform(ctx, step);
    }
  }

  private Step stepFor(SmtpInput input) {
    if (input instanceof SmtpInput.EndOfData end) {
      recorder.add(dataReceived(end.message()));
      return dialogue.dataReceived(end.message());
    }
    if (input instanceof SmtpInput.EndOfChunk end) {
      if (end.chunk().last() && end.chunk().into() != null) {
        recorder.add(dataReceived(end.chunk().into()));
      }
      return dialogue.chunkReceived(end.chunk());
    }
    if (input instanceof SmtpInput.Line line) {
      return stepForLine(line.bytes());
    }
    inputRecord.lineTooLong(expected, insideTls);
    return dialogue.lineTooLong();
  }

  private Step stepForLine(byte[] line) {
    inputRecord.line(line, expected, insideTls);
    return expected instanceof Next.AuthLine
        ? dialogue.authLine(line)
        : dialogue.on(SmtpCommandParser.parse(line));
  }

  private void performLate(ChannelHandlerContext ctx, Step step) {
    if (ctx.channel().isActive() && !dropper.hasLetGo()) {
      perform(ctx, step);
      holdBack(ctx, false);
    }
  }

  private void holdBack(ChannelHandlerContext ctx, boolean hold) {
    replyHeldBack = hold;
    updateReading(ctx);
  }

  /** Records before it sends: whoever has seen the reply finds it in the journal. */
  private void perform(ChannelHandlerContext ctx, Step step) {
    SmtpReply reply = step.reply();
    if (reply != null) {
      recorder.add(
          new SessionEvent.ReplySent(recorder.now(), insideTls, reply.code(), reply.lines()));
    }
    recordAuthentication(step.authentication());
    recordEnd(step.ended());
    if (reply != null) {
      ctx.writeAndFlush(reply);
    }
    if (!ctx.channel().isWritable()) {
      updateReading(ctx); // at once: the event comes after all that is pipelined
    }
    proceed(ctx, step.next());
  }

  private void proceed(ChannelHandlerContext ctx, Next next) {
    expected = next;
    decoder.expect(next);
    if (next instanceof Next.StartTls) {
      startTls(ctx);
    } else if (next instanceof Next.Close) {
      ctx.close();
    }
  }

  private void startTls(ChannelHandlerContext ctx) {
    byte[] behind = decoder.takeBuffered();
    TlsServerHandler tls = new TlsServerHandler(plan, dropper, recorder, inputRecord);
    if (behind.length > 0) {
      inputRecord.stray(SessionEvent.StrayBytes.Place.BEHIND_STARTTLS, behind);
    }
    switch (plan.profile().startTlsInjection()) {
      case DROP_CONNECTION -> {
        if (behind.length > 0) {
          ctx.close();
          return;
        }
        ConnectionPipeline.insertTls(ctx.pipeline(), tls);
      }
      case DISCARD -> ConnectionPipeline.insertTls(ctx.pipeline(), tls);
      case HAND_TO_TLS -> {
        ChannelHandlerContext tlsContext = ConnectionPipeline.insertTls(ctx.pipeline(), tls);
        if (behind.length > 0) {
          tls.channelRead(tlsContext, Unpooled.wrappedBuffer(behind));
        }
      }
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof TlsServerHandler.HandshakeDone done) {
      insideTls = true;
      dialogue.tlsEstablished(done.belowMinimum());
      proceed(ctx, new Next.Command());
    } else if (event instanceof IdleStateEvent && isInDialogue()) {
      perform(ctx, dialogue.idle());
    } else if (event instanceof ServerStopping) {
      sayGoodbye(ctx);
    }
  }

  private void sayGoodbye(ChannelHandlerContext ctx) {
    if (isInDialogue()) {
      perform(ctx, dialogue.serviceStopping());
    }
    dropper.closeNow(ctx);
  }

  /** A handshake has a timeout of its own, and no reply could be sent in the middle of it. */
  private boolean isInDialogue() {
    return !dropper.hasLetGo() && !replyHeldBack && !(expected instanceof Next.StartTls);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    updateReading(ctx);
  }

  /**
   * A client that does not read its replies is not read either, until it does; nor is one whose
   * reply is held back. What it had pipelined waits, too.
   */
  private void updateReading(ChannelHandlerContext ctx) {
    if (dropper.hasLetGo()) {
      return;
    }
    boolean reads = ctx.channel().isWritable() && !replyHeldBack;
    ctx.channel().config().setAutoRead(reads);
    if (reads) {
      decoder.resume(ctx);
    } else {
      decoder.pause();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    recordEnd(dialogue.connectionLost());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.error("session {} is closed because of an error in the server", recorder.number(), cause);
    dropper.closeNow(ctx);
  }

  private void recordAuthentication(Step.@Nullable Authentication authentication) {
    if (authentication == null) {
      return;
    }
    String user = authentication.user();
    recorder.add(
        authentication.succeeded() && user != null
            ? new SessionEvent.Authenticated(recorder.now(), authentication.mechanism(), user)
            : new SessionEvent.AuthenticationFailed(
                recorder.now(), authentication.mechanism(), user));
  }

  private void recordEnd(@Nullable MailTransaction ended) {
    if (ended == null) {
      return;
    }
    recorder.add(
        ended.isDelivered()
            ? new SessionEvent.MessageAccepted(recorder.now(), ended)
            : new SessionEvent.TransactionFailed(recorder.now(), ended));
  }

  private SessionEvent dataReceived(MessageCollector message) {
    return new SessionEvent.MessageDataReceived(recorder.now(), insideTls, message.size());
  }
}
