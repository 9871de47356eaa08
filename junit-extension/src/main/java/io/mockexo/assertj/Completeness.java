package io.mockexo.assertj;

import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whether a snapshot allows a judgement: that something was there, and that nothing is missing.
 *
 * @param all every session
 * @param judged those that count
 * @param names how sessions are called
 */
record Completeness(
    Sessions all, List<SmtpSession> judged, Function<List<SmtpSession>, String> names) {

  private static final String AWAIT_QUIET =
      "  Sessions sessions = exchange.awaitQuiet(ofSeconds(1));";

  Optional<Finding> nothingThereForSure() {
    return nothingThere("wait for quiet:\n" + AWAIT_QUIET);
  }

  /** Whether no session counts; if some are open, with the advice to wait for them. */
  Optional<Finding> nothingThere(String wait) {
    if (!judged.isEmpty()) {
      return Optional.empty();
    }
    String open =
        all.openCount() == 0 ? "" : ", and %s still open; %s".formatted(is(all.openCount()), wait);
    String reality =
        all.isEmpty()
            ? "there was no session" + open
            : "no client sent a byte, and silent sessions count for nothing" + open;
    return Finding.of(reality, all.list());
  }

  private static String is(int n) {
    return n + (n == 1 ? " is" : " are");
  }

  /** Whether something is missing that happened before the snapshot. */
  Optional<Finding> missing() {
    return Finding.first(this::evicted, this::leftOut);
  }

  /** Whether something is missing, or may still be to come. */
  Optional<Finding> notQuiet() {
    return Finding.first(
        this::nothingThereForSure, this::evicted, this::stillOpen, this::notAwaited, this::leftOut);
  }

  private Optional<Finding> evicted() {
    return all.evicted() == 0
        ? Optional.empty()
        : cannotTell(
            "%s evicted, and nobody knows what happened in %s; give the journal more room:\n%s"
                .formatted(
                    Words.count(all.evicted(), "session") + (all.evicted() == 1 ? " was" : " were"),
                    all.evicted() == 1 ? "it" : "them",
                    "  .journalLimits(new JournalLimits(maxSessions, maxBytes,"
                        + " maxEventsPerSession))"),
            List.of());
  }

  private Optional<Finding> stillOpen() {
    List<SmtpSession> open = all.stream().filter(session -> !session.isComplete()).toList();
    int count = Math.max(all.openCount(), open.size());
    return count == 0
        ? Optional.empty()
        : cannotTell(
            "%s still open; wait for quiet:\n%s"
                .formatted(
                    Words.count(count, "session") + (count == 1 ? " was" : " were"), AWAIT_QUIET),
            open);
  }

  private Optional<Finding> notAwaited() {
    return all.isQuiet()
        ? Optional.empty()
        : cannotTell(
            "nobody waited for quiet, so that the client may still be at work; do so:\n"
                + AWAIT_QUIET,
            List.of());
  }

  private Optional<Finding> leftOut() {
    List<SmtpSession> affected =
        judged.stream().filter(session -> session.eventsDropped() > 0).toList();
    return affected.isEmpty()
        ? Optional.empty()
        : cannotTell(
            "%s had more events than are kept (JournalLimits.maxEventsPerSession)"
                .formatted(names.apply(affected)),
            affected);
  }

  private static Optional<Finding> cannotTell(String why, List<SmtpSession> concerned) {
    return Finding.of("that cannot be told: " + why, concerned);
  }
}
