package io.mockexo.internal.net;

import io.mockexo.fault.Stage;
import io.mockexo.internal.smtp.Inspection;
import io.mockexo.internal.smtp.MessageCollector;
import io.mockexo.internal.smtp.SmtpCommand;
import io.mockexo.internal.smtp.SmtpCommandParser;
import io.mockexo.internal.smtp.SmtpDialogue;
import io.mockexo.internal.smtp.SmtpReply;
import io.mockexo.internal.smtp.Step;
import io.mockexo.internal.smtp.Step.Next;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.timeout.IdleStateEvent;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the dialogue about everything that comes in, unless a fault comes before it, and does what
 * the dialogue says.
 */
final class SmtpHandler extends SimpleChannelInboundHandler<SmtpInput> {

  private static final Logger LOG = LoggerFactory.getLogger(SmtpHandler.class);

  private final Duration tarpit;
  private final SmtpDialogue dialogue;
  private final Inspection inspection;
  private final SmtpCommandDecoder decoder;
  private final ConnectionDropper dropper;
  private final FaultInjector faults;
  private final InputGate gate;
  private final StartTls startTls;
  private final SmtpRecord record;
  private final InputRecord inputRecord;

  private Next expected = new Next.Command();
  private boolean insideTls;

  /** Of the message that is coming in; null before its first byte is asked for. */
  private @Nullable MessageCollector body;

  private boolean firstChunk;

  SmtpHandler(
      Duration tarpit,
      SmtpDialogue dialogue,
      Inspection inspection,
      SmtpCommandDecoder decoder,
      ConnectionDropper dropper,
      FaultInjector faults,
      StartTls startTls,
      SmtpRecord record,
      InputRecord inputRecord) {
    this.tarpit = tarpit;
    this.dialogue = dialogue;
    this.inspection = inspection;
    this.decoder = decoder;
    this.dropper = dropper;
    this.faults = faults;
    this.gate = new InputGate(decoder, dropper);
    this.startTls = startTls;
    this.record = record;
    this.inputRecord = inputRecord;
  }

  /** Sent to every connection when the server stops. */
  enum ServerStopping {
    EVENT
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    Site greeting = site(ctx, reply -> dialogue.instead(dialogue.greet(), reply));
    faults.pass(
        Stage.CONNECT,
        ctx,
        greeting,
        () ->
            faults.pass(
                Stage.GREETING,
                ctx,
                greeting,
                () -> perform(ctx, inspection.greeting(dialogue.greet()))));
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, SmtpInput input) {
    if (dropper.hasLetGo()) {
      return;
    }
    if (input instanceof SmtpInput.EndOfInput) {
      ctx.close();
    } else if (input instanceof SmtpInput.UnfinishedLine line) {
      inputRecord.unfinishedLine(line.bytes(), expected, insideTls);
    } else if (input instanceof SmtpInput.Line line) {
      onLine(ctx, line.bytes());
    } else if (input instanceof SmtpInput.BodyReached reached) {
      onBody(ctx, reached.bytes());
    } else if (input instanceof SmtpInput.EndOfData end) {
      onEndOfMessage(ctx, end.message(), () -> dialogue.dataReceived(end.message()));
    } else if (input instanceof SmtpInput.EndOfChunk end) {
      onChunk(ctx, end.chunk());
    } else if (input instanceof SmtpInput.LineTooLong line) {
      inputRecord.lineTooLong(line.finished(), expected, insideTls);
      if (line.finished()) {
        answer(ctx, dialogue.lineTooLong());
      }
    }
  }

  private void onLine(ChannelHandlerContext ctx, byte[] line) {
    inputRecord.line(line, expected, insideTls);
    if (expected instanceof Next.AuthLine) {
      answer(ctx, dialogue.authLine(line));
      return;
    }
    SmtpCommand command = SmtpCommandParser.parse(line);
    Stage stage = SmtpStages.of(command, insideTls);
    if (stage == null) {
      answer(ctx, own(command));
      return;
    }
    faults.commandReceived(stage);
    faults.pass(
        stage,
        ctx,
        new ReplySite(
            ctx,
            gate,
            dialogue,
            fault -> dialogue.wordsOf(fault, command),
            reply -> dialogue.instead(command, reply),
            step -> perform(ctx, step)),
        () -> answer(ctx, own(command)));
  }

  /** What there is to say without a fault. */
  private Step own(SmtpCommand command) {
    return insideTls ? dialogue.on(command) : inspection.reply(command, () -> dialogue.on(command));
  }

  private void onBody(ChannelHandlerContext ctx, long bytes) {
    faults.passBody(
        bytes,
        ctx,
        site(ctx, dialogue::refuseMessage),
        () -> {
          decoder.markBody(faults.nextInBody(bytes));
          gate.release(ctx);
        });
  }

