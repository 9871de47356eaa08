package io.mockexo.internal.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageIdFinderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Message-ID: <1@x>\r\n\r\nbody",
        "message-id:<1@x>\r\n",
        "MESSAGE-ID \t: <1@x>\r\n",
        "Message-ID: <1@x>",
        "Message-ID: <1@x>\n\nbody",
        "Message-ID:\r\n <1@x>\r\n\r\n",
        "Message-ID:\r\n\t<1@x>\r\nFrom: a\r\n",
        "From: a\r\nMessage-Id: <1@x> (comment)\r\n\r\n",
        "Message-ID: \r\nMessage-ID: <1@x>\r\n",
        "Message-I\r\nMessage-IDs: <2@x>\r\nMessage-ID: <1@x>\r\n",
        "X: folded\r\n Message-ID: <2@x>\r\nMessage-ID: <1@x>\r\n",
        "\rX: odd\r\nMessage-ID: <1@x>\r\nMessage-ID: <2@x>\r\n"
      })
  void finds_the_field_wherever_the_message_is_cut(String message) {
    assertEverywhere(message, "<1@x>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\r\n",
        "\r\nMessage-ID: <1@x>\r\n",
        "From: a\r\n\r\nMessage-ID: <1@x>\r\n",
        "From: a\n\nMessage-ID: <1@x>\n",
        "Message-ID:\r\n\r\n",
        "Message-ID <1@x>\r\n",
        "Message-ID: <1\0@x>\r\n",
        "Message-ID: <1\r@x>\r\n",
        "XMessage-ID: <1@x>\r\n"
      })
  void finds_nothing_else(String message) {
    assertEverywhere(message, null);
  }

  @Test
  void joins_a_folded_value_and_keeps_one_without_brackets() {
    assertEverywhere("Message-ID: <1\r\n @x>\r\n", "<1 @x>");
    assertEverywhere("Message-ID: 1@x \r\n", "1@x");
    assertEverywhere("Message-ID: <ä@x>\r\n", "<ä@x>");
  }

  @Test
  void takes_no_endless_value() {
    String longest = "<" + "a".repeat(MessageIdFinder.MAX_LENGTH - 2) + ">";

    assertThat(find("Message-ID: " + longest + "\r\n", 0)).isEqualTo(longest);
    assertThat(find("Message-ID: <a" + longest.substring(1) + "\r\n", 0)).isNull();
    assertThat(find("Message-ID: <" + "a".repeat(10_000) + ">\r\n", 0)).isNull();
    assertThat(find("Message-ID: <a" + "\r\n ".repeat(10_000) + ">\r\n", 0)).isNull();
  }

  @Test
  void looks_no_further_than_it_reaches() {
    String field = "Message-ID: <1@x>\r\nX";
    String padding = "a".repeat(MessageIdFinder.REACH - field.length() - 2) + "\r\n";

    assertThat(find(padding + field, 0)).isEqualTo("<1@x>");
    assertThat(find("aaa" + padding + field, 0)).isNull();
    assertThat(find("aaa" + padding + field, MessageIdFinder.REACH - 1)).isNull();
  }

  private static void assertEverywhere(String message, @Nullable String expected) {
    for (int cut = 0; cut <= message.getBytes(UTF_8).length; cut++) {
      assertThat(find(message, cut)).as("%s cut at %d", message, cut).isEqualTo(expected);
    }
  }

  private static @Nullable String find(String message, int cut) {
    byte[] bytes = message.getBytes(UTF_8);
    MessageIdFinder finder = new MessageIdFinder();
    finder.add(bytes, 0, cut);
    finder.add(bytes, cut, bytes.length - cut);
    finder.end();
    assertThat(finder.isDone()).isTrue();
    return finder.messageId();
  }
}
