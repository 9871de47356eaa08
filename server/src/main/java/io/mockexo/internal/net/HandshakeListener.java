package io.mockexo.internal.net;

import io.mockexo.internal.journal.SessionRecorder;
import io.mockexo.journal.SessionEvent;
import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.NamedGroup;
import io.mockexo.tls.TlsJudgement;
import io.mockexo.tls.TlsVersion;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/** Does what follows from what the engine tells. */
final class HandshakeListener extends RecordingTlsListener {

  private final SessionRecorder recorder;
  private final HandshakeStages stages;
  private final HandshakeTimer timer;
  private final ConnectionDropper dropper;
  private final TlsServerHandler handler;
  private final ChannelHandlerContext ctx;

  HandshakeListener(
      SessionRecorder recorder,
      HandshakeStages stages,
      HandshakeTimer timer,
      ConnectionDropper dropper,
      TlsServerHandler handler,
      ChannelHandlerContext ctx) {
    super(recorder);
    this.recorder = recorder;
    this.stages = stages;
    this.timer = timer;
    this.dropper = dropper;
    this.handler = handler;
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
    timer.stop();
    stages.notTls(bytes);
  }

  @Override
  public void refused(TlsJudgement.Refuse refusal) {
    super.refused(refusal);
    timer.stop();
    switch (refusal.how()) {
      case FIN, REPLY -> ctx.close();
      case RST -> dropper.reset(ctx);
      case STALL -> dropper.stall(ctx);
      case ALERT -> handler.alert(refusal.alert());
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
    timer.stop();
    stages.finished(
        new SessionEvent.TlsEstablished(
            recorder.now(), version, cipherSuite, group, resumed, clientCertificate),
        belowMinimum);
  }

  @Override
  public void failed(String reason) {
    timer.stop();
    super.failed(reason);
  }
}
