package io.mockexo.assertj;

import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.MessageContent;
import java.util.List;
import java.util.function.Function;

/**
 * Assertions on a mail transaction: its envelope, and the message that came. Made by {@link
 * ExchangeOnlineAssertions#assertThat(MailTransaction)}.
 *
 * <p>Subject, header fields and body are read by Jakarta Mail, which the test has to bring along:
 * {@code org.eclipse.angus:angus-mail}. Everything else works without it.
 *
 * @since 0.1
 */
public class MessageAssert extends AbstractEnvelopeAssert<MessageAssert> {

  /** For proxies; use {@link ExchangeOnlineAssertions#assertThat(MailTransaction)}. */
  public MessageAssert(MailTransaction actual) {
    super(actual, MessageAssert.class);
  }

  /**
   * Verifies the subject, decoded. Needs Jakarta Mail.
   *
   * <pre>{@code
   * // passes: Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=
   * assertThat(message).hasSubject("Grüße");
   * // fails: Subject: Hello
   * assertThat(message).hasSubject("Grüße");
   * }</pre>
   *
   * @throws IllegalStateException if Jakarta Mail is not there
   */
  public MessageAssert hasSubject(String subject) {
    return hasHeader("Subject", subject);
  }

  /**
   * Verifies that the message has a header field with this value, unfolded and decoded. Needs
   * Jakarta Mail.
   *
   * <pre>{@code
   * // passes: X-Priority: 1
   * assertThat(message).hasHeader("X-Priority", "1");
   * // fails: X-Priority: 3
   * assertThat(message).hasHeader("X-Priority", "1");
   * }</pre>
   *
   * @param name of the field, in upper or lower case
   * @throws IllegalStateException if Jakarta Mail is not there
   */
  public MessageAssert hasHeader(String name, String value) {
    String expectation = "to have the header field\n  %s: %s".formatted(name, value);
    List<String> found = mime(expectation, message -> message.header(name));
    return expect(
        expectation,
        found.contains(value),
        found.isEmpty() ? "it had none of that name" : "it was " + String.join(", ", found));
  }

  /**
   * Verifies the text of the message, decoded: that of its first text/plain part, else of its first
   * text part. Ends of lines are the same whatever they are, and one at the end does not count.
   * Needs Jakarta Mail.
   *
   * <pre>{@code
   * // passes: the message is multipart/alternative, and its plain text is "hello"
   * assertThat(message).hasBody("hello");
   * // fails: its plain text is "hello, world"
   * assertThat(message).hasBody("hello");
   * }</pre>
   *
   * @throws IllegalStateException if Jakarta Mail is not there
   */
  public MessageAssert hasBody(String body) {
    String expectation = "to have the body\n" + Words.indent(body, 2);
    String found = mime(expectation, MimeContent::text);
    return expect(expectation, plain(found).equals(plain(body)), "it was\n" + Words.excerpt(found));
  }

  /**
   * Verifies that a text is somewhere in the body, as {@link #hasBody} reads it. Needs Jakarta
   * Mail.
   *
   * <pre>{@code
   * // passes: the body is "hello, world"
   * assertThat(message).hasBodyContaining("hello");
   * // fails: the body is "good bye"
   * assertThat(message).hasBodyContaining("hello");
   * }</pre>
   *
   * @throws IllegalStateException if Jakarta Mail is not there
   */
  public MessageAssert hasBodyContaining(String text) {
    String expectation = "to have in its body\n" + Words.indent(text, 2);
    String found = mime(expectation, MimeContent::text);
    return expect(
        expectation, plain(found).contains(plain(text)), "it was\n" + Words.excerpt(found));
  }

  private <T> T mime(String expectation, Function<MimeContent, T> read) {
    MessageContent content = content(expectation);
    try {
      return read.apply(MimeContent.of(content));
    } catch (IllegalArgumentException e) {
      throw failed(expectation, String.valueOf(e.getMessage()));
    }
  }

  private static String plain(String text) {
    String lines = text.replace("\r\n", "\n").replace('\r', '\n');
    return lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines;
  }
}
