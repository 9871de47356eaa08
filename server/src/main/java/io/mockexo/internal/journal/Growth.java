package io.mockexo.internal.journal;

import io.mockexo.journal.OpenSession;
import io.mockexo.journal.SmtpSession;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is given away of a session that goes on. It lets go of the session at its end: somebody who
 * looks late must not keep from being freed what the journal has given up.
 */
final class Growth implements OpenSession {

  private final int number;
  private volatile @Nullable SessionRecorder recorder;

  Growth(int number, SessionRecorder recorder) {
    this.number = number;
    this.recorder = recorder;
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public boolean isOpen() {
    return recorder != null;
  }

  @Override
  public Optional<SmtpSession> soFar() {
    return Optional.ofNullable(recorder).map(SessionRecorder::snapshot);
  }

  void end() {
    recorder = null;
  }
}
