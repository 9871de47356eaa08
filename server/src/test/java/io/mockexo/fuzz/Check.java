package io.mockexo.fuzz;

import java.util.Objects;

/** What fuzzers say when something is wrong; cheaper than a fluent assertion a million times. */
public final class Check {

  private Check() {}

  /** Fails with {@code message}, formatted with {@code arguments}, unless {@code condition}. */
  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be one more dependency
  public static void that(boolean condition, String message, Object... arguments) {
    if (!condition) {
      throw new AssertionError(message.formatted(arguments));
    }
  }

  /** Fails unless both are equal. */
  public static void same(Object expected, Object actual, String what) {
    that(Objects.equals(expected, actual), "%s: expected %s but was %s", what, expected, actual);
  }
}
