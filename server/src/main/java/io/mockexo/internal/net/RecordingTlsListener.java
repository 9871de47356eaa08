package io.mockexo.internal.net;

import io.mockexo.internal.journal.SessionRecorder;
import io.mockexo.internal.tls.TlsEngineListener;
import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SessionEvent.Direction;
import io.mockexo.tls.ClientHello;
import io.mockexo.tls.TlsJudgement;

/** Turns what a TLS engine tells into events of the session. */
abstract class RecordingTlsListener implements TlsEngineListener {

  private final SessionRecorder recorder;

  RecordingTlsListener(SessionRecorder recorder) {
    this.recorder = recorder;
  }

  @Override
  public void clientHello(ClientHello hello) {
    recorder.add(new SessionEvent.ClientHelloReceived(recorder.now(), hello));
  }

  @Override
  public void sslv2Hello(int version, int cipherSpecs) {
    recorder.add(new SessionEvent.Sslv2HelloReceived(recorder.now(), version, cipherSpecs));
  }

  @Override
  public void refused(TlsJudgement.Refuse refusal) {
    recorder.add(
        new SessionEvent.TlsRefused(
            recorder.now(), refusal.how(), refusal.mismatch(), refusal.reason()));
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
    recorder.add(new SessionEvent.TlsFailed(recorder.now(), reason));
  }
}
