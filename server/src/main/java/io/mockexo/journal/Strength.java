package io.mockexo.journal;

import io.mockexo.tls.TlsVersion;
import org.jspecify.annotations.Nullable;

/**
 * How strong a try was. Cleartext is weaker than TLS, and TLS is as strong as the highest version
 * offered.
 *
 * @param highestOffered null when TLS was wanted and no ClientHello came, or for other levels
 */
record Strength(Level level, @Nullable TlsVersion highestOffered) {

  static final Strength UNDECIDED = new Strength(Level.UNDECIDED, null);
  static final Strength CLEARTEXT = new Strength(Level.CLEARTEXT, null);

  enum Level {
    /** The connection ended before the client chose. */
    UNDECIDED,
    CLEARTEXT,
    TLS
  }

  static Strength tls(@Nullable TlsVersion highestOffered) {
    return new Strength(Level.TLS, highestOffered);
  }

  boolean isDecided() {
    return level != Level.UNDECIDED;
  }

  /** What a try of this strength is, coming after one of strength {@code before}. */
  LaterTry.Kind after(Strength before) {
    if (!before.isDecided()) {
      return LaterTry.Kind.RETRY;
    }
    if (!isDecided()) {
      return LaterTry.Kind.UNDECIDED;
    }
    if (level != before.level) {
      return level == Level.CLEARTEXT ? LaterTry.Kind.FALLBACK_TO_CLEARTEXT : LaterTry.Kind.RETRY;
    }
    boolean lower =
        highestOffered != null
            && before.highestOffered != null
            && !highestOffered.isAtLeast(before.highestOffered);
    return lower ? LaterTry.Kind.FALLBACK_TO_LOWER_TLS : LaterTry.Kind.RETRY;
  }

  /**
   * This strength, with the version of {@code before} where TLS was wanted and none was offered.
   */
  Strength orVersionOf(Strength before) {
    return level == Level.TLS && highestOffered == null ? tls(before.highestOffered) : this;
  }
}
