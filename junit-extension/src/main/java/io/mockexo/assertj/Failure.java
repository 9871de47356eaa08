package io.mockexo.assertj;

import io.mockexo.journal.SmtpSession;
import io.mockexo.journal.Transcripts;
import java.util.List;
import java.util.function.Function;
import org.assertj.core.description.Description;
import org.assertj.core.description.EmptyTextDescription;
import org.assertj.core.error.DescriptionFormatter;
import org.assertj.core.error.ErrorMessageFactory;
import org.assertj.core.presentation.Representation;

/** The message of a failed assertion: subject, expectation, reality, then what shows it. */
final class Failure implements ErrorMessageFactory {

  private final String text;

  private Failure(String text) {
    this.text = text;
  }

  /**
   * A message.
   *
   * @param subject of whom something is expected
   * @param expectation what, beginning with "to" or "never to"
   * @param reality how it was, after "but"
   * @param evidence texts that show it
   */
  static Failure of(String subject, String expectation, String reality, List<String> evidence) {
    StringBuilder text = new StringBuilder();
    text.append("Expecting ").append(subject).append('\n');
    text.append(Words.indent(expectation, 2)).append('\n');
    text.append(reality.contains("\n") ? "but\n" + Words.indent(reality, 2) : "but " + reality);
    if (!evidence.isEmpty()) {
      text.append("\n\n").append(String.join("\n", evidence));
    }
    return new Failure(Words.harmless(text.toString()));
  }

  /** The transcripts of these sessions, shortened where there is too much of them. */
  static List<String> transcripts(
      List<SmtpSession> sessions, Function<SmtpSession, String> transcript) {
    return Transcripts.of(sessions, transcript).stream().map(String::stripTrailing).toList();
  }

  @Override
  public String create(Description description, Representation representation) {
    return create(description);
  }

  @Override
  public String create(Description description) {
    return DescriptionFormatter.instance().format(description) + text;
  }

  @Override
  public String create() {
    return create(EmptyTextDescription.emptyDescription());
  }
}
