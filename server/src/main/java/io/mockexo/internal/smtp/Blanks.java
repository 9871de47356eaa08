package io.mockexo.internal.smtp;

/** Words in a line; SP and HT part them, and no other character does. */
final class Blanks {

  private Blanks() {}

  static boolean isBlank(int c) {
    return c == ' ' || c == '\t';
  }

  /** Without the blanks at both ends. */
  static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  /** Where the word that {@code text} begins with ends. */
  static int wordEnd(String text) {
    int end = 0;
    while (end < text.length() && !isBlank(text.charAt(end))) {
      end++;
    }
    return end;
  }
}
