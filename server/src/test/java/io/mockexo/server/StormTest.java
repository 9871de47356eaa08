package io.mockexo.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.client.SmtpTestClient;
import io.mockexo.journal.JournalLimits;
import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.MailTransaction.Outcome;
import io.mockexo.journal.MailTransaction.Recipient;
import io.mockexo.journal.SessionEvent.EventsDropped;
import io.mockexo.journal.SessionEvent.MessageAccepted;
import io.mockexo.journal.SmtpSession;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Commands by the hundred thousand, in one go: each is answered, the record of it is bounded, and
 * another client is served by the same thread meanwhile.
 */
class StormTest {

  private static final int MANY = 100_000;
  private static final int MAX_EVENTS = 1000;

  private static final String MAIL = "MAIL FROM:<a@client.example>\r\n";
  private static final String ENVELOPE = MAIL + "RCPT TO:<b@contoso.com>\r\n";

  private static final String SENDER_OK = "250 2.1.0 ";
  private static final String RECIPIENT_OK = "250 2.1.5 ";
  private static final String CHUNK_OK = "250 2.6.0 CHUNK received OK, ";
  private static final String QUEUED = "250 2.6.0 <";
  private static final String NEED_MAIL = "503 5.5.2 Need mail command ";

  private MockExchangeOnlineServer exchange = start(MockExchangeOnlineServer.mx());

  private static MockExchangeOnlineServer start(MockExchangeOnlineServerBuilder builder) {
    return builder.threads(1).journalLimits(new JournalLimits(100, 64_000_000, MAX_EVENTS)).start();
  }

  @AfterEach
  void close() {
    exchange.close();
  }

  /**
   * What a client sends, and what it gets.
   *
   * @param first before the storm, with the replies to it
   * @param command what the storm is made of, with the reply to each
   * @param last after the storm, with the reply to it
   */
  private record Storm(
      String first,
      List<String> firstReplies,
      String command,
      String reply,
      String last,
      String lastReply) {}

  private static Arguments storm(String name, Storm storm) {
    return Arguments.of(name, storm);
  }

  static List<Arguments> storms() {
    List<String> begun = List.of(SENDER_OK, RECIPIENT_OK);
    return List.of(
        storm(
            "a megabyte of NOOP",
            new Storm("", List.of(), "NOOP abcd\r\n", "250 2.0.0 ", "RSET\r\n", "250 2.0.0 ")),
        storm(
            "a megabyte of unknown commands",
            new Storm("", List.of(), "NONSENSE\r\n", "500 5.3.3 ", "RSET\r\n", "250 2.0.0 ")),
        storm(
            "a megabyte of EHLO",
            new Storm("", List.of(), "EHLO a.b.c\r\n", "250-", "RSET\r\n", "250 2.0.0 ")),
        storm(
            "MAIL again and again",
            new Storm(MAIL, List.of(SENDER_OK), MAIL, "503 5.5.2 ", "RSET\r\n", "250 2.0.0 ")),
        storm(
            "empty chunks",
            new Storm(ENVELOPE, begun, "BDAT 0\r\n", CHUNK_OK, "BDAT 0 LAST\r\n", QUEUED)),
        storm(
            "chunks of a byte",
            new Storm(ENVELOPE, begun, "BDAT 1\r\nx", CHUNK_OK, "BDAT 1 LAST\r\nx", QUEUED)),
        storm(
            "chunks without a transaction",
            new Storm("", List.of(), "BDAT 1\r\nx", NEED_MAIL, "BDAT 0 LAST\r\n", NEED_MAIL)),
        storm(
            "last chunks",
            new Storm(
                ENVELOPE + "BDAT 1 LAST\r\nx",
                List.of(SENDER_OK, RECIPIENT_OK, QUEUED),
                "BDAT 1 LAST\r\nx",
                NEED_MAIL,
                "RSET\r\n",
                "250 2.0.0 ")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("storms")
  void each_command_is_answered_and_others_are_served_meanwhile(String name, Storm storm) {
    try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      CompletableFuture<?> sent =
          CompletableFuture.runAsync(
              () ->
                  client
                      .send(storm.first() + storm.command().repeat(MANY) + storm.last())
                      .send("QUIT\r\n"));
      storm.firstReplies().forEach(reply -> assertThat(client.reply()).startsWith(reply));
      for (int i = 0; i < MANY; i++) {
        if (i == MANY / 2) {
          assertAnotherIsServed();
        }
        assertThat(client.reply()).startsWith(storm.reply());
      }
      assertThat(client.reply()).startsWith(storm.lastReply());
      assertThat(client.reply()).startsWith("221 ");
      assertThat(client.isAtEnd()).isTrue();
      sent.join();
    }
    assertBounded(exchange.awaitSessions(2).first());
  }

  /** Half of the storm is not answered yet, or its answers are not read. */
  private void assertAnotherIsServed() {
    try (SmtpTestClient other = SmtpTestClient.hello(exchange)) {
      assertThat(other.deliver("a@client.example", "b@contoso.com")).startsWith(QUEUED);
      assertThat(other.command("QUIT")).startsWith("221 ");
    }
  }

  private static void assertBounded(SmtpSession session) {
    assertThat(session.events()).hasSizeBetween(MAX_EVENTS, MAX_EVENTS + 10);
    assertThat(session.events(EventsDropped.class)).hasSize(1);
    assertThat(session.closed()).isPresent();
  }

  @Test
  void chunks_of_a_byte_make_one_message_of_as_many_bytes() {
    try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      CompletableFuture<?> sent =
          CompletableFuture.runAsync(
              () -> client.send(ENVELOPE + "BDAT 1\r\nx".repeat(MANY) + "BDAT 0 LAST\r\n"));
      for (int i = 0; i < MANY + 2; i++) {
        assertThat(client.reply()).startsWith("250 2.");
      }
      assertThat(client.reply()).startsWith(QUEUED);
      sent.join();
    }
    assertThat(exchange.awaitSessions(1).deliveredMessages())
        .singleElement()
        .extracting(mail -> new String(mail.content().toByteArray(), US_ASCII))
        .isEqualTo("x".repeat(MANY));
  }

  /** Its octets are counted and let go: nobody can tell where else the next command is. */
  @Test
  void a_chunk_that_says_it_has_exabytes_is_read_and_not_kept() {
    exchange.close();
    exchange = start(MockExchangeOnlineServer.mx().profile(p -> p.maxMessageSize(1_000_000)));
    byte[] octets = new byte[10_000_000];
    try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      client.send(ENVELOPE);
      assertThat(client.reply()).startsWith(SENDER_OK);
      assertThat(client.reply()).startsWith(RECIPIENT_OK);
      client.send("BDAT 9000000000000000000 LAST\r\n").send(octets);
      assertAnotherIsServed();
      client.shutdownOutput();
      assertThat(client.isAtEnd()).as("no reply to half a chunk").isTrue();
    }
    assertThat(exchange.awaitSessions(2).first().transactions())
        .singleElement()
        .satisfies(
            mail -> {
              assertThat(mail.outcome()).isEqualTo(Outcome.ABORTED);
              assertThat(mail.size()).isEqualTo(octets.length);
              assertThat(mail.content()).isNull();
            });
  }

