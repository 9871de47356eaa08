package io.mockexo.client.wire;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: a number and a unit. */
final class Amounts {

  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,15})\\s*([A-Za-z]*)");

  private static final Map<String, Long> BYTE_UNITS =
      Map.of("", 1L, "b", 1L, "kib", 1L << 10, "mib", 1L << 20, "gib", 1L << 30);

  private Amounts() {}

  /**
   * A number of bytes, for example {@code 64MiB}; empty if it is none.
   *
   * @throws IllegalArgumentException if it is too large to count
   */
  static Optional<Long> bytes(String text) {
    Matcher amount = AMOUNT.matcher(text.strip());
    Long unit = amount.matches() ? BYTE_UNITS.get(unit(amount)) : null;
    if (unit == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Math.multiplyExact(number(amount), unit));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "'%s' is too large; at most %d GiB can be counted"
              .formatted(text, Long.MAX_VALUE / (1L << 30)),
          e);
    }
  }

  private static long number(Matcher amount) {
    return Long.parseLong(amount.group(1));
  }

  private static String unit(Matcher amount) {
    return amount.group(2).toLowerCase(Locale.ROOT);
  }
}
