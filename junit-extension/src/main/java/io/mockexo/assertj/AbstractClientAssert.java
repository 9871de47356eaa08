package io.mockexo.assertj;

import io.mockexo.journal.Sessions;
import java.util.Optional;
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
