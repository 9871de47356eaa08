package io.mockexo.assertj;

import io.mockexo.journal.CleartextReason;
import io.mockexo.journal.LaterTry;
import io.mockexo.journal.SmtpSession;
import io.mockexo.tls.TlsVersion;
import java.util.List;
import java.util.Optional;

/** Judges fallbacks to a lower TLS version, and on which connection a fallback took place. */
final class VersionJudge {

  private final Snapshot snapshot;
  private final List<LaterTry> lowered;

  VersionJudge(Snapshot snapshot) {
    this.snapshot = snapshot;
    this.lowered =
        snapshot.messages().stream()
            .flatMap(message -> message.laterTries().stream())
            .filter(later -> later.kind() == LaterTry.Kind.FALLBACK_TO_LOWER_TLS)
            .toList();
  }

  Optional<Finding> fellBackTo(TlsVersion version) {
    boolean found =
        lowered.stream()
            .flatMap(later -> later.attempt().session().highestTlsOffered().stream())
            .anyMatch(version::equals);
    return found
        ? Optional.empty()
        : Finding.first(
            snapshot::nothingThere,
            this::ambiguous,
            this::loweredTo,
            () -> Finding.of(offers(), snapshot.sessions()));
  }

  Optional<Finding> neverLowered() {
    return Finding.first(
        this::loweredTo,
        snapshot::notQuiet,
        this::ambiguous,
        () ->
            snapshot.any(session -> session.highestTlsOffered().isPresent())
                ? Optional.empty()
                : Finding.of("no session offered TLS at all", snapshot.sessions()));
  }

  Optional<Finding> usedNewConnection() {
    List<Finding> onTheSame =
        snapshot.sessions(VersionJudge::fellBackWithinConnection).stream()
            .map(
                session ->
                    new Finding(
                        snapshot.name(session) + " fell back to cleartext on the same connection",
                        List.of(session)))
            .toList();
    boolean any =
        snapshot.anyMessage(
            message -> message.laterTries().stream().anyMatch(LaterTry::isFallback));
    return Finding.first(
        () -> Finding.ofAll(onTheSame),
        snapshot::incomplete,
        () ->
            any
                ? Optional.empty()
                : snapshot.ambiguous(
                    a -> a.triedTls() || a.isInCleartext(),
                    alike -> alike.wouldFallBackToCleartext() || alike.wouldLowerTlsVersion()),
        () -> any ? Optional.empty() : Finding.of("it never fell back", snapshot.sessions()));
  }

  private static boolean fellBackWithinConnection(SmtpSession session) {
    return session.cleartextReason().filter(CleartextReason.FELL_BACK::equals).isPresent();
  }

  private Optional<Finding> loweredTo() {
    return Finding.ofAll(
        lowered.stream()
            .map(
                later -> {
                  SmtpSession weaker = later.attempt().session();
                  SmtpSession before = later.comparedWith().session();
                  return new Finding(
                      "%s offered %s, after %s had offered %s"
                          .formatted(
                              snapshot.name(weaker),
                              offer(weaker),
                              snapshot.name(before),
                              offer(before)),
                      List.of(before, weaker));
                })
            .toList());
  }

  /** Without two versions nothing can have been lowered, whichever message a session was for. */
  private Optional<Finding> ambiguous() {
    long versions =
        snapshot.sessions().stream()
            .flatMap(session -> session.highestTlsOffered().stream())
            .distinct()
            .count();
    return versions < 2
        ? Optional.empty()
        : snapshot.ambiguous(
            attempt -> attempt.session().highestTlsOffered().isPresent(),
            Lookalike::wouldLowerTlsVersion);
  }

  private String offers() {
    List<String> offers =
        snapshot.sessions(session -> session.highestTlsOffered().isPresent()).stream()
            .map(session -> "%s offered %s".formatted(snapshot.name(session), offer(session)))
            .toList();
    return offers.isEmpty() ? "no session offered TLS at all" : Words.list(offers);
  }

  private static String offer(SmtpSession session) {
    return session.highestTlsOffered().map(TlsVersion::toString).orElse("no known version");
  }
}
