package io.mockexo.fault;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lengths of time as people write them: a number and a unit, or ISO 8601.
 *
 * @since 0.1
 */
public final class DurationSyntax {

  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,15})\\s*([A-Za-z]+)");

  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1));

  private DurationSyntax() {}

  /**
   * Reads {@code 500ms}, {@code 5s}, {@code 2m}, {@code 1h} or {@code PT5S}.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  public static Duration parse(String text) {
    Matcher amount = AMOUNT.matcher(text.strip());
    Duration unit = amount.matches() ? UNITS.get(amount.group(2).toLowerCase(Locale.ROOT)) : null;
    try {
      return unit == null
          ? Duration.parse(text.strip())
          : unit.multipliedBy(Long.parseLong(amount.group(1)));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "expected a length of time, for example 500ms, 5s, 2m or PT5S, found '%s'"
              .formatted(text),
          e);
    }
  }
}
