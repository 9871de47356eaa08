package io.mockexo.assertj;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.MailTransaction.Recipient;
import io.mockexo.journal.MessageContent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on a mail transaction: its envelope, and the message that came. Made by {@link
 * ExchangeOnlineAssertions#assertThat(MailTransaction)}.
 *
 * <p>Subject, header fields and body are read by Jakarta Mail, which the test has to bring along:
 * {@code org.eclipse.angus:angus-mail}. Everything else works without it.
 *
 * @since 0.1
 */
public class MessageAssert extends AbstractAssert<MessageAssert, MailTransaction> {

  /** For proxies; use {@link ExchangeOnlineAssertions#assertThat(MailTransaction)}. */
  public MessageAssert(MailTransaction actual) {
    super(actual, MessageAssert.class);
  }

  /**
   * Verifies the address of MAIL FROM.
   *
   * <pre>{@code
   * // passes: MAIL FROM:<app@contoso.com>
   * assertThat(message).hasReversePath("app@contoso.com");
   * // fails: MAIL FROM:<>
   * assertThat(message).hasReversePath("app@contoso.com");
   * }</pre>
   *
   * @param address without angle brackets; empty for the null reverse-path
   */
  public MessageAssert hasReversePath(String address) {
    String found = mail().reversePath();
    return expect(
        "to be from <%s>".formatted(address),
        found.equals(address),
        "it was from <%s>".formatted(found));
  }

  /**
   * Verifies the recipients that were accepted, in any order.
   *
   * <pre>{@code
   * // passes: RCPT was accepted for both
   * assertThat(message).hasRecipients("bob@contoso.com", "carol@contoso.com");
   * // fails: it was refused for carol
   * assertThat(message).hasRecipients("bob@contoso.com", "carol@contoso.com");
   * }</pre>
   *
   * @param addresses without angle brackets
   */
  public MessageAssert hasRecipients(String... addresses) {
    List<String> found = mail().acceptedRecipients();
    return expect(
        "to be for " + brackets(List.of(addresses)),
        new TreeSet<>(found).equals(new TreeSet<>(List.of(addresses))),
        "it was for " + brackets(found));
  }

  /**
   * Verifies that RCPT was refused for this recipient.
   *
   * <pre>{@code
   * // passes: RCPT TO:<nobody@contoso.com> was answered with 550
   * assertThat(message).hasRefusedRecipient("nobody@contoso.com");
   * // fails: it was answered with 250
   * assertThat(message).hasRefusedRecipient("nobody@contoso.com");
   * }</pre>
   *
   * @param address without angle brackets
   */
  public MessageAssert hasRefusedRecipient(String address) {
    List<String> refused =
        mail().recipients().stream()
            .filter(rcpt -> !rcpt.accepted())
            .map(Recipient::forwardPath)
            .toList();
    return expect(
        "to have been refused for <%s>".formatted(address),
        refused.contains(address),
        "it was refused for " + brackets(refused));
  }

  /**
   * Verifies that the transaction took place inside TLS.
   *
   * <pre>{@code
   * // passes: MAIL was sent after the handshake
   * assertThat(message).wasSentOverTls();
   * // fails: the client had not used STARTTLS
   * assertThat(message).wasSentOverTls();
   * }</pre>
   */
  public MessageAssert wasSentOverTls() {
    return expect("to be sent over TLS", mail().insideTls(), "it was sent in cleartext");
  }

  /**
   * Verifies that the transaction took place outside TLS.
   *
   * <pre>{@code
   * // passes: the client had not used STARTTLS
   * assertThat(message).wasSentInCleartext();
   * // fails: MAIL was sent after the handshake
   * assertThat(message).wasSentInCleartext();
   * }</pre>
   */
  public MessageAssert wasSentInCleartext() {
    return expect("to be sent in cleartext", !mail().insideTls(), "it was sent over TLS");
  }

  /**
   * Verifies the Message-ID header field.
   *
   * <pre>{@code
   * // passes: Message-ID: <1@contoso.com>
   * assertThat(message).hasMessageId("<1@contoso.com>");
   * // fails: there is no such field
   * assertThat(message).hasMessageId("<1@contoso.com>");
   * }</pre>
   *
   * @param messageId with its angle brackets
   */
  public MessageAssert hasMessageId(String messageId) {
    String found = mail().messageId();
    return expect(
        "to have Message-ID " + messageId,
        messageId.equals(found),
        found == null ? "it had none" : "it was " + found);
  }

  /**
   * Verifies the message byte for byte, as it was after dot-unstuffing.
   *
   * <pre>{@code
   * // passes: nothing has changed on the way
   * assertThat(message).hasContent(bytes);
   * // fails: the client turned LF into CRLF
   * assertThat(message).hasContent(bytes);
   * }</pre>
   */
  public MessageAssert hasContent(byte[] expected) {
    String expectation = "to have the %s expected".formatted(Words.count(expected.length, "byte"));
    byte[] found = content(expectation).toByteArray();
    int difference = Arrays.mismatch(expected, found);
    return expect(
        expectation,
        difference < 0,
        "it had %s, and was the same up to byte %d"
            .formatted(Words.count(found.length, "byte"), difference));
  }

  /**
   * Verifies that a text is somewhere in the message, header included, as it was sent: encodings
   * are not undone, and a character stands for a byte.
   *
   * <pre>{@code
   * // passes: there is such a header field
   * assertThat(message).hasContentContaining("X-Mailer: App");
   * // fails: there is none
   * assertThat(message).hasContentContaining("X-Mailer: App");
   * }</pre>
   */
  public MessageAssert hasContentContaining(String text) {
    String expectation = "to contain\n" + Words.indent(text, 2);
    String found = new String(content(expectation).toByteArray(), ISO_8859_1);
    return expect(expectation, found.contains(text), "it was\n" + Words.excerpt(found));
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

  private MailTransaction mail() {
    isNotNull();
    return actual;
  }

  private MessageContent content(String expectation) {
    MessageContent content = mail().content();
    if (content == null) {
      boolean came = mail().size() > 0;
      throw failure(
          expectation,
          came
              ? "its content was not kept; give the journal more room (JournalLimits.maxBytes)"
              : "no message came");
    }
    return content;
  }

  private <T> T mime(String expectation, Function<MimeContent, T> read) {
    MessageContent content = content(expectation);
    try {
      return read.apply(MimeContent.of(content));
    } catch (IllegalArgumentException e) {
      throw failure(expectation, String.valueOf(e.getMessage()));
    }
  }

  private MessageAssert expect(String expectation, boolean holds, String otherwise) {
    if (!holds) {
      throw failure(expectation, otherwise);
    }
    return this;
  }

  private AssertionError failure(String expectation, String reality) {
    MailTransaction mail = mail();
    String id = mail.messageId();
    return assertionError(
        Failure.of(
            id == null ? "the message" : "message " + id,
            expectation,
            reality,
            List.of(summary(mail))));
  }

  private static String summary(MailTransaction mail) {
    return "MAIL FROM:<%s>, RCPT TO:%s, %s, %s, %s"
        .formatted(
            mail.reversePath(),
            brackets(mail.recipients().stream().map(Recipient::forwardPath).toList()),
            Words.count(mail.size(), "byte"),
            mail.insideTls() ? "inside TLS" : "in cleartext",
            mail.outcome().name().toLowerCase(Locale.ROOT));
  }

  private static String brackets(List<String> addresses) {
    return addresses.isEmpty()
        ? "nobody"
        : Words.list(addresses.stream().map(address -> "<" + address + ">").toList());
  }

  private static String plain(String text) {
    String lines = text.replace("\r\n", "\n").replace('\r', '\n');
    return lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines;
  }
}
