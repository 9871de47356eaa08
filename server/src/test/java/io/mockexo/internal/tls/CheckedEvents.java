package io.mockexo.internal.tls;

import io.mockexo.fuzz.Check;
import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.ClientHello;
import io.mockexo.tls.ClientIdentity;
import io.mockexo.tls.NamedGroup;
import io.mockexo.tls.TlsJudgement;
import io.mockexo.tls.TlsVersion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Listens to an engine under a fuzzer and holds it to what {@link TlsEngineListener} promises. */
final class CheckedEvents implements TlsEngineListener {

  /** Their names, without what depends on how the input was cut. */
  final List<String> names = new ArrayList<>();

  @Nullable TlsServerEngine engine;
  private int hellos;
  private boolean established;
  private boolean ended;
  private boolean leftTls;
  private int warningsInARow;

  boolean takesInput() {
    return !ended && !leftTls;
  }

  /** To be called when anything else came in between. */
  void otherRecord() {
    warningsInARow = 0;
  }

  @Override
  public void clientHello(ClientHello hello) {
    add("clientHello");
    Check.that(!established && ++hellos <= 2, "too many hellos: %s", names);
  }

  @Override
  public void sslv2Hello(int version, int cipherSpecs) {
    add("sslv2Hello");
    ended = true;
  }

  @Override
  public void notTls(byte[] firstBytes) {
    add("notTls");
    Check.that(firstBytes.length > 0, "nothing is no cleartext");
    leftTls = true;
    ended = !established; // else what was decrypted before may still be answered
  }

  /** As the handler does it when refusing with an alert. */
  @Override
  public void refused(TlsJudgement.Refuse refusal) {
    add("refused");
    if (engine != null) {
      engine.fatalAlert(refusal.alert());
    }
    ended = true;
  }

  @Override
  public void established(
      TlsVersion version,
      CipherSuite cipherSuite,
      @Nullable NamedGroup group,
      boolean resumed,
      boolean belowMinimum,
      @Nullable ClientIdentity client) {
    add("established");
    Check.that(!established, "established twice: %s", names);
    established = true;
  }

  @Override
  public void alertSent(boolean fatal, int code) {
    add("alertSent " + fatal + " " + code);
  }

  @Override
  public void alertReceived(boolean fatal, int code) {
    add("alertReceived " + fatal + " " + code);
    boolean warning = !fatal && code != AlertDescription.CLOSE_NOTIFY.code();
    warningsInARow = warning ? warningsInARow + 1 : 0;
    Check.that(warningsInARow <= 5, "%d warnings in a row", warningsInARow);
  }

  @Override
  public void failed(String reason) {
    add("failed");
    ended = true;
  }

  private void add(String name) {
    Check.that(!ended, "%s after the end: %s", name, names);
    names.add(name);
  }
}
