package io.mockexo.internal.net;

import io.mockexo.internal.journal.SessionRecorder;
import io.mockexo.internal.tls.TlsEngineListener;
import io.mockexo.internal.tls.TlsServerEngine;
import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SessionEvent.Direction;
import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.ClientHello;
import io.mockexo.tls.NamedGroup;
import io.mockexo.tls.ServerCertificate;
import io.mockexo.tls.TlsJudgement;
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
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * TLS between the socket and the SMTP handlers, from STARTTLS on: records what the engine tells and
 * carries out the refusals of the policy.
 */
final class TlsServerHandler extends ChannelDuplexHandler {

  private final ConnectionPlan plan;
  private final ConnectionDropper dropper;
  private final SessionRecorder recorder;
  private final InputRecord inputRecord;

  private @Nullable TlsServerEngine engine;
  private ByteBuf early = Unpooled.EMPTY_BUFFER;
  private byte @Nullable [] notTls;
  private @Nullable Future<?> handshakeTimer;

  TlsServerHandler(
      ConnectionPlan plan,
      ConnectionDropper dropper,
      SessionRecorder recorder,
      InputRecord inputRecord) {
    this.plan = plan;
    this.dropper = dropper;
    this.recorder = recorder;
    this.inputRecord = inputRecord;
  }

  /** Sent towards the SMTP handlers once the client's Finished has been verified. */
  record HandshakeDone(boolean belowMinimum) {}

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    handshakeTimer =
        ctx.executor()
            .schedule(
                () -> handshakeTimedOut(ctx),
                plan.profile().timeouts().handshake().toMillis(),
                TimeUnit.MILLISECONDS);
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
    ByteBuf waiting = early;
    early = Unpooled.EMPTY_BUFFER;
    receive(ctx, engine, waiting);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (engine == null) {
      early = Unpooled.wrappedBuffer(early, (ByteBuf) message);
    } else {
      receive(ctx, engine, (ByteBuf) message);
    }
  }

  private void receive(ChannelHandlerContext ctx, TlsServerEngine tls, ByteBuf ciphertext) {
    try {
      byte[] bytes = ByteBufUtil.getBytes(ciphertext);
      int taken = tls.receive(bytes, 0, bytes.length);
      sendOutput(ctx, tls);
      handOn(ctx, tls);
      endIfOver(ctx, tls);
      dropper.discard(ciphertext.skipBytes(taken));
    } finally {
      ReferenceCountUtil.release(ciphertext);
    }
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

  private void stopTimer() {
    if (handshakeTimer != null) {
      handshakeTimer.cancel(false);
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

  /** Turns what the engine tells into events of the session. */
  private final class Listener implements TlsEngineListener {

    private final ChannelHandlerContext ctx;

    Listener(ChannelHandlerContext ctx) {
      this.ctx = ctx;
    }

    @Override
    public void clientHello(ClientHello hello) {
      recorder.add(new SessionEvent.ClientHelloReceived(recorder.now(), hello));
    }

    @Override
    public void sslv2Hello(int version, int cipherSpecs) {
      recorder.add(new SessionEvent.Sslv2HelloReceived(recorder.now(), version, cipherSpecs));
      ctx.close();
    }

    @Override
    public void notTls(byte[] bytes) {
      stopTimer();
      notTls = bytes; // what came before it is still to be handed on
    }

    @Override
    public void refused(TlsJudgement.Refuse refusal) {
      recorder.add(
          new SessionEvent.TlsRefused(
              recorder.now(), refusal.how(), refusal.mismatch(), refusal.reason()));
      stopTimer();
      switch (refusal.how()) {
        case FIN, REPLY -> ctx.close();
        case RST -> dropper.reset(ctx);
        case STALL -> dropper.stall(ctx);
        case ALERT -> {
          TlsServerEngine tls = engine;
          if (tls != null) {
            tls.fatalAlert(refusal.alert());
            sendOutput(ctx, tls);
          }
          ctx.close();
        }
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
      dropper.tlsEstablished();
      recorder.add(
          new SessionEvent.TlsEstablished(
              recorder.now(), version, cipherSuite, group, resumed, clientCertificate));
      if (belowMinimum) {
        recorder.add(
            new SessionEvent.TlsRefused(
                recorder.now(),
                TlsRefusal.REPLY,
                TlsMismatch.VERSION,
                "below " + plan.profile().tls().minimumTls()));
      }
      ctx.fireUserEventTriggered(new HandshakeDone(belowMinimum));
    }

    @Override
    public void alertSent(boolean fatal, int code) {
      recorder.add(new SessionEvent.Alert(recorder.now(), Direction.SENT, fatal, code));
    }

    @Override
    public void alertReceived(boolean fatal, int code) {
      recorder.add(new SessionEvent.Alert(recorder.now(), Direction.RECEIVED, fatal, code));
    }

    @Override
    public void failed(String reason) {
      stopTimer();
      recorder.add(new SessionEvent.TlsFailed(recorder.now(), reason));
    }
  }
}
