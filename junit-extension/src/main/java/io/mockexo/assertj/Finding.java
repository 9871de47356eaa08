package io.mockexo.assertj;

import io.mockexo.journal.SmtpSession;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a judge found instead of what was expected.
 *
 * @param reality how the sentence goes on after "but", in one line or several
 * @param concerned the sessions whose transcripts show it
 */
record Finding(String reality, List<SmtpSession> concerned) {

  Finding {
    concerned = concerned.stream().distinct().toList();
  }

  /** A finding, as judges return it. */
  static Optional<Finding> of(String reality, List<SmtpSession> concerned) {
    return Optional.of(new Finding(reality, concerned));
  }

  /** One finding of these, or none if there are none: each is a line, and all sessions show it. */
  static Optional<Finding> ofAll(List<Finding> findings) {
    if (findings.isEmpty()) {
      return Optional.empty();
    }
    List<String> lines = findings.stream().map(Finding::reality).distinct().toList();
    return of(
        String.join("\n", Words.ends(lines, "%d more")),
        findings.stream().flatMap(finding -> finding.concerned.stream()).toList());
  }

  /** The first of these that there is; the others are not looked for. */
  @SafeVarargs
  @SuppressWarnings("varargs") // they are only read
  static Optional<Finding> first(Supplier<Optional<Finding>>... findings) {
    return Stream.of(findings).flatMap(finding -> finding.get().stream()).findFirst();
  }
}
