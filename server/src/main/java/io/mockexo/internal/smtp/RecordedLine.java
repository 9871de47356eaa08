package io.mockexo.internal.smtp;

/**
 * A line as it is recorded.
 *
 * @param verb the verb in upper case by which it is executed; empty if it is no command
 * @param text printable, of bounded length and without credentials
 * @param redacted whether credentials, or what may be some, were taken out
 */
public record RecordedLine(String verb, String text, boolean redacted) {

  /** The same line with a remark for people behind it. */
  public RecordedLine remarked(String remark) {
    return new RecordedLine(verb, text + " (" + remark + ")", redacted);
  }
}
