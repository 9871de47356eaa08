package io.mockexo.assertj;

import io.mockexo.journal.Attempt;
import io.mockexo.journal.LaterTry;
import io.mockexo.journal.MessageAttempts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Judges the time between attempts, and after the last one. */
final class PauseJudge {

  /** Two pauses that differ by less than a tenth are as long. */
  private static final int TOLERANCE = 10;

  private final Snapshot snapshot;

  PauseJudge(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  Optional<Finding> waited(Predicate<Duration> asExpected) {
    List<Finding> wrong = new ArrayList<>();
    boolean anyGap = false;
    for (MessageAttempts message : snapshot.messages()) {
      for (LaterTry later : message.laterTries()) {
        Duration gap = later.gap().orElse(null);
        anyGap |= gap != null;
        if (gap != null && !asExpected.test(gap)) {
          wrong.add(
              new Finding(
                  "%s came %s after the failure of %s"
                      .formatted(
                          snapshot.name(later.attempt().session()),
                          Words.seconds(gap),
                          snapshot.name(later.previous().session())),
                  List.of(later.previous().session(), later.attempt().session())));
        }
      }
    }
    boolean seen = anyGap;
    return Finding.first(
        () -> Finding.ofAll(wrong),
        snapshot::incomplete,
        () -> snapshot.ambiguous(attempt -> true, PauseJudge::onNewConnection),
        () ->
            seen
                ? Optional.empty()
                : Finding.of("no attempt came after another one had failed", snapshot.sessions()));
  }

  private static boolean onNewConnection(Lookalike alike) {
    return alike.earlier().session() != alike.later().session();
  }

  Optional<Finding> backedOff() {
    List<Chain> chains =
        Chain.of(snapshot.messages()).stream().filter(chain -> chain.gaps().size() > 1).toList();
    List<Finding> wrong =
        chains.stream().flatMap(chain -> notBackedOff(chain).stream()).distinct().toList();
    return Finding.first(
        snapshot::incomplete,
        () -> snapshot.ambiguous(attempt -> true, PauseJudge::onNewConnection),
        () -> Finding.ofAll(wrong),
        () ->
            chains.isEmpty()
                ? Finding.of("no message had three attempts or more", snapshot.sessions())
                : Optional.empty());
  }

  private Optional<Finding> notBackedOff(Chain chain) {
    List<Duration> gaps = chain.gaps();
    Duration shortest = gaps.get(0);
    boolean grew = false;
    String fault = "";
    for (int i = 1; i < gaps.size() && fault.isEmpty(); i++) {
      Duration gap = gaps.get(i);
      if (isLonger(gaps.get(i - 1), gap)) {
        fault =
            "%s is shorter than %s".formatted(Words.seconds(gap), Words.seconds(gaps.get(i - 1)));
      }
      grew |= isLonger(gap, shortest);
      shortest = gap.compareTo(shortest) < 0 ? gap : shortest;
    }
    if (fault.isEmpty() && grew) {
      return Optional.empty();
    }
    String pauses = Words.list(gaps.stream().map(Words::seconds).toList());
    return Finding.of(
        "the pauses%s were %s: %s"
            .formatted(
                snapshot.ofMessage(chain.message()), pauses, fault.isEmpty() ? "none grew" : fault),
        chain.sessions());
  }

  /** Whether one pause is longer than another by more than a tenth of the longer one. */
  private static boolean isLonger(Duration one, Duration other) {
    return one.minus(other).multipliedBy(TOLERANCE).compareTo(one) > 0;
  }

  Optional<Finding> gaveUp(Duration period) {
    List<Chain> all = Chain.of(snapshot.messages());
    List<Chain> undelivered = all.stream().filter(chain -> !chain.isDelivered()).toList();
    return Finding.first(
        snapshot::notQuiet,
        () -> snapshot.ambiguous(attempt -> true, alike -> alike.later().isDelivered()),
        () ->
            undelivered.isEmpty()
                ? Finding.of(
                    (all.isEmpty() ? "there was no attempt" : "every message was delivered")
                        + snapshot.noAttempts(),
                    snapshot.sessions())
                : Optional.empty(),
        () ->
            snapshot.takenAt().isPresent()
                ? Optional.empty()
                : Finding.of(
                    "that cannot be told: nobody knows when the snapshot was taken", List.of()),
        () ->
            Finding.ofAll(
                undelivered.stream().flatMap(chain -> tooEarly(chain, period).stream()).toList()));
  }

  /** Until the period is over the client may still be waiting. */
  private Optional<Finding> tooEarly(Chain chain, Duration period) {
    Attempt last = chain.last();
    Instant end = last.failedAt().or(last.session()::endedAt).orElseGet(last.session()::acceptedAt);
    Instant takenAt = snapshot.takenAt().orElse(end);
    return takenAt.isBefore(end.plus(period))
        ? Finding.of(
            "that cannot be told yet: the snapshot was taken %s after the failure of %s; wait for the whole of it:\n  Sessions sessions = exchange.awaitQuiet(%s);"
                .formatted(
                    Words.seconds(Duration.between(end, takenAt)),
                    snapshot.name(last.session()),
                    call(period)),
            List.of(last.session()))
        : Optional.empty();
  }

  private static String call(Duration period) {
    return period.toNanosPart() == 0
        ? "ofSeconds(%d)".formatted(period.toSeconds())
        : "ofMillis(%d)".formatted(period.toMillis());
  }
}
