package io.mockexo.client.matrix;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Texts of clients without what is different in every run; an asterisk stands for that. */
final class Plain {

  private static final List<Pattern> DIFFERENT =
      List.of(
          Pattern.compile("(?<=250 2\\.6\\.0 ).*?Queued mail for delivery"),
          Pattern.compile("(?<=\\[)[A-Z0-9]+\\.[a-z0-9]+\\.prod\\.[^]]*"),
          Pattern.compile("(?<=banned sending IP \\[127\\.0\\.0\\.1]\\. ).*?\\(AS\\d+\\) "),
          Pattern.compile("(?<=NotAfter: ).*"),
          Pattern.compile("127\\.77\\.\\d+\\.\\d+(\\]?:\\d+)?"),
          Pattern.compile("cell-\\d+\\.example"),
          Pattern.compile("\\d+(?= milliseconds)"),
          Pattern.compile("(?<=_ssl\\.c:)\\d+"),
          Pattern.compile("\\b[0-9A-F]{8,16}(?=:error:)"),
          Pattern.compile("(?<=\\.c:)\\d+(?=:)"));

  private Plain() {}

  static String text(String text) {
    String plain = text.strip();
    for (Pattern different : DIFFERENT) {
      plain = different.matcher(plain).replaceAll("*");
    }
    return plain.replace('|', '/');
  }

  /** Whether a text is one that was written with asterisks for what can be anything. */
  static boolean matches(String written, String text) {
    String pattern =
        Stream.of(written.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return text.matches(pattern);
  }
}
