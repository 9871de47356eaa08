package io.mockexo.server;

import static io.mockexo.fault.Fault.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.client.SmtpTestClient;
import io.mockexo.fault.ExchangeError;
import io.mockexo.fault.Stage;
import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.SmtpSession;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a client hears at a stage where something else stands for the reply. */
class ReplyEffectTest {
  private static final Duration SHORT = Duration.ofMillis(20);

  @Test
  void a_refusal_of_choice_is_said_and_the_command_is_not_carried_out() {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx()
            .onConnection(
                1,
                at(Stage.EHLO).reply("250-mx.example Hello\n250 SIZE 1000"),
                at(Stage.MAIL).reply(451, "4.7.500", "Server busy").everyTime(),
                at(Stage.QUIT).reply(221, "2.0.0", "Bye"))
            .start()) {
      try (SmtpTestClient client = SmtpTestClient.connect(exchange)) {
        client.reply();
        assertThat(client.command("EHLO client.example"))
            .isEqualTo("250-mx.example Hello\n250 SIZE 1000");
        assertThat(client.command("MAIL FROM:<a@client.example>"))
            .isEqualTo("451 4.7.500 Server busy");
        assertThat(client.command("RCPT TO:<b@contoso.com>")).startsWith("503 5.5.2");
        assertThat(client.command("MAIL FROM:<a@client.example>")).startsWith("451 4.7.500");
        assertThat(client.command("QUIT")).isEqualTo("221 2.0.0 Bye");
        assertThat(client.isAtEnd()).isTrue();
      }
      SmtpSession session = exchange.awaitSessions(1).only();
      assertThat(session.startTlsOffered()).isFalse();
      assertThat(session.transactions())
          .extracting(MailTransaction::replyCode)
          .containsExactly(451, 451);
    }
  }

  @Test
  void a_reply_can_be_followed_by_a_close() {
    try (MockExchangeOnlineServer exchange =
            MockExchangeOnlineServer.mx()
                .onConnection(1, at(Stage.GREETING).reply("554 5.7.1 no").thenClose())
                .onConnection(2, at(Stage.GREETING).reply("421 4.3.2 no"))
                .start();
        SmtpTestClient first = SmtpTestClient.connect(exchange);
        SmtpTestClient second = SmtpTestClient.connect(exchange)) {
      assertThat(first.reply()).isEqualTo("554 5.7.1 no");
      assertThat(first.isAtEnd()).isTrue();
      assertThat(second.reply()).isEqualTo("421 4.3.2 no");
      assertThat(second.isAtEnd()).isTrue();
    }
  }

  @Test
  void a_message_can_be_refused_after_it_has_come() {
    try (MockExchangeOnlineServer exchange =
            MockExchangeOnlineServer.mx()
                .onConnection(
                    1, at(Stage.END_OF_DATA).reply(451, "4.7.500", "Server busy").onMessage(2))
                .start();
        SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      assertThat(client.deliver("a@client.example", "b@contoso.com")).startsWith("250 2.6.0");
      assertThat(client.deliver("a@client.example", "b@contoso.com")).startsWith("451 4.7.500");
      assertThat(client.deliver("a@client.example", "b@contoso.com")).startsWith("250 2.6.0");
    }
  }

  @Test
  void an_error_of_exchange_names_client_server_and_sender_of_this_session() {
    try (MockExchangeOnlineServer exchange =
            MockExchangeOnlineServer.mx()
                .onConnection(
                    1, ExchangeError.SERVER_BUSY.fault(), ExchangeError.DMARC_REJECT.fault())
                .start();
        SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      client.command("MAIL FROM:<a@client.example>");
      assertThat(client.command("RCPT TO:<b@contoso.com>"))
          .matches(
              "451 4\\.7\\.500 Server busy\\. Please try again later from \\[127\\.0\\.0\\.1]\\. "
                  + "\\(S77714\\) \\[\\S+ \\S+ [0-9A-F]{16}]");
      client.command("RSET");
      exchange.onConnection(2, at(Stage.MAIL).reply(ExchangeError.DMARC_REJECT));
      try (SmtpTestClient second = SmtpTestClient.hello(exchange)) {
        assertThat(second.command("MAIL FROM:<a@sender.example>"))
            .startsWith("550 5.7.509 Access denied, sending domain [SENDER.EXAMPLE] does not pass");
      }
      assertThat(client.deliver("a@client.example", "b@contoso.com"))
          .startsWith("550 5.7.509 Access denied, sending domain [CLIENT.EXAMPLE] does not pass");
    }
  }

  @Test
  void garbage_takes_the_place_of_a_reply_and_the_dialogue_goes_on() {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx()
            .onConnection(1, at(Stage.MAIL).garbage(9), at(Stage.END_OF_DATA).garbage(5))
            .start()) {
      try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
        assertThat(client.command("MAIL FROM:<a@client.example>"))
            .hasSize(9)
            .matches("[\\x80-\\xff]+");
        assertThat(client.deliver("a@client.example", "b@contoso.com")).hasSize(5);
        assertThat(client.command("NOOP")).startsWith("250");
      }
      assertThat(exchange.awaitSessions(1).only().transactions())
          .extracting(MailTransaction::outcome)
          .containsExactly(MailTransaction.Outcome.UNACKNOWLEDGED);
    }
  }

  @Test
  void faults_of_one_connection_follow_each_other() {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx()
            .onConnection(
                1,
                at(Stage.EHLO).delay(SHORT),
                at(Stage.EHLO).drip(16, Duration.ofMillis(1)),
                at(Stage.EHLO).reply("451 4.3.0 later"))
            .start()) {
      try (SmtpTestClient client = SmtpTestClient.connect(exchange)) {
        client.reply();
        assertThat(client.command("EHLO client.example")).isEqualTo("451 4.3.0 later");
      }
      assertThat(exchange.awaitSessions(1).only().faults()).hasSize(3);
      assertThat(exchange.unfiredFaults()).isEmpty();
    }
  }
}
