package io.mockexo.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a reply of choice may look like, and how it is written in one string. */
final class ReplySyntax {

  private static final Pattern LINE = Pattern.compile("([2-5]\\d\\d)(?:[ -](.*))?");
  private static final Pattern NAME = Pattern.compile("[A-Za-z]\\w*_\\w+");
  private static final Pattern ENHANCED = Pattern.compile("([245])\\.\\d{1,3}\\.\\d{1,3}");

  /** RFC 5321, section 4.5.3.1.5, without the code, its separator and CRLF. */
  private static final int MAX_TEXT = 512 - 6;

  private ReplySyntax() {}

  /**
   * Reads {@code 451 4.7.500 Server busy}; several lines are separated by LF, and the code may be
   * repeated in each. Or {@code SERVER_BUSY}, the name of an {@link ExchangeError}.
   */
  static Effect.Answer parse(String text) {
    String stripped = text.strip();
    return NAME.matcher(stripped).matches()
        ? new Effect.Refusal(ExchangeError.named(stripped), false)
        : lines(stripped);
  }

  private static Effect.Reply lines(String text) {
    int code = 0;
    List<String> lines = new ArrayList<>();
    for (String line : text.split("\\r?\\n", -1)) {
      Matcher matcher = LINE.matcher(line);
      boolean hasCode = matcher.matches();
      if (lines.isEmpty() && !hasCode) {
        throw new IllegalArgumentException(
            "a reply begins with a code from 200 to 599, for example '451 4.7.500 Server busy', or is"
                + " the name of an error of Exchange, but this is '%s'".formatted(text));
      }
      boolean sameCode = hasCode && (code == 0 || Integer.parseInt(matcher.group(1)) == code);
      if (lines.isEmpty()) {
        code = Integer.parseInt(matcher.group(1));
      }
      String rest = sameCode && matcher.group(2) != null ? matcher.group(2) : "";
      lines.add(sameCode ? rest : line);
    }
    return new Effect.Reply(code, lines, false);
  }

  static void check(int code, List<String> lines) {
    if (code < 200 || code > 599) {
      throw new IllegalArgumentException("a reply code is one of 200 to 599, not " + code);
    }
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("a reply has at least one line, which may be empty");
    }
    lines.forEach(line -> checkLine(code, line));
  }

  private static void checkLine(int code, String line) {
    if (!line.chars().allMatch(c -> c == '\t' || (c >= ' ' && c <= '~'))) {
      throw new IllegalArgumentException(
          "the text of a reply is printable US-ASCII, but this is '%s'; for other bytes there is"
                  .formatted(line)
              + " garbage");
    }
    if (line.length() > MAX_TEXT) {
      throw new IllegalArgumentException(
          "a line of a reply has at most %d characters, but this has %d"
              .formatted(MAX_TEXT, line.length()));
    }
    Matcher enhanced = ENHANCED.matcher(line.split(" ", 2)[0]);
    if (enhanced.matches() && isSuccess(enhanced.group(1).charAt(0)) != code < 400) {
      throw new IllegalArgumentException(
          "the enhanced status code %s does not go with the reply code %d: one says success, the"
                  .formatted(enhanced.group(), code)
              + " other failure (RFC 3463, section 2)");
    }
  }

  /** Exchange itself mixes 4 and 5: {@code 451 5.7.3}, {@code 550 4.4.4} (facts 3.1 and 4). */
  private static boolean isSuccess(char statusClass) {
    return statusClass == '2';
  }
}
