package io.mockexo.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A try at a message after another one. Strength decides what it is, never the time between.
 *
 * @param previous the try directly before it
 * @param comparedWith the try that it is held against: the last one before it in which the client
 *     came so far as to choose between cleartext and TLS, or {@code previous} if there was none
 * @param attempt the later try itself
 * @param kind what it is
 * @since 0.1
 */
public record LaterTry(Attempt previous, Attempt comparedWith, Attempt attempt, Kind kind) {

  /** What a later try is. */
  public enum Kind {
    /** As strong as before, or stronger. */
    RETRY,
    /** In cleartext after TLS was tried. */
    FALLBACK_TO_CLEARTEXT,
    /** With TLS again, and a lower highest version offered. */
    FALLBACK_TO_LOWER_TLS,
    /** The connection ended before the client chose between cleartext and TLS. */
    UNDECIDED
  }

  /** Whether it was weaker than what it is compared with. */
  public boolean isFallback() {
    return kind == Kind.FALLBACK_TO_CLEARTEXT || kind == Kind.FALLBACK_TO_LOWER_TLS;
  }

  /**
   * The time from the failure of the previous try to the accept of this one's connection; negative
   * where the client did not wait for the failure. Empty on the same connection, and where the
   * previous try did not fail.
   */
  public Optional<Duration> gap() {
    if (previous.session() == attempt.session()) {
      return Optional.empty();
    }
    Instant next = attempt.session().acceptedAt();
    return previous.failedAt().map(failure -> Duration.between(failure, next));
  }

  static List<LaterTry> in(List<Attempt> chain) {
    List<LaterTry> tries = new ArrayList<>();
    Attempt decided = null;
    Strength strength = Strength.UNDECIDED;
    Attempt previous = null;
    for (Attempt attempt : chain) {
      Strength now = attempt.strength();
      if (previous != null) {
        Attempt comparedWith = decided == null ? previous : decided;
        tries.add(new LaterTry(previous, comparedWith, attempt, now.after(strength)));
      }
      if (now.isDecided()) {
        decided = attempt;
        strength = now.orVersionOf(strength);
      }
      previous = attempt;
    }
    return tries;
  }
}