  /** A chunk that is consumed and forgotten belongs to no message. */
  private void onChunk(ChannelHandlerContext ctx, Next.Chunk chunk) {
    MessageCollector into = chunk.into();
    Supplier<Step> own = () -> dialogue.chunkReceived(chunk);
    if (into == null) {
      answer(ctx, own.get());
      return;
    }
    Runnable goOn =
        chunk.last() ? () -> onEndOfMessage(ctx, into, own) : () -> answer(ctx, own.get());
    if (firstChunk) {
      firstChunk = false;
      faults.pass(Stage.DATA, ctx, site(ctx, reply -> insteadOf(own, reply)), goOn);
    } else {
      goOn.run();
    }
  }

  private void onEndOfMessage(
      ChannelHandlerContext ctx, MessageCollector message, Supplier<Step> own) {
    record.messageReceived(message);
    dialogue.messageComplete(message);
    Site site = site(ctx, reply -> insteadOf(own, reply));
    faults.pass(
        Stage.END_OF_DATA,
        ctx,
        site,
        () -> {
          Step step = own.get();
          say(ctx, step);
          proceed(ctx, step.next());
          if (!dropper.hasLetGo()) {
            faults.pass(Stage.END_OF_DATA_REPLIED, ctx, site, () -> gate.release(ctx));
          }
        });
  }

  private Step insteadOf(Supplier<Step> own, SmtpReply reply) {
    return reply.isPositive() ? dialogue.instead(own.get(), reply) : dialogue.refuseMessage(reply);
  }

  /** Client submission is slow to refuse strangers. */
  private void answer(ChannelHandlerContext ctx, Step step) {
    if (step.tarpit() && !tarpit.isZero()) {
      gate.hold();
      dropper.pause(ctx, tarpit, () -> perform(ctx, step), () -> perform(ctx, step));
    } else {
      perform(ctx, step);
    }
  }

  /** What held this step back is over; what it leads to may hold again. */
  private void perform(ChannelHandlerContext ctx, Step step) {
    say(ctx, step);
    gate.passing(ctx, () -> proceed(ctx, step.next()));
  }

  /** Records before it sends: whoever has seen the reply finds it in the journal. */
  private void say(ChannelHandlerContext ctx, Step step) {
    record.step(step);
    if (step.reply() != null) {
      ctx.writeAndFlush(step.reply());
    }
    if (!ctx.channel().isWritable()) {
      gate.update(ctx); // at once: the event comes after all that is pipelined
    }
  }

  private void proceed(ChannelHandlerContext ctx, Next next) {
    expected = next;
    decoder.expect(next);
    if (next instanceof Next.Data data) {
      beginBody(data.into());
    } else if (next instanceof Next.Chunk chunk && chunk.into() != null && chunk.into() != body) {
      firstChunk = true;
      beginBody(chunk.into());
    } else if (next instanceof Next.StartTls) {
      byte[] behind = decoder.takeBuffered();
      faults.pass(
          Stage.STARTTLS_REPLIED,
          ctx,
          new BeforeTlsSite(ctx, gate, () -> startTls(ctx, behind)),
          () -> startTls(ctx, behind));
    } else if (next instanceof Next.Close) {
      ctx.close();
    }
  }

  private void beginBody(MessageCollector into) {
    body = into;
    decoder.countBody();
    decoder.markBody(faults.nextInBody(0));
  }

  private void startTls(ChannelHandlerContext ctx, byte[] behind) {
    startTls.begin(ctx, behind, decoder.takeBuffered());
    gate.release(ctx);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof TlsServerHandler.HandshakeDone done) {
      insideTls = true;
      record.tlsEstablished();
      dialogue.tlsEstablished(done.version(), done.belowMinimum(), done.client());
      proceed(ctx, new Next.Command());
    } else if (event instanceof IdleStateEvent && isInDialogue() && !isDripping(ctx)) {
      perform(ctx, dialogue.idle());
    } else if (event instanceof ServerStopping) {
      if (isInDialogue()) {
        perform(ctx, dialogue.serviceStopping());
      }
      dropper.closeNow(ctx);
    }
  }

  private static boolean isDripping(ChannelHandlerContext ctx) {
    return ConnectionPipeline.isDripping(ctx.pipeline());
  }

  /** A handshake has a timeout of its own, and no reply could be sent in the middle of it. */
  private boolean isInDialogue() {
    return !dropper.hasLetGo() && !gate.isHeld() && !(expected instanceof Next.StartTls);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    gate.update(ctx);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    record.end(dialogue.connectionLost());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.error("session {} is closed because of an error in the server", record.number(), cause);
    dropper.closeNow(ctx);
  }

  private Site site(ChannelHandlerContext ctx, Function<SmtpReply, Step> replied) {
    return new ReplySite(
        ctx, gate, dialogue, dialogue::wordsOf, replied, step -> perform(ctx, step));
  }
}
