package io.mockexo.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sessions as they were at one moment, ordered by number, or by time when those of several
 * endpoints were merged. Immutable.
 *
 * @since 0.1
 */
public final class Sessions implements Iterable<SmtpSession> {

  private final List<SmtpSession> list;
  private final int evicted;
  private final int open;
  private final boolean quiet;
  private final @Nullable Instant takenAt;

  /** A snapshot of which is not known when it was taken: see the other constructor. */
  public Sessions(List<SmtpSession> list, int evicted, int open, boolean quiet) {
    this(list, evicted, open, quiet, null);
  }

  /**
   * Makes a snapshot.
   *
   * @param list the sessions, in order
   * @param evicted how many sessions had to go to keep within {@link JournalLimits}
   * @param open how many sessions were open at that moment, in the list or not
   * @param quiet whether it was quiet: no session open and nothing new for the period asked for
   * @param takenAt that moment, by the clock of {@link SmtpSession#acceptedAt}; null if not known
   */
  public Sessions(
      List<SmtpSession> list, int evicted, int open, boolean quiet, @Nullable Instant takenAt) {
    this.list = List.copyOf(list);
    this.evicted = evicted;
    this.open = open;
    this.quiet = quiet;
    this.takenAt = takenAt;
  }

  /**
   * These sessions in order of time, a quiet snapshot only if each of them is one, and taken when
   * the first of them was: up to there all of them know what happened.
   */
  public static Sessions merge(Sessions... parts) {
    List<SmtpSession> all =
        Stream.of(parts)
            .flatMap(Sessions::stream)
            .sorted(Comparator.comparing(SmtpSession::acceptedAt))
            .toList();
    return new Sessions(
        all,
        Stream.of(parts).mapToInt(Sessions::evicted).sum(),
        Stream.of(parts).mapToInt(Sessions::openCount).sum(),
        Stream.of(parts).allMatch(Sessions::isQuiet),
        earliest(parts));
  }

  private static @Nullable Instant earliest(Sessions... parts) {
    Instant earliest = parts.length == 0 ? null : parts[0].takenAt;
    for (Sessions part : parts) {
      if (earliest == null || part.takenAt == null) {
        return null;
      }
      earliest = part.takenAt.isBefore(earliest) ? part.takenAt : earliest;
    }
    return earliest;
  }

  /** The sessions, in order. */
  public List<SmtpSession> list() {
    return list;
  }

  @Override
  public Iterator<SmtpSession> iterator() {
    return list.iterator();
  }

  /** The sessions as a stream, in order. */
  public Stream<SmtpSession> stream() {
    return list.stream();
  }

  /** How many sessions there are. */
  public int size() {
    return list.size();
  }

  /** Whether there is no session. */
  public boolean isEmpty() {
    return list.isEmpty();
  }

  /**
   * The first session.
   *
   * @throws AssertionError if there is none
   */
  public SmtpSession first() {
    return require(!isEmpty(), "a session", 0);
  }

  /**
   * The last session.
   *
   * @throws AssertionError if there is none
   */
  public SmtpSession last() {
    return require(!isEmpty(), "a session", list.size() - 1);
  }

  /**
   * The session, when there is exactly one.
   *
   * @throws AssertionError if there is none, or more than one
   */
  public SmtpSession only() {
    return require(list.size() == 1, "exactly one session", 0);
  }

  /**
   * The session with this number.
   *
   * @throws AssertionError if there is none, or, after {@link #merge}, more than one
   */
  public SmtpSession number(int n) {
    Sessions found = filter(session -> session.number() == n);
    if (found.size() != 1) {
      throw missing(found.isEmpty() ? "session " + n : "one session " + n);
    }
    return found.list.get(0);
  }

  /**
   * The sessions that fulfil the condition; what is known of evicted and open ones and of quiet
   * stays as it is.
   */
  public Sessions filter(Predicate<? super SmtpSession> condition) {
    return new Sessions(list.stream().filter(condition).toList(), evicted, open, quiet, takenAt);
  }

  /**
   * How many sessions are no longer there because of {@link JournalLimits}. Those that were deleted
   * on demand do not count.
   */
  public int evicted() {
    return evicted;
  }

  /** How many sessions were open when the snapshot was taken, listed here or not. */
  public int openCount() {
    return open;
  }

  /**
   * Whether the snapshot comes from waiting for quiet. Negative and counting assertions need that:
   * in any other the client may still be at work.
   */
  public boolean isQuiet() {
    return quiet;
  }

  /**
   * When the snapshot was taken, by the clock of {@link SmtpSession#acceptedAt}; empty if that is
   * not known. What has not happened by then may happen later.
   */
  public Optional<Instant> takenAt() {
    return Optional.ofNullable(takenAt);
  }

  /**
   * The messages that were accepted after end-of-data, in order. One that was received and not
   * acknowledged, because the connection was lost after end-of-data, is none of them; {@link
   * MessageAttempts#copies} counts it.
   */
  public List<MailTransaction> deliveredMessages() {
    return list.stream().flatMap(session -> session.deliveredMessages().stream()).toList();
  }

  /** The messages that were delivered in cleartext, in order. */
  public List<MailTransaction> deliveredInCleartext() {
    return deliveredMessages().stream().filter(message -> !message.insideTls()).toList();
  }

  /** The messages that were delivered inside TLS, in order. */
  public List<MailTransaction> deliveredOverTls() {
    return deliveredMessages().stream().filter(MailTransaction::insideTls).toList();
  }

  /** The attempts that these sessions were, sorted by message. */
  public Attempts attempts() {
    return AttemptGrouping.of(list);
  }

  /** What no single session tells, a line for each: see {@link Attempts#stories()}. */
  public List<String> stories() {
    return attempts().stories();
  }

  /** The transcripts of all sessions, one below the other. */
  public String transcript() {
    return list.stream().map(SmtpSession::transcript).collect(Collectors.joining());
  }

  @Override
  public String toString() {
    return list.stream().map(SmtpSession::toString).collect(Collectors.joining("\n"));
  }

  private SmtpSession require(boolean there, String wanted, int index) {
    if (!there) {
      throw missing(wanted);
    }
    return list.get(index);
  }

  private AssertionError missing(String wanted) {
    List<String> there = new ArrayList<>();
    list.forEach(session -> there.add("  " + session));
    String found = there.isEmpty() ? "  no session" : String.join("\n", there);
    String gone = evicted == 0 ? "" : "\n  and %d that were evicted".formatted(evicted);
    return new AssertionError(
        "Expecting\n  %s\nbut there was\n%s%s".formatted(wanted, found, gone));
  }
}
