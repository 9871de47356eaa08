package io.mockexo.internal.net;

import io.mockexo.fault.Effect;
import io.mockexo.fault.Stage;
import io.mockexo.internal.journal.SessionRecorder;
import io.mockexo.internal.smtp.SmtpReply;
import io.mockexo.internal.tls.TlsServerEngine;
import io.mockexo.journal.SessionEvent;
import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.NamedGroup;
import io.mockexo.tls.ServerCertificate;
import io.mockexo.tls.TlsJudgement;
import io.mockexo.tls.TlsVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * TLS between the socket and the SMTP handlers, from STARTTLS on: takes the connection through the
 * stages of the handshake, and carries out the refusals of the policy.
 */
final class TlsServerHandler extends ChannelDuplexHandler {

  /** What is kept of a client that does not wait while nothing is looked at. */
  private static final int MAX_KEPT = 65_536;

  private final ConnectionPlan plan;
  private final ConnectionDropper dropper;
  private final FaultInjector faults;
  private final SessionRecorder recorder;
  private final InputRecord inputRecord;

  private @Nullable ChannelHandlerContext context;
  private @Nullable TlsServerEngine engine;
  private ByteBuf early = Unpooled.EMPTY_BUFFER;
  private byte @Nullable [] notTls;
  private @Nullable Future<?> handshakeTimer;

  private boolean held;
  private boolean flightPassed;
  private @Nullable Finished finished;
  private boolean finishedPassed;
  private boolean donePassed;

  TlsServerHandler(
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

  /** Sent towards the SMTP handlers once the handshake is done. */
  record HandshakeDone(boolean belowMinimum) {}

  /** The client's Finished has been verified. */
  private record Finished(SessionEvent.TlsEstablished established, boolean belowMinimum) {}

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    startTimer(ctx);
    if (plan.certificate().isDone() && !plan.certificate().isCompletedExceptionally()) {
      begin(ctx, plan.certificate().getNow(null));
    } else {
      awaitCertificate(ctx);
    }
  }

  /**
   * In the first second of a process its key may still be in the making; nothing is read before.
   */
  private void awaitCertificate(ChannelHandlerContext ctx) {
    ctx.channel().config().setAutoRead(false);
    plan.certificate()
        .whenComplete(
            (ready, failed) ->
                ctx.executor()
                    .execute(
                        () -> {
                          if (!ctx.isRemoved() && !dropper.hasLetGo()) {
                            ctx.channel().config().setAutoRead(true);
                            begin(ctx, ready);
                          }
                        }));
  }

  private void begin(ChannelHandlerContext ctx, @Nullable ServerCertificate certificate) {
    if (certificate == null) {
      fail(ctx, "the server has no certificate");
      return;
    }
    engine = new TlsServerEngine(plan.profile().tls(), certificate, new Listener(ctx));
    feed(ctx, engine);
  }

