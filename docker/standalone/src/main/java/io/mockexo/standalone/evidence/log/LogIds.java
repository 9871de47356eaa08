package io.mockexo.standalone.evidence.log;

import io.mockexo.journal.SessionEvent.MiddleboxActed;
import io.mockexo.journal.SessionEvent.ReplySent;
import io.mockexo.journal.SmtpSession;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The ids of sessions in protocol logs (facts 1.3): the number of 100 ns ticks from 0001-01-01 to
 * the start of the server, and one more for every session.
 */
final class LogIds {

  /** At the end of a greeting, {@code [08DE8A01A0B45E1B]}, or of an error. */
  private static final Pattern SHOWN = Pattern.compile("[\\[ ]([0-9A-F]{16})]$");

  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final long TICKS_PER_SECOND = 10_000_000;
  private static final long SECONDS_BEFORE_1970 = 62_135_596_800L;

  private LogIds() {}

  /** The id that greeting and errors of the session showed, or one of the same kind. */
  static String ofReceiver(SmtpSession session) {
    return shown(session).orElseGet(() -> made(session, 1));
  }

  /** The sender counts for itself; what it counts is not known, but for its own sessions here. */
  static String ofSender(SmtpSession session) {
    return made(session, 2);
  }

  private static Optional<String> shown(SmtpSession session) {
    Stream<String> originals =
        session.events(MiddleboxActed.class).stream()
            .map(MiddleboxActed::original)
            .filter(Objects::nonNull);
    Stream<String> replies =
        session.events(ReplySent.class).stream()
            .filter(reply -> reply.code() == 220 || reply.code() >= 400)
            .map(reply -> reply.lines().get(reply.lines().size() - 1));
    return Stream.concat(replies, originals)
        .map(SHOWN::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .findFirst();
  }

  /**
   * As if a server of this port had been started some days before the session. Ids of one day and
   * port are consecutive, and the same in every log that is written.
   */
  private static String made(SmtpSession session, int daysBefore) {
    Instant start =
        session.acceptedAt().truncatedTo(ChronoUnit.DAYS).minus(daysBefore, ChronoUnit.DAYS);
    int port = session.local().map(InetSocketAddress::getPort).orElse(0);
    long seconds = SECONDS_BEFORE_1970 + start.getEpochSecond() + port;
    return HEX.toHexDigits(seconds * TICKS_PER_SECOND + session.number());
  }
}
