package io.mockexo.internal.smtp;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The dates and the session id that mark greeting and errors (facts 1.3).
 *
 * @param sessionId sixteen hexadecimal digits
 */
record SessionStamp(String sessionId, Clock clock) {

  /** Facts 1.1, V: English, UTC, the day of the month not padded. */
  private static final DateTimeFormatter GREETING_DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss '+0000'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** Facts 1.3, V. */
  private static final DateTimeFormatter ERROR_DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** {@code <date> [<id>]}, the end of the greeting since 2024. */
  String ofGreeting() {
    return "%s [%s]".formatted(GREETING_DATE.format(clock.instant()), sessionId);
  }

  /** {@code [<host> <date> <id>]}, the end of every error since 2023. */
  String ofError(String host) {
    return "[%s %s %s]".formatted(host, ERROR_DATE.format(clock.instant()), sessionId);
  }
}
