package io.mockexo.assertj;

import io.mockexo.journal.Attempt;
import io.mockexo.journal.Attempts;
import io.mockexo.journal.MessageAttempts;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that are judged, and what was attempted in them. Silent sessions count for nothing.
 */
final class Snapshot {

  private final Sessions all;
  private final List<SmtpSession> judged;
  private final Attempts attempts;

  /** Of each number; those of several servers are not unique. */
  private final Map<Integer, Integer> howOften = new HashMap<>();

  private @Nullable List<Lookalike> lookalikes;

  Snapshot(Sessions all) {
    this(all, all.attempts());
  }

  private Snapshot(Sessions all, Attempts attempts) {
    this.all = all;
    this.judged = all.stream().filter(session -> !session.isSilent()).toList();
    this.attempts = attempts;
    all.forEach(session -> howOften.merge(session.number(), 1, Integer::sum));
  }

  /**
   * What a judge finds. Where attempts could be at more than one message, what is so in every
   * reading is certain.
   */
  Optional<Finding> judge(Function<Snapshot, Optional<Finding>> judge) {
    Optional<Finding> found = judge.apply(this);
    if (found.isEmpty() || !attempts.isAmbiguous()) {
      return found;
    }
    List<Optional<Finding>> readings =
        attempts.readings().stream()
            .map(reading -> judge.apply(new Snapshot(all, reading)))
            .distinct()
            .toList();
    return switch (readings.size()) {
      case 0 -> found;
      case 1 -> readings.get(0);
      default -> readings.contains(Optional.<Finding>empty()) ? found : likewise(readings.get(0));
    };
  }

  private Optional<Finding> likewise(Optional<Finding> first) {
    return first.map(
        finding ->
            new Finding(
                "%s\nand it fails as well if %s tried another message"
                    .formatted(finding.reality(), names(ambiguousSessions())),
                finding.concerned()));
  }

  /** The sessions that count, in order. */
  List<SmtpSession> sessions() {
    return judged;
  }

  /** The sessions that count and fulfil a condition. */
  List<SmtpSession> sessions(Predicate<SmtpSession> condition) {
    return judged.stream().filter(condition).toList();
  }

  boolean any(Predicate<SmtpSession> condition) {
    return judged.stream().anyMatch(condition);
  }

  /** The messages and what was attempted for each. */
  List<MessageAttempts> messages() {
    return attempts.messages();
  }

  boolean anyMessage(Predicate<MessageAttempts> condition) {
    return attempts.messages().stream().anyMatch(condition);
  }

  /** The attempts that could be at more than one message. */
  List<Attempt> ambiguousAttempts() {
    return attempts.ambiguous();
  }

  Optional<Instant> takenAt() {
    return all.takenAt();
  }

  /** {@code session 2}, and where it came in if that is needed to tell it from another. */
  String name(SmtpSession session) {
    String name = "session " + session.number();
    return isUnique(session) ? name : "%s (%s)".formatted(name, host(session));
  }

  private boolean isUnique(SmtpSession session) {
    return howOften.getOrDefault(session.number(), 0) < 2;
  }

  /** Whether two sessions are of one client, as far as its address and EHLO name tell. */
  static boolean sameClient(SmtpSession one, SmtpSession other) {
    return address(one.peer()).equals(address(other.peer()))
        && one.heloName().orElse("").equalsIgnoreCase(other.heloName().orElse(""));
  }

  /** Which server it was: the address and port, if known. */
  static String host(SmtpSession session) {
    return session.local().map(Snapshot::hostAndPort).orElse(session.endpoint().name());
  }

  /** The address as a literal, without looking up a name. */
  static String address(InetSocketAddress peer) {
    return peer.isUnresolved() ? peer.getHostString() : peer.getAddress().getHostAddress();
  }

  private static String hostAndPort(InetSocketAddress address) {
    String host = address(address);
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
  }

  /** The name with what was most worth telling of the session: {@code session 1 (silent)}. */
  String told(SmtpSession session) {
    return "%s (%s)".formatted(name(session), session.summary());
  }

