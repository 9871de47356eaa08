package io.mockexo.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mockexo.client.SmtpTestClient;
import io.mockexo.journal.AwaitTimeoutError;
import io.mockexo.journal.JournalLimits;
import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.MessageContent;
import io.mockexo.journal.SessionEvent.ClientBlocklisted;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryTest {

  private static final String BANNED =
      "550 5.7.606 Access denied, banned sending IP [127.0.0.1]. To request removal from this list"
          + " please visit https://sender.office.com/ and follow the directions. For more"
          + " information please go to  http://go.microsoft.com/fwlink/?LinkID=526655 (AS16012609) [";

  @Test
  void a_whole_pipelined_session_in_one_segment_is_answered_in_order() {
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start();
        SmtpTestClient client = SmtpTestClient.connect(exchange)) {
      client.send(
          "EHLO client.example\r\n"
              + "MAIL FROM:<a@client.example> SIZE=9 BODY=8BITMIME\r\n"
              + "RCPT TO:<b@contoso.com>\r\nRCPT TO:<c@contoso.com>\r\nDATA\r\n..a\r\n.\r\n"
              + "MAIL FROM:<a@client.example> BODY=BINARYMIME\r\nRCPT TO:<b@contoso.com>\r\n"
              + "BDAT 4\r\n\0\r\n.BDAT 0\r\nBDAT 3 LAST\r\nxyzQUIT\r\n");

      List<String> replies =
          List.of(
              "220", "250", "250", "250", "250", "354", "250", "250", "250", "250", "250", "250",
              "221");
      for (String code : replies) {
        assertThat(client.reply()).startsWith(code);
      }
      assertThat(client.isAtEnd()).isTrue();

      List<MailTransaction> delivered = exchange.awaitSessions(1).deliveredMessages();
      assertThat(delivered).hasSize(2);
      assertThat(delivered.get(0).acceptedRecipients())
          .containsExactly("b@contoso.com", "c@contoso.com");
      assertThat(exchange.messages())
          .extracting(message -> new String(message.toByteArray(), UTF_8))
          .containsExactly(".a\r\n", "\0\r\n.xyz");
    }
  }

  @Test
  void a_session_knows_both_ends_of_its_connection() {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx().host("0.0.0.0").start()) {
      try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
        client.command("QUIT");
      }
      SmtpSession session = exchange.awaitSessions(1).only();

      assertThat(session.local()).contains(new InetSocketAddress(exchange.host(), exchange.port()));
      assertThat(session.peer()).isNotEqualTo(session.local().orElseThrow());
    }
  }

  @Test
  void a_large_message_comes_whole() throws Exception {
    byte[] chunk = "0123456789abcdef".repeat(4096).getBytes(UTF_8);
    int chunks = 320;
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start();
        SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      client.command("MAIL FROM:<a@client.example>");
      client.command("RCPT TO:<b@contoso.com>");
      client.send("BDAT " + chunks * chunk.length + " LAST\r\n");
      for (int i = 0; i < chunks; i++) {
        client.send(chunk);
      }
      assertThat(client.reply()).startsWith("250 2.6.0 <").contains("] 20971520 bytes in ");

      MessageContent content = exchange.messages().get(0);
      assertThat(content.size()).isEqualTo((long) chunks * chunk.length);
      try (var stream = content.openStream()) {
        for (int i = 0; i < chunks; i++) {
          assertThat(stream.readNBytes(chunk.length)).isEqualTo(chunk);
        }
        assertThat(stream.read()).isNegative();
      }
    }
  }

  @Test
  void what_the_journal_has_no_room_for_is_accepted_and_measured_but_not_kept() {
    try (MockExchangeOnlineServer exchange =
            MockExchangeOnlineServer.mx()
                .journalLimits(new JournalLimits(100, 100_000, 1000))
                .start();
        SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      client.command("MAIL FROM:<a@client.example>");
      client.command("RCPT TO:<b@contoso.com>");
      client.send("BDAT 1000000 LAST\r\n").send(new byte[1_000_000]);
      assertThat(client.reply()).startsWith("250 2.6.0 ");

      MailTransaction message = exchange.awaitMessages(1).deliveredMessages().get(0);
      assertThat(message.size()).isEqualTo(1_000_000);
      assertThat(message.content()).isNull();
      assertThat(exchange.messages()).isEmpty();
    }
  }

  @Test
  void recipients_that_the_journal_has_no_room_for_are_refused_and_the_others_get_the_message() {
    try (MockExchangeOnlineServer exchange =
            MockExchangeOnlineServer.mx().journalLimits(new JournalLimits(100, 1, 1000)).start();
        SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      client.command("MAIL FROM:<a@client.example>");
      int accepted = 0;
      String reply = client.command("RCPT TO:<b@contoso.com>");
      while (reply.startsWith("250 ")) {
        accepted++;
        reply = client.command("RCPT TO:<b" + accepted + "@contoso.com>");
      }
      assertThat(reply).startsWith("452 4.3.1 Insufficient system resources [");
      assertThat(accepted).isPositive();
      client.command("DATA");
      assertThat(client.command("Subject: hello\r\n.")).startsWith("250 2.6.0 ");

      Sessions sessions = exchange.awaitMessages(1);
      MailTransaction message = sessions.deliveredMessages().get(0);
      assertThat(message.acceptedRecipients()).hasSize(accepted);
      assertThat(sessions.transcript()).contains(" bytes, content not kept\n");
    }
  }

  @Test
  void the_size_limit_holds_while_the_message_streams_in() {
    try (MockExchangeOnlineServer exchange =
            MockExchangeOnlineServer.mx().profile(p -> p.maxMessageSize(1000)).start();
        SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      assertThat(client.command("MAIL FROM:<a@client.example> SIZE=1001"))
          .startsWith("552 5.3.4 Message size exceeds fixed maximum message size [");
      client.command("MAIL FROM:<a@client.example>");
      client.command("RCPT TO:<b@contoso.com>");
      client.command("DATA");
      assertThat(client.command("x".repeat(100_000) + "\r\n."))
          .startsWith("552 5.3.4 Message size exceeds fixed maximum message size [");
      assertThat(client.deliver("a@client.example", "b@contoso.com")).startsWith("250 2.6.0 ");
    }
  }

  @Test
  void the_blocklist_can_be_changed_while_the_server_runs_for_later_connections() {
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start();
        SmtpTestClient before = SmtpTestClient.connect(exchange)) {
      before.reply();
      exchange.updateProfile(profile -> profile.blockClients("127.0.0.0/8"));

      assertThat(before.command("EHLO client.example")).contains("STARTTLS");
      try (SmtpTestClient banned = SmtpTestClient.connect(exchange)) {
        banned.reply();
        assertThat(banned.command("EHLO client.example")).doesNotContain("STARTTLS");
        assertThat(banned.command("STARTTLS")).startsWith("500 5.3.3 ");
        assertThat(banned.command("MAIL FROM:<a@client.example>")).isEqualTo("250 2.1.0 Sender OK");
        assertThat(banned.command("RCPT TO:<b@contoso.com>")).startsWith(BANNED);
        assertThat(exchange.open().get(1).events(ClientBlocklisted.class))
            .singleElement()
            .satisfies(listed -> assertThat(listed.entry()).hasToString("127.0.0.0/8"))
            .satisfies(listed -> assertThat(listed.startTlsHidden()).isTrue());
      }

      exchange.updateProfile(profile -> profile.hideStartTlsFromBlocked(false));
      try (SmtpTestClient banned = SmtpTestClient.connect(exchange)) {
        banned.reply();
        assertThat(banned.command("EHLO client.example")).contains("STARTTLS");
      }
    }
  }

  @Test
  void a_reset_puts_everything_back_and_drops_the_clients() {
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start();
        SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      exchange.updateProfile(profile -> profile.blockClients("127.0.0.1"));
      exchange.reset();

      assertThat(client.isAtEnd()).isTrue();
      assertThat(exchange.profile().blocklist().clients()).isEmpty();
      assertThat(exchange.sessions()).isEmpty();
      SmtpTestClient.hello(exchange).close();
      assertThat(exchange.awaitSessions(1).only().number()).isEqualTo(1);
    }
  }

  @Test
  void an_await_that_times_out_has_the_sessions_seen_so_far() {
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start()) {
      SmtpTestClient.hello(exchange).close();
      exchange.awaitSessions(1);

      assertThatExceptionOfType(AwaitTimeoutError.class)
          .isThrownBy(() -> exchange.awaitSessions(2, Duration.ofMillis(50)))
          .withMessageContaining("EHLO client.example")
          .satisfies(error -> assertThat(error.sessions().list()).hasSize(1));
    }
  }

  @Test
  void a_server_that_is_closed_can_still_be_asked_what_happened() {
    MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start();
    try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      client.command("MAIL FROM:<a@client.example>");
      exchange.close();
    }
    exchange.close();

    SmtpSession session = exchange.sessions().only();
    assertThat(session.isComplete()).isTrue();
    assertThat(session.transactions().get(0).outcome()).isEqualTo(MailTransaction.Outcome.ABORTED);
  }
}
