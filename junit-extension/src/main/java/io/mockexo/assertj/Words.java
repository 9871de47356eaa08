package io.mockexo.assertj;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The words of failure messages. */
final class Words {

  /** So much of a long list is shown at its beginning, and at its end. */
  private static final int FEW = 10;

  /** So much of a text is shown, in characters. */
  private static final int EXCERPT = 2_000;

  private static final Pattern VERB = Pattern.compile("[A-Za-z]+");

  private Words() {}

  /** {@code 1 session}, {@code 2 sessions}. */
  static String count(long n, String noun) {
    return n + " " + plural(n, noun);
  }

  /** {@code session} for one, {@code sessions} for more. */
  static String plural(long n, String noun) {
    return n == 1 ? noun : noun + "s";
  }

  /** {@code 1, 2 and 3}; of very many only the first and the last. */
  static String list(List<String> words) {
    List<String> shown = ends(words, "%d more");
    int last = shown.size() - 1;
    return last < 1
        ? String.join("", shown)
        : String.join(", ", shown.subList(0, last)) + " and " + shown.get(last);
  }

  /** The first and last few of many, and between them how many are left out. */
  static List<String> ends(List<String> all, String leftOut) {
    int surplus = all.size() - 2 * FEW;
    if (surplus <= 0) {
      return all;
    }
    List<String> shown = new ArrayList<>(all.subList(0, FEW));
    shown.add("... " + leftOut.formatted(surplus));
    shown.addAll(all.subList(FEW + surplus, all.size()));
    return shown;
  }

  /** A time in seconds, to the microsecond: {@code 0.995 s}. */
  static String seconds(Duration duration) {
    long micros = Math.floorDiv(duration.toNanos(), 1000L);
    BigDecimal seconds = BigDecimal.valueOf(micros, 6).stripTrailingZeros();
    return seconds.toPlainString() + " s";
  }

  /** The beginning of a text, each line indented. */
  static String excerpt(String text) {
    int surplus = text.length() - EXCERPT;
    return surplus <= 0
        ? indent(text, 2)
        : "%s\n  ... %s left out"
            .formatted(indent(text.substring(0, EXCERPT), 2), count(surplus, "character"));
  }

  /** A text from outside must not steer a terminal. Ends of lines and tabs stay. */
  static String harmless(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              int type = Character.getType(c);
              boolean steers = type == Character.CONTROL || type == Character.FORMAT;
              if (steers && c != '\n' && c != '\t') {
                safe.append("\\x%02X".formatted(c));
              } else {
                safe.appendCodePoint(c);
              }
            });
    return safe.toString();
  }

  /** Each line, further to the right. */
  static String indent(String text, int by) {
    String margin = " ".repeat(by);
    return text.lines()
        .map(line -> line.isBlank() ? "" : margin + line.stripTrailing())
        .collect(Collectors.joining("\n"));
  }

  /** A verb of SMTP in upper case, as the journal has it. A negative assertion needs a real one. */
  static String verb(String verb) {
    if (!VERB.matcher(verb).matches()) {
      throw new IllegalArgumentException(
          "'%s' is no verb; commands are told by their verbs, for example MAIL".formatted(verb));
    }
    return verb.toUpperCase(Locale.ROOT);
  }
}
