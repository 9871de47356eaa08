package io.mockexo.assertj;

import io.mockexo.journal.SmtpSession;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;

/** What the assertions on one session have in common. */
abstract class AbstractSessionAssert<SELF extends AbstractSessionAssert<SELF>>
    extends AbstractAssert<SELF, SmtpSession> {

  AbstractSessionAssert(SmtpSession actual, Class<?> selfType) {
    super(actual, selfType);
  }

  final SmtpSession session() {
    isNotNull();
    return actual;
  }

  /** Fails unless it is so. */
  final SELF expect(String expectation, boolean holds, String otherwise) {
    return holds ? myself : fail(expectation, otherwise);
  }

  /**
   * Fails if it is otherwise, and if that cannot be told: of a silent session, one that is still
   * open, or one of which events were left out.
   */
  final SELF expectNever(String expectation, boolean seen, String otherwise) {
    if (seen) {
      return fail(expectation, otherwise);
    }
    return cannotTell().map(why -> fail(expectation, why)).orElse(myself);
  }

  private Optional<String> cannotTell() {
    SmtpSession session = session();
    if (session.isSilent()) {
      return Optional.of("the client sent no byte, and a silent session counts for nothing");
    }
    if (!session.isComplete()) {
      return Optional.of(
          "that cannot be told: it was still open; wait for its end:\n  Sessions sessions = exchange.awaitSessions(%d);"
              .formatted(session.number()));
    }
    return session.eventsDropped() == 0
        ? Optional.empty()
        : Optional.of(
            "that cannot be told: it had more events than are kept (JournalLimits.maxEventsPerSession)");
  }

  final SELF fail(String expectation, String reality) {
    SmtpSession session = session();
    throwAssertionError(
        Failure.of(
            "session " + session.number(),
            expectation,
            reality,
            Failure.transcripts(List.of(session), SmtpSession::transcript)));
    return myself;
  }

  /** {@code a, b and c}, or what to say when there are none. */
  static String or(String nothing, List<String> words) {
    return words.isEmpty() ? nothing : Words.list(words);
  }
}