  /** {@code session 1}, {@code sessions 1 and 2}. */
  String names(List<SmtpSession> sessions) {
    List<String> names =
        sessions.stream()
            .distinct()
            .map(session -> name(session).substring("session ".length()))
            .toList();
    return Words.plural(names.size(), "session") + " " + Words.list(names);
  }

  /** {@code of message <1@a>}, if there is more than one; else nothing. */
  String ofMessage(MessageAttempts message) {
    return attempts.messages().size() < 2
        ? ""
        : message.identity().map(identity -> " of message " + identity).orElse("");
  }

  /** The transcript, headed by the server that it is of, if that is needed to tell. */
  String transcript(SmtpSession session) {
    return isUnique(session)
        ? session.transcript()
        : "at " + host(session) + "\n" + session.transcript();
  }

  /** A hint at sessions that count as no attempt; empty if there are none. */
  String noAttempts() {
    Set<SmtpSession> attempted = new HashSet<>();
    attempts.ambiguous().forEach(attempt -> attempted.add(attempt.session()));
    messages().forEach(message -> message.attempts().forEach(a -> attempted.add(a.session())));
    List<SmtpSession> others = all.stream().filter(s -> !attempted.contains(s)).toList();
    return others.isEmpty()
        ? ""
        : " (%s left before MAIL: nobody knows what %s for)"
            .formatted(names(others), others.size() == 1 ? "it was" : "they were");
  }

  /** Nothing passes because nothing was there. */
  Optional<Finding> nothingThere() {
    return completeness().nothingThere("wait with awaitSessions(1)");
  }

  /** The same for what is told of a quiet snapshot only. */
  Optional<Finding> nothingThereForSure() {
    return completeness().nothingThereForSure();
  }

  /** Whether something may be missing that happened before the snapshot. */
  Optional<Finding> incomplete() {
    return Finding.first(this::nothingThere, completeness()::missing);
  }

  /** Whether something may be missing, or still to come: then "never" and "so many" is not told. */
  Optional<Finding> notQuiet() {
    return completeness().notQuiet();
  }

  private Completeness completeness() {
    return new Completeness(all, judged, this::names);
  }

  /**
   * Messages that may be one, or attempts that could be at more than one message, if any of them
   * matters.
   *
   * @param matters which attempts would make a difference
   * @param alike which of the messages that may be one would make a difference
   */
  Optional<Finding> ambiguous(Predicate<Attempt> matters, Predicate<Lookalike> alike) {
    return Finding.first(() -> lookalike(alike), () -> ofSeveral(matters));
  }

  private Optional<Finding> ofSeveral(Predicate<Attempt> matters) {
    if (attempts.ambiguous().stream().noneMatch(matters)) {
      return Optional.empty();
    }
    List<SmtpSession> sessions = ambiguousSessions();
    return Finding.of(
        "that is ambiguous: %s could be %s at more than one message; give each message an endpoint, or a port, of its own"
            .formatted(names(sessions), sessions.size() == 1 ? "an attempt" : "attempts"),
        judged);
  }

  private List<SmtpSession> ambiguousSessions() {
    return attempts.ambiguous().stream().map(Attempt::session).distinct().toList();
  }

  /** Messages that may be one, if any of them matters. */
  Optional<Finding> lookalike(Predicate<Lookalike> matters) {
    List<Lookalike> doubtful = lookalikes().stream().filter(matters).toList();
    if (doubtful.isEmpty()) {
      return Optional.empty();
    }
    List<String> which = doubtful.stream().map(alike -> alike.told(this::name)).distinct().toList();
    return Finding.of(
        "that is ambiguous: %s\n%s"
            .formatted(String.join("; ", Words.ends(which, "%d more")), Lookalike.WAY_OUT),
        doubtful.stream()
            .flatMap(each -> Stream.of(each.earlier().session(), each.later().session()))
            .toList());
  }

  /** The messages that may be one. */
  List<Lookalike> lookalikes() {
    if (lookalikes == null) {
      lookalikes = Lookalikes.among(messages());
    }
    return lookalikes;
  }
}
