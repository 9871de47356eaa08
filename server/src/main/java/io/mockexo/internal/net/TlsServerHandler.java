package io.mockexo.internal.net;

import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.fault.Stage;
import io.mockexo.internal.journal.SessionRecorder;
import io.mockexo.internal.tls.TlsServerEngine;
import io.mockexo.journal.SessionEvent;
import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.ClientIdentity;
import io.mockexo.tls.ServerCertificate;
import io.mockexo.tls.TlsMismatch;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * TLS between the socket and the SMTP handlers, from STARTTLS on: takes the connection through the
 * stages of the handshake, and carries out the refusals of the policy.
 */
final class TlsServerHandler extends ChannelDuplexHandler {

  private final ConnectionPlan plan;
  private final ConnectionDropper dropper;
  private final FaultInjector faults;
  private final SessionRecorder recorder;
  private final InputRecord inputRecord;
  private final HandshakeStages stages = new HandshakeStages();
  private final HandshakeTimer timer;

  private @Nullable TlsServerEngine engine;
  private ByteBuf early = Unpooled.EMPTY_BUFFER;
  private boolean held;

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
    this.timer = new HandshakeTimer(plan.profile().timeouts().handshake());
  }

  /**
   * Sent towards the SMTP handlers once the handshake is done.
   *
   * @param client who it is by its certificate; null if it showed none
   */
  record HandshakeDone(TlsVersion version, boolean belowMinimum, @Nullable ClientIdentity client) {}

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    CompletableFuture<ServerCertificate> certificate = plan.certificate().get();
    if (certificate.isDone() && !certificate.isCompletedExceptionally()) {
      begin(ctx, certificate.getNow(null));
    } else {
      awaitCertificate(ctx, certificate);
    }
  }

  /**
   * The first handshake of a process may have to wait for its key; nothing is read before, and the
   * client's time does not run.
   */
  private void awaitCertificate(
      ChannelHandlerContext ctx, CompletableFuture<ServerCertificate> certificate) {
    ctx.channel().config().setAutoRead(false);
    certificate.whenComplete(
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
    timer.start(ctx, () -> handshakeTimedOut(ctx));
    if (certificate == null) {
      fail(ctx, "the server has no certificate");
      return;
    }
    ExchangeProfile profile = plan.profile();
    HandshakeListener listener =
        new HandshakeListener(profile.keyLog(), recorder, stages, timer, dropper, this, ctx);
    engine =
        new TlsServerEngine(profile.tls(), certificate, plan.trust(), plan.sessions(), listener);
    feed(ctx, engine);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    early = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), early, (ByteBuf) message);
    if (engine != null && !held) {
      feed(ctx, engine);
    } else if (early.readableBytes() > InputGate.MAX_KEPT) {
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
    if (!tls.isEstablished()) {
      QuickAck.send(ctx.channel());
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
    Stage stage = stages.next(tls);
    if (!HandshakeStages.isBeforeAnswer(stage)) {
      sendOutput(ctx, tls);
    }
    if (stage == null) {
      handOn(ctx, tls);
      endIfOver(ctx, tls);
    } else {
      faults.pass(stage, ctx, new HandshakeSite(this, dropper, ctx), () -> passed(stage, ctx, tls));
    }
  }

  private void passed(Stage stage, ChannelHandlerContext ctx, TlsServerEngine tls) {
    boolean wasHeld = held;
    held = false;
    if (stage == Stage.CLIENT_HELLO) {
      tls.answerHello();
    } else if (stage == Stage.CLIENT_FINISHED) {
      established();
      sendTickets(tls);
    } else if (stage == Stage.HANDSHAKE_DONE) {
      ctx.fireUserEventTriggered(
          new HandshakeDone(stages.version(), stages.isBelowMinimum(), stages.client()));
    }
    advance(ctx, tls);
    if (wasHeld && !held) {
      goOn(ctx, tls);
    }
  }

  private void established() {
    dropper.tlsEstablished();
    recorder.add(stages.established(recorder.now()));
    if (stages.client() != null) {
      recorder.add(new SessionEvent.ClientCertificateShown(recorder.now(), stages.client()));
    }
    if (stages.isBelowMinimum()) {
      String why = "below " + plan.profile().tls().minimumTls();
      recorder.add(
          new SessionEvent.TlsRefused(recorder.now(), TlsRefusal.REPLY, TlsMismatch.VERSION, why));
    }
  }

  private void sendTickets(TlsServerEngine tls) {
    int tickets = tls.sendTickets();
    if (tickets > 0) {
      recorder.add(new SessionEvent.SessionTicketsSent(recorder.now(), tickets));
    }
  }

  private void goOn(ChannelHandlerContext ctx, TlsServerEngine tls) {
    if (!stages.isFinished()) {
      timer.start(ctx, () -> handshakeTimedOut(ctx));
    }
    ctx.channel().config().setAutoRead(true);
    feed(ctx, tls);
  }

  /** Looks at nothing for a while, and expects nothing. */
  void hold() {
    timer.stop();
    held = true;
  }

  private void endIfOver(ChannelHandlerContext ctx, TlsServerEngine tls) {
    byte[] notTls = stages.insteadOfTls();
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
    if (engine != null && stages.insteadOfTls() == null && !dropper.hasLetGo()) {
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
    timer.stop();
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

  /** Sends a fatal alert, then FIN. */
  void alert(ChannelHandlerContext any, AlertDescription description) {
    ChannelHandlerContext own = any.pipeline().context(this);
    TlsServerEngine tls = engine;
    if (tls != null) {
      tls.fatalAlert(description);
      sendOutput(own, tls);
      own.close();
    }
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
}
