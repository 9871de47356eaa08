package io.mockexo.internal.net;

import io.mockexo.fault.Effect;
import io.mockexo.internal.journal.SessionRecorder;
import io.mockexo.internal.smtp.Inspection;
import io.mockexo.internal.smtp.SmtpDialogue;
import io.mockexo.journal.SessionEvent.MiddleboxActed;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.TimeUnit;

/**
 * The map of a connection: what its handlers are and in which order they stand.
 *
 * <pre>
 * socket
 *   [WireTap]             shows the bytes to who wants to see them; added by ServerBinding
 *   ConnectionDropper     ends the connection: FIN, RST, stall
 *   IdleStateHandler      tells when the client has been silent for too long
 *   [DripHandler]         sends slowly, where a fault wants that
 *   [TlsServerHandler]    from STARTTLS on
 *   SmtpCommandDecoder    bytes to commands and messages
 *   SmtpReplyEncoder      replies to bytes
 *   SmtpHandler           asks the dialogue, records, does what it says
 * </pre>
 */
final class ConnectionPipeline {

  private static final String IDLE = "idle";
  private static final String DRIP = "drip";
  private static final String TLS = "tls";

  private ConnectionPipeline() {}

  static void build(
      Channel channel, ConnectionPlan plan, SmtpDialogue dialogue, SessionRecorder recorder) {
    InputRecord inputRecord = new InputRecord(recorder);
    ConnectionDropper dropper = new ConnectionDropper(recorder, inputRecord, plan.profile());
    FaultInjector faults = new FaultInjector(plan.faults(), dropper, recorder);
    SmtpCommandDecoder decoder = new SmtpCommandDecoder();
    channel
        .pipeline()
        .addLast(dropper)
        .addLast(IDLE, idleHandler(plan))
        .addLast(decoder)
        .addLast(new SmtpReplyEncoder())
        .addLast(
            new SmtpHandler(
                plan.profile().tarpit(),
                dialogue,
                inspection(plan, recorder),
                decoder,
                dropper,
                faults,
                new StartTls(
                    plan.profile().startTlsInjection(),
                    inputRecord,
                    () -> new TlsServerHandler(plan, dropper, faults, recorder, inputRecord)),
                new SmtpRecord(recorder),
                inputRecord));
  }

  private static Inspection inspection(ConnectionPlan plan, SessionRecorder recorder) {
    return new Inspection(
        plan.profile().middleboxes(),
        (box, original) -> recorder.add(new MiddleboxActed(recorder.now(), box, original)));
  }

  /** Slows down what is sent from now on; of several the slowest counts. */
  static void insertDrip(ChannelPipeline pipeline, Effect.Drip drip) {
    DripHandler present = pipeline.get(DripHandler.class);
    if (present == null) {
      pipeline.addAfter(IDLE, DRIP, new DripHandler(drip, pipeline.get(ConnectionDropper.class)));
    } else {
      present.slowTo(drip);
    }
  }

  /** Whether a drip still has something to send. */
  static boolean isDripping(ChannelPipeline pipeline) {
    DripHandler drip = pipeline.get(DripHandler.class);
    return drip != null && drip.isSending();
  }

  /** Has {@code then} run when a drip has sent all that it has to. */
  static void whenDripped(ChannelPipeline pipeline, Runnable then) {
    DripHandler drip = pipeline.get(DripHandler.class);
    if (drip == null) {
      then.run();
    } else {
      drip.whenSent(then);
    }
  }

  static ChannelHandlerContext insertTls(ChannelPipeline pipeline, TlsServerHandler handler) {
    pipeline.addAfter(pipeline.get(DRIP) == null ? IDLE : DRIP, TLS, handler);
    return pipeline.context(handler);
  }

  /**
   * A client that waits for what we hold back, or send slowly, is not idle: sending counts, too.
   */
  private static IdleStateHandler idleHandler(ConnectionPlan plan) {
    return new IdleStateHandler(
        0, 0, plan.profile().timeouts().idle().toMillis(), TimeUnit.MILLISECONDS);
  }
}
