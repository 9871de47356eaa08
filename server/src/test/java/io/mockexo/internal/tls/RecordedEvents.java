package io.mockexo.internal.tls;

import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.ClientHello;
import io.mockexo.tls.ClientIdentity;
import io.mockexo.tls.KeyLogLine;
import io.mockexo.tls.NamedGroup;
import io.mockexo.tls.TlsJudgement;
import io.mockexo.tls.TlsVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Remembers what an engine told, as short lines and where a test needs more as values. */
final class RecordedEvents implements TlsEngineListener {

  final List<String> lines = new CopyOnWriteArrayList<>();
  final List<ClientHello> hellos = new CopyOnWriteArrayList<>();
  final List<TlsJudgement.Refuse> refusals = new CopyOnWriteArrayList<>();
  volatile @Nullable ClientIdentity client;
  volatile @Nullable String failure;

  boolean wantsSecrets;

  /** What a test does from inside the call. */
  Consumer<String> onEvent = line -> {};

  @Override
  public void clientHello(ClientHello hello) {
    hellos.add(hello);
    add("clientHello");
  }

  @Override
  public void sslv2Hello(int version, int cipherSpecs) {
    add("sslv2Hello %04x %d".formatted(version, cipherSpecs));
  }

  @Override
  public void notTls(byte[] bytes) {
    add("notTls " + new String(bytes, StandardCharsets.ISO_8859_1));
  }

  @Override
  public void refused(TlsJudgement.Refuse refusal) {
    refusals.add(refusal);
    add("refused " + refusal.reason());
  }

  @Override
  public boolean wantsSecrets() {
    return wantsSecrets;
  }

  @Override
  public void secrets(List<KeyLogLine> lines) {
    add("secrets " + lines);
  }

  @Override
  public void established(
      TlsVersion version,
      CipherSuite cipherSuite,
      @Nullable NamedGroup group,
      boolean resumed,
      boolean belowMinimum,
      @Nullable ClientIdentity client) {
    this.client = client;
    add(
        "established %s %s %s%s%s"
            .formatted(
                version,
                cipherSuite,
                group,
                resumed ? " resumed" : "",
                belowMinimum ? " belowMinimum" : ""));
  }

  @Override
  public void alertSent(boolean fatal, int code) {
    add("alertSent " + describe(fatal, code));
  }

  @Override
  public void alertReceived(boolean fatal, int code) {
    add("alertReceived " + describe(fatal, code));
  }

  @Override
  public void failed(String reason) {
    failure = reason;
    add("failed");
  }

  private void add(String line) {
    lines.add(line);
    onEvent.accept(line);
  }

  private static String describe(boolean fatal, int code) {
    String name = AlertDescription.ofCode(code).map(Object::toString).orElse("" + code);
    return (fatal ? "fatal " : "warning ") + name;
  }
}
