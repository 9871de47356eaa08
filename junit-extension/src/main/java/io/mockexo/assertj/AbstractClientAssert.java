package io.mockexo.assertj;

import io.mockexo.journal.Sessions;
import java.util.Optional;
import java.util.function.Function;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** What the assertions on several sessions have in common: they speak of the client. */
abstract class AbstractClientAssert<SELF extends AbstractClientAssert<SELF>>
    extends AbstractAssert<SELF, Sessions> {

  private @Nullable Snapshot snapshot;

  AbstractClientAssert(Sessions actual, Class<?> selfType) {
    super(actual, selfType);
  }

  final Snapshot snapshot() {
    isNotNull();
    if (snapshot == null) {
      snapshot = new Snapshot(actual);
    }
    return snapshot;
  }

  /**
   * As {@link #expect}, of something that may have happened after the snapshot: then that is most
   * worth telling.
   */
  final SELF expectHappened(String expectation, Function<Snapshot, Optional<Finding>> judge) {
    Optional<Finding> found = snapshot().judge(judge);
    boolean moreMayHaveCome = !snapshot().sessions().isEmpty() && !actual.isQuiet();
    return expect(
        expectation, moreMayHaveCome ? found.map(AbstractClientAssert::mayHaveCome) : found);
  }

  private static Finding mayHaveCome(Finding finding) {
    return new Finding(
        "%s%snobody waited for quiet, so that more may have come since: exchange.awaitQuiet(ofSeconds(1))"
            .formatted(finding.reality(), finding.reality().contains("\n") ? "\n" : "; "),
        finding.concerned());
  }

  /** Fails with what a judge finds, if that is anything. */
  final SELF expect(String expectation, Function<Snapshot, Optional<Finding>> judge) {
    return expect(expectation, snapshot().judge(judge));
  }

  /** Fails with what was found, if anything was. */
  final SELF expect(String expectation, Optional<Finding> found) {
    found.ifPresent(
        finding ->
            throwAssertionError(
                Failure.of(
                    "the client",
                    expectation,
                    finding.reality(),
                    Failure.transcripts(finding.concerned(), snapshot()::transcript))));
    return myself;
  }
}
