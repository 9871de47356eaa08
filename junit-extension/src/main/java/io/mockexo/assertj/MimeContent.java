package io.mockexo.assertj;

import io.mockexo.journal.MessageContent;
import java.util.List;

/** A message as Jakarta Mail reads it. */
interface MimeContent {

  /** The values of the header fields of this name, unfolded and decoded. */
  List<String> header(String name);

  /** The text of the first text/plain part, else of the first text part; empty if there is none. */
  String text();

  /**
   * Reads a message.
   *
   * @throws IllegalArgumentException if it cannot be read
   * @throws IllegalStateException if Jakarta Mail is not there; the message says what to add
   */
  static MimeContent of(MessageContent content) {
    try {
      return new JakartaMimeContent(content);
    } catch (NoClassDefFoundError | IllegalStateException e) { // no API, or nothing behind it
      throw new IllegalStateException(
          "subject, header fields and body are read by Jakarta Mail: add"
              + " org.eclipse.angus:angus-mail to the dependencies of the test",
          e);
    }
  }
}
