package io.mockexo.internal.smtp;

import java.util.regex.Pattern;

/**
 * Text in the parameters of MAIL and RCPT (RFC 3461, section 4): printable ASCII without blanks, in
 * which {@code +} and two hexadecimal digits, upper case as the RFC wants them, stand for any
 * character.
 */
final class Xtext {

  private static final Pattern ANYTHING = Pattern.compile("(?:[!-~&&[^+=]]|\\+[0-9A-F]{2})*");
  private static final Pattern PRINTABLE =
      Pattern.compile("(?:[!-~&&[^+=]]|\\+(?:09|[2-6][0-9A-F]|7[0-9A-E]))*");

  private Xtext() {}

  static boolean isValid(String text) {
    return ANYTHING.matcher(text).matches();
  }

  /** Whether what it stands for has graphic characters and white space only. */
  static boolean isPrintable(String text) {
    return PRINTABLE.matcher(text).matches();
  }
}
