package io.mockexo.internal.smtp;

/**
 * Numbers of up to twenty digits, as RFC 1870 and RFC 3030 have them: more than a {@code long}
 * holds.
 */
final class Decimal {

  private static final int MAX_DIGITS = 20;

  private Decimal() {}

  /** Whether {@code text} is one to twenty digits. */
  static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_DIGITS
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** The value of what {@link #isNumber} accepts; {@link Long#MAX_VALUE} for all that is larger. */
  static long saturated(String digits) {
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (value > (Long.MAX_VALUE - digit) / 10) {
        return Long.MAX_VALUE;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