  /** Facts 8: up to 1000 (D); with the others the transaction goes on (facts 3.3, D). */
  @Test
  void of_a_hundred_thousand_recipients_the_first_thousand_get_the_message() {
    List<MailTransaction> delivered = deliverTo(1000);

    assertThat(delivered)
        .singleElement()
        .satisfies(
            mail -> {
              assertThat(mail.acceptedRecipients()).hasSize(1000).startsWith("u0@contoso.com");
              assertThat(mail.recipients())
                  .as("of those that were refused, as many as are kept")
                  .hasSize(2000)
                  .last()
                  .extracting(Recipient::replyCode)
                  .isEqualTo(452);
            });
  }

  @Test
  void where_they_are_allowed_a_hundred_thousand_recipients_get_the_message() {
    exchange.close();
    exchange = start(MockExchangeOnlineServer.mx().profile(p -> p.maxRecipients(MANY)));

    assertThat(deliverTo(MANY))
        .singleElement()
        .extracting(mail -> mail.acceptedRecipients().size())
        .isEqualTo(MANY);
  }

  private List<MailTransaction> deliverTo(int accepted) {
    StringBuilder recipients = new StringBuilder();
    IntStream.range(0, MANY)
        .forEach(i -> recipients.append("RCPT TO:<u%d@contoso.com>\r\n".formatted(i)));
    try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      CompletableFuture<?> sent =
          CompletableFuture.runAsync(
              () -> client.send(MAIL + recipients + "DATA\r\nx\r\n.\r\nQUIT\r\n"));
      assertThat(client.reply()).startsWith(SENDER_OK);
      for (int i = 0; i < MANY; i++) {
        assertThat(client.reply())
            .startsWith(i < accepted ? RECIPIENT_OK : "452 4.5.3 Too many recipients [");
      }
      assertThat(client.reply()).startsWith("354 ");
      assertThat(client.reply()).startsWith(QUEUED);
      sent.join();
    }
    SmtpSession session = exchange.awaitSessions(1).only();
    assertBounded(session);
    assertThat(session.events(MessageAccepted.class)).hasSize(1);
    return session.transactions();
  }
}
