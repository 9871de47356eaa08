package io.mockexo.assertj;

import io.mockexo.journal.Attempt;
import io.mockexo.journal.LaterTry;
import io.mockexo.journal.MessageAttempts;
import io.mockexo.journal.SmtpSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Judges that a client came again, how often, and where. */
final class RetryJudge {

  private final Snapshot snapshot;

  RetryJudge(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  Optional<Finding> afterTlsFailure() {
    return snapshot.anyMessage(MessageAttempts::retriedAfterTlsFailure)
        ? Optional.empty()
        : Finding.first(
            snapshot::nothingThere,
            () ->
                snapshot.ambiguous(
                    attempt -> attempt.failedTls() || attempt.triedTls(),
                    alike -> alike.earlier().failedTls()),
            this::didNotAfterTlsFailure);
  }

  private Optional<Finding> didNotAfterTlsFailure() {
    List<SmtpSession> failed =
        snapshot.messages().stream()
            .flatMap(message -> message.attempts().stream())
            .filter(Attempt::failedTls)
            .map(Attempt::session)
            .distinct()
            .toList();
    if (failed.isEmpty()) {
      return Finding.of("TLS failed in no session", snapshot.sessions());
    }
    List<String> weaker =
        snapshot.messages().stream()
            .flatMap(message -> message.laterTries().stream())
            .filter(LaterTry::isFallback)
            .map(later -> snapshot.name(later.attempt().session()) + " was weaker")
            .distinct()
            .toList();
    return Finding.of(
        weaker.isEmpty()
            ? "it did not come again after TLS had failed in " + snapshot.names(failed)
            : "%s, after TLS had failed in %s"
                .formatted(Words.list(weaker), snapshot.names(failed)),
        snapshot.sessions());
  }

  Optional<Finding> times(int times) {
    List<String> lines = new ArrayList<>();
    int found = 0;
    for (MessageAttempts message : snapshot.messages()) {
      List<Attempt> retries = retries(message);
      found += retries.size();
      if (!retries.isEmpty()) {
        lines.add(chain(message, retries));
      }
    }
    String counted =
        found == 0
            ? "it did not retry" + snapshot.noAttempts()
            : "it retried %s: %s".formatted(Words.count(found, "time"), String.join("; ", lines));
    Optional<Finding> wrong =
        found == times ? Optional.empty() : Finding.of(counted, snapshot.sessions());
    boolean tooMany = found > times;
    return Finding.first(
        () -> tooMany ? wrong : Optional.empty(),
        snapshot::notQuiet,
        () -> snapshot.ambiguous(attempt -> true, alike -> true),
        () -> wrong);
  }

  /** Later tries that were not weaker, each once even if it was for several recipients. */
  private static List<Attempt> retries(MessageAttempts message) {
    return message.laterTries().stream()
        .filter(later -> !later.isFallback())
        .map(LaterTry::attempt)
        .distinct()
        .toList();
  }

  private String chain(MessageAttempts message, List<Attempt> retries) {
    Set<String> names = new LinkedHashSet<>();
    message.laterTries().stream()
        .filter(later -> retries.contains(later.attempt()))
        .forEach(
            later -> {
              names.add(snapshot.name(later.previous().session()));
              names.add(snapshot.name(later.attempt().session()));
            });
    String same = names.size() == 1 ? " on the same connection" : "";
    return String.join(" -> ", Words.ends(List.copyOf(names), "%d more")) + same;
  }

  Optional<Finding> keptTrying() {
    Map<Chain, Finding> gaveUp = new LinkedHashMap<>();
    boolean anyTransient = false;
    for (Chain chain : Chain.of(snapshot.messages())) {
      Attempt failed = chain.last();
      anyTransient |= chain.first(Ending.Kind.TRANSIENT).isPresent();
      if (chain.ending(failed).is(Ending.Kind.TRANSIENT)) {
        gaveUp.put(
            chain,
            new Finding(
                "it did not try again%s%s after %s in %s"
                    .formatted(
                        chain.forRecipient(),
                        snapshot.ofMessage(chain.message()),
                        chain.ending(failed).words(),
                        snapshot.name(failed.session())),
                chain.sessions()));
      }
    }
    boolean seen = anyTransient;
    return Finding.first(
        snapshot::incomplete,
        () -> snapshot.ambiguous(attempt -> !seen || !gaveUp.isEmpty(), alike -> false),
        () -> Finding.ofAll(certainly(gaveUp)),
        () -> snapshot.lookalike(alike -> gaveUp.containsKey(alike.chain())),
        () ->
            seen
                ? Optional.empty()
                : Finding.of(
                    "there was no transient failure" + snapshot.noAttempts(), snapshot.sessions()));
  }

  /** Without those that may have come again under another Message-ID. */
  private List<Finding> certainly(Map<Chain, Finding> gaveUp) {
    Map<Chain, Finding> certain = new LinkedHashMap<>(gaveUp);
    snapshot.lookalikes().forEach(alike -> certain.remove(alike.chain()));
    return List.copyOf(certain.values());
  }

  Optional<Finding> switchedHost() {
    boolean switched =
        snapshot.anyMessage(
            message -> message.laterTries().stream().anyMatch(RetryJudge::wentElsewhere));
    return switched
        ? Optional.empty()
        : Finding.first(
            snapshot::nothingThere,
            () -> oneHost(),
            () -> snapshot.ambiguous(attempt -> true, RetryJudge::wentElsewhere),
            () ->
                Finding.of(
                    "no later try went to another host than the one that had failed",
                    snapshot.sessions()));
  }

  private static boolean wentElsewhere(LaterTry later) {
    String failed = Snapshot.host(later.previous().session());
    return !later.previous().isDelivered()
        && !failed.equals(Snapshot.host(later.attempt().session()));
  }

  private static boolean wentElsewhere(Lookalike alike) {
    return !Snapshot.host(alike.earlier().session()).equals(Snapshot.host(alike.later().session()));
  }

  private Optional<Finding> oneHost() {
    List<String> hosts = snapshot.sessions().stream().map(Snapshot::host).distinct().toList();
    return hosts.size() > 1
        ? Optional.empty()
        : Finding.of(
            "all sessions were with %s; merge those of several hosts:\n%s"
                .formatted(
                    hosts.get(0),
                    "  Sessions sessions = Sessions.merge(first.sessions(), second.sessions());"),
            snapshot.sessions());
  }
}
