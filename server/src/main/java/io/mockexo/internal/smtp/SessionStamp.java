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

  /** {@code <date> [<id>]}, or the date alone. */
  String ofGreeting(boolean withId) {
    String date = GREETING_DATE.format(clock.instant());
    return withId ? "%s [%s]".formatted(date, sessionId) : date;
  }

  /** {@code [<host> <date> <id>]}, or the host alone. */
  String ofError(String host, boolean withId) {
    return withId
        ? "[%s %s %s]".formatted(host, ERROR_DATE.format(clock.instant()), sessionId)
        : "[" + host + "]";
  }

  /** What the filter agent puts before the host: sixteen digits that begin with 11B (V). */
  String ofFilterAgent() {
    return "[Name=Protocol Filter Agent][AGT=PFA][MxId=11B%s]"
        .formatted(sessionId.substring(3).toUpperCase(Locale.ROOT));
  }
}