  /** Sends a fatal alert, then FIN. */
  void alert(AlertDescription description) {
    ChannelHandlerContext ctx = context;
    if (ctx != null) {
      sendFatalAlert(ctx, description);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    early = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), early, (ByteBuf) message);
    if (engine != null && !held) {
      feed(ctx, engine);
    } else if (early.readableBytes() > MAX_KEPT) {
      ctx.channel().config().setAutoRead(false);
    }
  }

  /** Gives the engine what has come, until it is all taken or the connection is held or over. */
  private void feed(ChannelHandlerContext ctx, TlsServerEngine tls) {
    while (early.isReadable() && !held && !dropper.hasLetGo() && tls.takesInput()) {
      byte[] bytes = ByteBufUtil.getBytes(early);
      early.skipBytes(tls.receive(bytes, 0, bytes.length));
      advance(ctx, tls);
    }
    if (!held) {
      dropper.discard(early);
      early.release();
      early = Unpooled.EMPTY_BUFFER;
    }
  }

  /** Goes from stage to stage, as far as the engine has come. */
  private void advance(ChannelHandlerContext ctx, TlsServerEngine tls) {
    if (dropper.hasLetGo()) {
      return;
    }
    if (tls.awaitsAnswer()) {
      pass(Stage.CLIENT_HELLO, ctx, tls, tls::answerHello);
      return;
    }
    Finished done = finished;
    if (done != null && !finishedPassed) {
      finishedPassed = true;
      pass(Stage.CLIENT_FINISHED, ctx, tls, () -> established(done));
      return;
    }
    sendOutput(ctx, tls);
    if (!flightPassed && tls.hasMadeFlight()) {
      flightPassed = true;
      pass(Stage.SERVER_FLIGHT, ctx, tls, () -> {});
    } else if (done != null && !donePassed) {
      donePassed = true;
      pass(
          Stage.HANDSHAKE_DONE,
          ctx,
          tls,
          () -> ctx.fireUserEventTriggered(new HandshakeDone(done.belowMinimum())));
    } else {
      handOn(ctx, tls);
      endIfOver(ctx, tls);
    }
  }

  private void pass(Stage stage, ChannelHandlerContext ctx, TlsServerEngine tls, Runnable goOn) {
    faults.pass(
        stage,
        ctx,
        new HandshakeSite(ctx),
        () -> {
          boolean wasHeld = held;
          held = false;
          goOn.run();
          advance(ctx, tls);
          if (wasHeld && !held) {
            if (finished == null) {
              startTimer(ctx);
            }
            ctx.channel().config().setAutoRead(true);
            feed(ctx, tls);
          }
        });
  }

  private void established(Finished done) {
    dropper.tlsEstablished();
    recorder.add(done.established());
  }

  private void endIfOver(ChannelHandlerContext ctx, TlsServerEngine tls) {
    if (dropper.hasLetGo() || (notTls == null && !tls.isClosed())) {
      return;
    }
    // A line that was cut is told before nothing is told any more.
    ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    if (notTls != null) {
      inputRecord.stray(SessionEvent.StrayBytes.Place.INSTEAD_OF_TLS, notTls);
    }
    if (tls.peerSentCloseNotify()) {
      dropper.clientSaidGoodbye();
    }
    ctx.close();
  }

  private static void handOn(ChannelHandlerContext ctx, TlsServerEngine tls) {
    int readable = tls.pendingPlaintext();
    if (readable > 0) {
      byte[] plaintext = new byte[readable];
      tls.readPlaintext(plaintext, 0, readable);
      ctx.fireChannelRead(Unpooled.wrappedBuffer(plaintext));
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    ByteBuf plaintext = (ByteBuf) message;
    try {
      TlsServerEngine tls = engine;
      if (tls == null || !tls.isEstablished()) {
        promise.setFailure(new IllegalStateException("TLS is not established"));
        return;
      }
      byte[] bytes = ByteBufUtil.getBytes(plaintext);
      tls.write(bytes, 0, bytes.length);
      ctx.write(output(tls), promise);
    } finally {
      plaintext.release();
    }
  }

  /** Says close_notify before the FIN (RFC 8446, section 6.1), to a client that speaks TLS. */
  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    if (engine != null && notTls == null && !dropper.hasLetGo()) {
      engine.close();
      sendOutput(ctx, engine);
    }
    ctx.close(promise);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    boolean inputEnded = event instanceof ChannelInputShutdownEvent;
    if (inputEnded) {
      endOfInput();
    }
    ctx.fireUserEventTriggered(event);
    if (inputEnded && (engine == null || engine.isClosed())) {
      ctx.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    stopTimer();
    endOfInput();
    ctx.fireChannelInactive();
  }

  /** Tells a handshake that it was cut short, unless it was this side that gave it up. */
  private void endOfInput() {
    if (engine != null && !dropper.hasLetGo()) {
      engine.inputClosed();
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    early.release();
  }

  private void handshakeTimedOut(ChannelHandlerContext ctx) {
    if (!dropper.hasLetGo()) {
      fail(ctx, "handshake timed out");
    }
  }

  private void fail(ChannelHandlerContext ctx, String reason) {
    recorder.add(new SessionEvent.TlsFailed(recorder.now(), reason));
    ctx.close();
  }

  private void startTimer(ChannelHandlerContext ctx) {
    handshakeTimer =
        ctx.executor()
            .schedule(
                () -> handshakeTimedOut(ctx),
                plan.profile().timeouts().handshake().toMillis(),
                TimeUnit.MILLISECONDS);
  }

  private void stopTimer() {
    if (handshakeTimer != null) {
      handshakeTimer.cancel(false);
    }
  }

  private void sendFatalAlert(ChannelHandlerContext ctx, AlertDescription description) {
    TlsServerEngine tls = engine;
    if (tls != null) {
      tls.fatalAlert(description);
      sendOutput(ctx, tls);
    }
    ctx.close();
  }

  private static void sendOutput(ChannelHandlerContext ctx, TlsServerEngine tls) {
    ByteBuf output = output(tls);
    if (output.isReadable()) {
      ctx.writeAndFlush(output);
    }
  }

  private static ByteBuf output(TlsServerEngine tls) {
    byte[] records = new byte[tls.pendingOutput()];
    tls.readOutput(records, 0, records.length);
    return Unpooled.wrappedBuffer(records);
  }

  /** Does what follows from what the engine tells. */
  private final class Listener extends RecordingTlsListener {

    private final ChannelHandlerContext ctx;

    Listener(ChannelHandlerContext ctx) {
      super(recorder);
      this.ctx = ctx;
    }

    @Override
    public boolean holdsAnswer() {
      return true;
    }

    @Override
    public void sslv2Hello(int version, int cipherSpecs) {
      super.sslv2Hello(version, cipherSpecs);
      ctx.close();
    }

    @Override
    public void notTls(byte[] bytes) {
      stopTimer();
      notTls = bytes; // what came before it is still to be handed on
    }

    @Override
    public void refused(TlsJudgement.Refuse refusal) {
      super.refused(refusal);
      stopTimer();
      switch (refusal.how()) {
        case FIN, REPLY -> ctx.close();
        case RST -> dropper.reset(ctx);
        case STALL -> dropper.stall(ctx);
        case ALERT -> sendFatalAlert(ctx, refusal.alert());
      }
    }

    @Override
    public void established(
        TlsVersion version,
        CipherSuite cipherSuite,
        @Nullable NamedGroup group,
        boolean resumed,
        boolean belowMinimum,
        @Nullable String clientCertificate) {
      stopTimer();
      finished =
          new Finished(
              new SessionEvent.TlsEstablished(
                  recorder.now(), version, cipherSuite, group, resumed, clientCertificate),
              belowMinimum);
    }

    @Override
    public void failed(String reason) {
      stopTimer();
      super.failed(reason);
    }
  }

  /** Where the server's part of a handshake is due. */
  private final class HandshakeSite implements Site {

    private final ChannelHandlerContext ctx;

    HandshakeSite(ChannelHandlerContext ctx) {
      this.ctx = ctx;
    }

    @Override
    public void hold() {
      stopTimer();
      held = true;
    }

    /** After bytes that are no record there is nothing that TLS could say. */
    @Override
    public void garbage(Effect.Garbage garbage) {
      ctx.writeAndFlush(GarbageBytes.of(garbage));
      dropper.stall(ctx);
    }

    @Override
    public void reply(SmtpReply reply, boolean thenClose) {
      throw new IllegalStateException("no reply is due in a handshake");
    }

    @Override
    public void alert(AlertDescription description) {
      sendFatalAlert(ctx, description);
    }
  }
}
