package io.mockexo.internal.smtp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MessageCollectorTest {

  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;

  @Test
  void keeps_every_byte_wherever_segments_end() throws Exception {
    byte[] message = new byte[3 * 1024 * KIB + 7];
    new Random(1).nextBytes(message);
    for (int piece : new int[] {1000, 8 * KIB, 64 * KIB + 1, message.length}) {
      MessageCollector collector = collector(Long.MAX_VALUE);
      for (int from = 0; from < message.length; from += piece) {
        collector.add(message, from, Math.min(piece, message.length - from));
      }

      MessageCollector.Message complete = collector.complete();

      assertThat(complete.content().toByteArray()).isEqualTo(message);
      assertThat(complete.content().openStream().readAllBytes()).isEqualTo(message);
      assertThat(complete.bodyHash())
          .isEqualTo(
              HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(message)));
      assertThat(collector.size()).isEqualTo(message.length);
    }
  }

  @Test
  void reserves_segments_as_the_message_grows() {
    TestBudget budget = new TestBudget(MIB * KIB);
    MessageCollector collector = new MessageCollector(Long.MAX_VALUE, budget);
    assertThat(budget.left()).isEqualTo(MIB * KIB);

    collector.add(new byte[1], 0, 1);
    assertThat(budget.left()).isEqualTo(MIB * KIB - KIB);
    collector.add(new byte[KIB], 0, KIB);
    assertThat(budget.left()).isEqualTo(MIB * KIB - (1 + 2) * KIB);
    collector.add(new byte[8 * MIB], 0, 8 * MIB);
    assertThat(MIB * KIB - budget.left()).isBetween(collector.size(), collector.size() + MIB);
  }

  @Test
  void only_measures_on_when_the_budget_has_no_more_and_puts_back_what_it_took() {
    TestBudget budget = new TestBudget(10 * KIB);
    MessageCollector collector = new MessageCollector(Long.MAX_VALUE, budget);
    byte[] message = "Message-ID: <1@x>\r\n\r\n".getBytes(US_ASCII);
    collector.add(message, 0, message.length);
    collector.add(new byte[5 * KIB], 0, 5 * KIB);
    assertThat(budget.left()).isEqualTo((10 - 1 - 2 - 4) * KIB);
    collector.add(new byte[15 * KIB], 0, 15 * KIB);
    collector.add(new byte[1], 0, 1);

    assertThat(collector.size()).isEqualTo(message.length + 20 * KIB + 1);
    assertThat(budget.left()).isEqualTo(10 * KIB);
    assertThat(collector.exceedsLimit()).isFalse();
    assertThat(collector.complete()).isEqualTo(new MessageCollector.Message("<1@x>", null, null));
  }

  @Test
  void lets_go_what_is_larger_than_allowed() {
    MessageCollector collector = collector(3);
    collector.add("abc".getBytes(US_ASCII), 0, 3);
    assertThat(collector.exceedsLimit()).isFalse();
    collector.add("d".getBytes(US_ASCII), 0, 1);

    assertThat(collector.exceedsLimit()).isTrue();
    assertThat(collector.size()).isEqualTo(4);
    assertThat(collector.complete().content()).isNull();
  }

  @Test
  void reserves_nothing_for_a_message_that_is_too_large_at_once() {
    TestBudget budget = new TestBudget(10 * KIB);
    new MessageCollector(3, budget).add(new byte[100], 0, 100);

    assertThat(budget.left()).isEqualTo(10 * KIB);
  }

  @Test
  void hashes_the_whole_message_only_when_it_has_no_message_id() {
    MessageCollector without = collector(100);
    without.add("From: a\r\n".getBytes(US_ASCII), 0, 9);
    without.add("\r\nhello".getBytes(US_ASCII), 0, 7);
    MessageCollector with = collector(100);
    with.add("Message-ID: <1@x>".getBytes(US_ASCII), 0, 17);

    // printf 'From: a\r\n\r\nhello' | sha256sum
    assertThat(without.complete().bodyHash())
        .isEqualTo("f80ec2e0f17e055d63814d8ad3dcb9edb5747a88f8928a964b7bfc045a6b3fea");
    assertThat(with.complete().bodyHash()).isNull();
  }

  @Test
  void keeps_an_empty_message() throws Exception {
    MessageCollector.Message empty = collector(0).complete();

    assertThat(empty.content().size()).isZero();
    assertThat(empty.content().toByteArray()).isEmpty();
    assertThat(empty.content().openStream().read()).isEqualTo(-1);
  }

  private static MessageCollector collector(long maxSize) {
    return new MessageCollector(maxSize, TestBudget.unlimited());
  }
}
