package io.mockexo.assertj;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.MailTransaction.Recipient;
import io.mockexo.journal.MessageContent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.assertj.core.api.AbstractAssert;

/** Assertions on a mail transaction that need no parser. Part of {@link MessageAssert}. */
abstract class AbstractEnvelopeAssert<SELF extends AbstractEnvelopeAssert<SELF>>
    extends AbstractAssert<SELF, MailTransaction> {

  AbstractEnvelopeAssert(MailTransaction actual, Class<?> selfType) {
    super(actual, selfType);
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
  public SELF hasReversePath(String address) {
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
  public SELF hasRecipients(String... addresses) {
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
  public SELF hasRefusedRecipient(String address) {
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
  public SELF wasSentOverTls() {
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
  public SELF wasSentInCleartext() {
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
  public SELF hasMessageId(String messageId) {
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
  public SELF hasContent(byte[] expected) {
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
  public SELF hasContentContaining(String text) {
    String expectation = "to contain\n" + Words.indent(text, 2);
    String found = new String(content(expectation).toByteArray(), ISO_8859_1);
    return expect(expectation, found.contains(text), "it was\n" + Words.excerpt(found));
  }

  private MailTransaction mail() {
    isNotNull();
    return actual;
  }

  final MessageContent content(String expectation) {
    MessageContent content = mail().content();
    if (content == null) {
      boolean came = mail().size() > 0;
      throw failed(
          expectation,
          came
              ? "its content was not kept; give the journal more room (JournalLimits.maxBytes)"
              : "no message came");
    }
    return content;
  }

  final SELF expect(String expectation, boolean holds, String otherwise) {
    if (!holds) {
      throw failed(expectation, otherwise);
    }
    return myself;
  }

  final AssertionError failed(String expectation, String reality) {
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
}
