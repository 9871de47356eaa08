package io.mockexo.internal.net;

import io.mockexo.fault.Stage;
import io.mockexo.internal.tls.TlsServerEngine;
import io.mockexo.journal.SessionEvent.TlsEstablished;
import io.mockexo.tls.ClientIdentity;
import io.mockexo.tls.TlsVersion;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How far a handshake has come, or what came instead of it. */
final class HandshakeStages {

  private boolean flightPassed;
  private boolean finishedPassed;
  private boolean donePassed;
  private @Nullable Function<Duration, TlsEstablished> finished;
  private TlsVersion version = TlsVersion.TLS_1_3;
  private boolean belowMinimum;
  private @Nullable ClientIdentity client;
  private byte @Nullable [] insteadOfTls;

  /** The client's Finished has been verified; when that is told, a fault may have come between. */
  void finished(
      Function<Duration, TlsEstablished> toldAt,
      TlsVersion negotiated,
      boolean isBelowMinimum,
      @Nullable ClientIdentity identity) {
    finished = toldAt;
    version = negotiated;
    belowMinimum = isBelowMinimum;
    client = identity;
  }

  /** The client sends something other than TLS; what came before it is still to be handed on. */
  void notTls(byte[] bytes) {
    insteadOfTls = bytes;
  }

  byte @Nullable [] insteadOfTls() {
    return insteadOfTls;
  }

  boolean isFinished() {
    return finished != null;
  }

  /** What the journal is told at {@code now}. */
  TlsEstablished established(Duration now) {
    if (finished == null) {
      throw new IllegalStateException("the handshake is not finished");
    }
    return finished.apply(now);
  }

  /** What was negotiated, once it is finished. */
  TlsVersion version() {
    return version;
  }

  boolean isBelowMinimum() {
    return belowMinimum;
  }

  /** Who the client is by its certificate; null if it showed none. */
  @Nullable ClientIdentity client() {
    return client;
  }

  /**
   * The stage to which the handshake has come and that is not passed yet, or null. Each is told
   * once, apart from CLIENT_HELLO, which lasts until the engine has been told to answer.
   */
  @Nullable Stage next(TlsServerEngine tls) {
    if (tls.awaitsAnswer()) {
      return Stage.CLIENT_HELLO;
    } else if (finished != null && !finishedPassed) {
      finishedPassed = true;
      return Stage.CLIENT_FINISHED;
    } else if (!flightPassed && tls.hasMadeFlight()) {
      flightPassed = true;
      return Stage.SERVER_FLIGHT;
    } else if (finished != null && !donePassed) {
      donePassed = true;
      return Stage.HANDSHAKE_DONE;
    }
    return null;
  }

  /** Whether what the engine has to say waits until {@code stage} is passed. */
  static boolean isBeforeAnswer(@Nullable Stage stage) {
    return stage == Stage.CLIENT_HELLO || stage == Stage.CLIENT_FINISHED;
  }
}
