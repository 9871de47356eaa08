package io.mockexo.internal.net;

import io.mockexo.internal.journal.SessionRecorder;
import io.mockexo.internal.tls.TlsEngineListener;
import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SessionEvent.Direction;
import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.ClientHello;
import io.mockexo.tls.ClientIdentity;
import io.mockexo.tls.KeyLogLine;
import io.mockexo.tls.NamedGroup;
import io.mockexo.tls.TlsJudgement;
import io.mockexo.tls.TlsVersion;
import io.netty.channel.ChannelHandlerContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what the engine tells into events of the session, and does what follows from it. */
final class HandshakeListener implements TlsEngineListener {

  private final boolean keepsSecrets;
  private final SessionRecorder recorder;
  private final HandshakeStages stages;
  private final HandshakeTimer timer;
  private final ConnectionDropper dropper;
  private final TlsServerHandler handler;
  private final ChannelHandlerContext ctx;

  HandshakeListener(
      boolean keepsSecrets,
      SessionRecorder recorder,
      HandshakeStages stages,
      HandshakeTimer timer,
      ConnectionDropper dropper,
      TlsServerHandler handler,
      ChannelHandlerContext ctx) {
    this.keepsSecrets = keepsSecrets;
    this.recorder = recorder;
    this.stages = stages;
    this.timer = timer;
    this.dropper = dropper;
    this.handler = handler;
    this.ctx = ctx;
  }

  @Override
  public void clientHello(ClientHello hello) {
    recorder.add(new SessionEvent.ClientHelloReceived(recorder.now(), hello));
  }

  @Override
  public boolean holdsAnswer() {
    return true;
  }

  @Override
  public void sslv2Hello(int version, int cipherSpecs) {
    recorder.add(new SessionEvent.Sslv2HelloReceived(recorder.now(), version, cipherSpecs));
    ctx.close();
  }

  @Override
  public void notTls(byte[] bytes) {
    timer.stop();
    stages.notTls(bytes);
  }

  @Override
  public void refused(TlsJudgement.Refuse refusal) {
    recorder.add(
        new SessionEvent.TlsRefused(
            recorder.now(), refusal.how(), refusal.mismatch(), refusal.reason()));
    timer.stop();
    switch (refusal.how()) {
      case FIN, REPLY -> ctx.close();
      case RST -> dropper.reset(ctx);
      case STALL -> dropper.stall(ctx);
      case ALERT -> handler.alert(ctx, refusal.alert());
    }
  }

  @Override
  public boolean wantsSecrets() {
    return keepsSecrets;
  }

  @Override
  public void secrets(List<KeyLogLine> lines) {
    recorder.add(new SessionEvent.SecretsLogged(recorder.now(), lines));
  }

  @Override
  public void established(
      TlsVersion version,
      CipherSuite cipherSuite,
      @Nullable NamedGroup group,
      boolean resumed,
      boolean belowMinimum,
      @Nullable ClientIdentity client) {
    timer.stop();
    stages.finished(
        at ->
            new SessionEvent.TlsEstablished(
                at, version, cipherSuite, group, resumed, client == null ? null : client.subject()),
        version,
        belowMinimum,
        client);
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
    timer.stop();
    recorder.add(new SessionEvent.TlsFailed(recorder.now(), reason));
  }
}
