package io.mockexo.assertj;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.MailTransaction.Outcome;
import io.mockexo.journal.MessageContent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When two messages say the same. */
class MessageTextTest {

  private static MailTransaction mail(Outcome outcome, long size, @Nullable String message) {
    MessageContent content =
        message == null ? null : MessageContent.of(message.getBytes(StandardCharsets.ISO_8859_1));
    return new MailTransaction(
        "a@client.example",
        Map.of(),
        List.of(),
        true,
        null,
        outcome,
        0,
        "",
        "<1@a>",
        null,
        size,
        content);
  }

  private static String text(String message) {
    return MessageText.of(mail(Outcome.DELIVERED, message.length(), message)).orElseThrow();
  }

  @Test
  void subject_and_body_are_the_text() {
    assertThat(text("Date: 1\r\nSUBJECT: a\r\n b\r\nX-Try: 1\r\n\r\nSubject: no\r\n\r\nend"))
        .isEqualTo("a b\nSubject: no\r\n\r\nend");
    assertThat(text("\r\nhello")).isEqualTo("\nhello");
    assertThat(text("Subject: a")).isEqualTo("a\n");
    assertThat(text("")).isEqualTo("\n");
  }

  @Test
  void boundaries_are_not() {
    String first =
        """
        Content-Type: multipart/mixed; boundary="=_1"

        --=_1
        Content-Type: multipart/alternative; boundary==_12

        --=_12
        one
        --=_12--
        --=_1--
        """;

    assertThat(text(first))
        .isEqualTo(text(first.replace("=_12", "=_7x").replace("=_1", "=_99")))
        .isNotEqualTo(text(first.replace("one", "two")))
        .contains("one");
  }

  @Test
  void of_what_is_not_known_the_size_tells() {
    MailTransaction large = mail(Outcome.REFUSED, 200_000, null);
    MailTransaction small = mail(Outcome.DELIVERED, 3_000, "hello");
    MailTransaction part = mail(Outcome.ABORTED, 2_000, null);

    assertThat(MessageText.of(large)).isEmpty();
    assertThat(MessageText.canBeAlike(large, mail(Outcome.REFUSED, 200_008, null))).isTrue();
    assertThat(MessageText.canBeAlike(large, small)).isFalse();
    assertThat(MessageText.canBeAlike(small, large)).isFalse();
    assertThat(MessageText.canBeAlike(part, large)).isTrue();
    assertThat(MessageText.canBeAlike(large, part)).isTrue();
    assertThat(MessageText.canBeAlike(mail(Outcome.ABORTED, 9_000, null), small)).isFalse();
    assertThat(MessageText.canBeAlike(part, mail(Outcome.ABORTED, 9_000, null))).isTrue();
  }
}
