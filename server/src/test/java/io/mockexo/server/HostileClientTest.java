package io.mockexo.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.client.SmtpTestClient;
import io.mockexo.exchange.StartTlsInjection;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.SessionEvent.Closed.End;
import io.mockexo.journal.SessionEvent.Closed.Side;
import io.mockexo.journal.SessionEvent.Sslv2HelloReceived;
import io.mockexo.journal.SessionEvent.StrayBytes;
import io.mockexo.journal.SessionEvent.TlsFailed;
import io.mockexo.journal.SmtpSession;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client can do wrong gets the defined reply or the defined close, and a record. */
class HostileClientTest {

  private static final String HELLO_TLS_1_3_HEAD = "16030101000100";

  private MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start();

  @AfterEach
  void others_are_served_meanwhile_and_close() {
    try (SmtpTestClient other = SmtpTestClient.connect(exchange)) {
      assertThat(other.reply()).startsWith("220 ");
    }
    exchange.close();
  }

  private void restart(UnaryOperator<MockExchangeOnlineServerBuilder> settings) {
    exchange.close();
    exchange = settings.apply(MockExchangeOnlineServer.mx()).start();
  }

  private SmtpSession firstSession() {
    return exchange.awaitSessions(1).first();
  }

  private static <T> T only(SmtpSession session, Class<T> type) {
    return session.events().stream()
        .filter(type::isInstance)
        .map(type::cast)
        .reduce(
            (a, b) -> {
              throw new AssertionError("more than one: " + a + ", " + b);
            })
        .orElseThrow(
            () ->
                new AssertionError("no " + type.getSimpleName() + " in\n" + session.transcript()));
  }

  @Test
  void bytes_pipelined_behind_starttls_are_discarded_and_recorded() {
    try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      client.send("STARTTLS\r\nMAIL FROM:<evil@client.example>\r\n");
      assertThat(client.reply()).isEqualTo("220 2.0.0 SMTP server ready");
      client.startTls(exchange.clientSslContext());
      assertThat(client.command("RCPT TO:<alice@contoso.com>"))
          .startsWith("503 5.5.2 Send hello first");
    }
    StrayBytes stray = only(firstSession(), StrayBytes.class);
    assertThat(stray.where()).isEqualTo(StrayBytes.Place.BEHIND_STARTTLS);
    assertThat(stray.kind()).isEqualTo(StrayBytes.Kind.MAIL);
    assertThat(stray.count()).isEqualTo(33);
    assertThat(firstSession().sentMailInCleartext()).isTrue();
  }

  @Test
  void credentials_behind_starttls_are_recorded_as_exposed_and_not_readable() {
    try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      client.send("STARTTLS\r\nAUTH PLAIN AGFsaWNlAHMzY3JldA==\r\n");
      client.reply();
    }
    SmtpSession session = firstSession();
    assertThat(only(session, StrayBytes.class).kind()).isEqualTo(StrayBytes.Kind.AUTH);
    assertThat(session.sentCredentialsInCleartext()).isTrue();
    assertThat(session.toString() + session.events() + session.transcript())
        .doesNotContain("AGFsaWNlAHMzY3JldA==");
  }

  @Test
  void an_injection_can_be_answered_by_dropping_the_connection() {
    restart(mx -> mx.profile(p -> p.startTlsInjection(StartTlsInjection.DROP_CONNECTION)));
    try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      client.send("STARTTLS\r\nNOOP\r\n");
      assertThat(client.reply()).startsWith("220 ");
      assertThat(client.isAtEnd()).isTrue();
    }
    assertThat(firstSession().clientHellos()).isEmpty();
    only(firstSession(), StrayBytes.class);
  }

  @Test
  void an_injection_can_be_handed_to_tls() {
    restart(mx -> mx.profile(p -> p.startTlsInjection(StartTlsInjection.HAND_TO_TLS)));
    try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      client.send("STARTTLS\r\nNOOP\r\n");
      assertThat(client.reply()).startsWith("220 ");
      assertThat(client.isAtEnd()).isTrue();
    }
    assertThat(firstSession().events())
        .filteredOn(StrayBytes.class::isInstance)
        .extracting(event -> ((StrayBytes) event).where())
        .containsExactly(StrayBytes.Place.BEHIND_STARTTLS, StrayBytes.Place.INSTEAD_OF_TLS);
  }

  @ParameterizedTest
  @EnumSource(
      value = StartTlsInjection.class,
      names = {"DISCARD", "DROP_CONNECTION"})
  void without_an_injection_the_handshake_is_done_whatever_the_setting(StartTlsInjection setting) {
    restart(mx -> mx.profile(p -> p.startTlsInjection(setting)));
    try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      client.command("STARTTLS");
      client.startTls(exchange.clientSslContext());
      assertThat(client.command("EHLO client.example")).doesNotContain("STARTTLS");
    }
  }

  @Test
  void an_sslv2_hello_is_recorded_for_what_it_is_and_closed() {
    try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      client.command("STARTTLS");
      client.send(
          HexFormat.of()
              .parseHex("802e0103010015000000100100800300800600400200800700c0" + "00".repeat(22)));
      assertThat(client.isAtEnd()).isTrue();
    }
    assertThat(only(firstSession(), Sslv2HelloReceived.class).version()).isEqualTo(0x0301);
  }

  @Test
  void a_handshake_that_never_becomes_complete_is_timed_out() {
    restart(mx -> mx.profile(p -> p.timeouts(t -> t.withHandshake(Duration.ofMillis(100)))));
    try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      client.command("STARTTLS");
      client.send(HexFormat.of().parseHex(HELLO_TLS_1_3_HEAD));
      assertThat(client.isAtEnd()).isTrue();
    }
    assertThat(only(firstSession(), TlsFailed.class).reason()).isEqualTo("handshake timed out");
  }

  @Test
  void a_client_that_leaves_in_the_handshake_is_recorded_as_such() {
    try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      client.command("STARTTLS");
      client.send(HexFormat.of().parseHex(HELLO_TLS_1_3_HEAD));
    }
    only(firstSession(), TlsFailed.class);
    assertThat(firstSession().failedTls()).isTrue();
  }

  @Test
  void a_client_that_resets_is_recorded_as_such() {
    SmtpTestClient.hello(exchange).reset();
    Closed closed = only(firstSession(), Closed.class);
    assertThat(closed.by()).isEqualTo(Side.CLIENT);
    assertThat(closed.how()).isEqualTo(End.RST);
  }

  @Test
  void a_client_that_closes_gets_its_last_replies_first() {
    try (SmtpTestClient client = SmtpTestClient.connect(exchange)) {
      client.send("EHLO a.example\r\nNOOP\r\nRSET\r\n");
      client.shutdownOutput();
      assertThat(client.reply()).startsWith("220 ");
      assertThat(client.reply()).startsWith("250-");
      assertThat(client.reply()).startsWith("250 ");
      assertThat(client.reply()).startsWith("250 ");
      assertThat(client.isAtEnd()).isTrue();
    }
    Closed closed = only(firstSession(), Closed.class);
    assertThat(closed.by()).isEqualTo(Side.CLIENT);
    assertThat(closed.how()).isEqualTo(End.FIN);
  }

  @Test
  void a_line_cut_by_the_end_of_the_connection_is_recorded_and_not_executed() {
    try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      client.command("MAIL FROM:<a@client.example>");
      client.send("RCPT TO:<alice@con");
      client.shutdownOutput();
      assertThat(client.isAtEnd()).isTrue();
    }
    assertThat(firstSession().transcript())
        .contains("C: RCPT TO:<alice@con (without its line end)");
    assertThat(firstSession().transactions().get(0).recipients()).isEmpty();
    Closed closed = only(firstSession(), Closed.class);
    assertThat(closed.by()).isEqualTo(Side.CLIENT);
    assertThat(closed.how()).isEqualTo(End.FIN);
  }

  @Test
  void a_client_that_never_closes_is_left_after_the_grace_period() {
    restart(mx -> mx.profile(p -> p.timeouts(t -> t.withCloseGrace(Duration.ofMillis(100)))));
    try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      assertThat(client.command("QUIT")).startsWith("221 ");
      Closed closed = only(firstSession(), Closed.class);
      assertThat(closed.by()).isEqualTo(Side.SERVER);
      assertThat(closed.how()).isEqualTo(End.TIMEOUT);
    }
  }

  @Test
  void an_idle_client_is_told_so_and_closed() {
    restart(mx -> mx.profile(p -> p.timeouts(t -> t.withIdle(Duration.ofMillis(100)))));
    try (SmtpTestClient client = SmtpTestClient.connect(exchange)) {
      assertThat(client.reply()).startsWith("220 ");
      assertThat(client.reply()).startsWith("451 4.7.0 Timeout waiting for client input");
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BDAT 99999999999999999999",
        "BDAT -1",
        "BDAT",
        "BDAT x LAST",
        "BDAT 9223372036854775808"
      })
  void a_chunk_size_that_is_no_number_closes_the_connection(String command) {
    try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      client.command("MAIL FROM:<a@client.example>");
      client.command("RCPT TO:<b@contoso.com>");
      assertThat(client.command(command)).startsWith("501 5.5.4 ");
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void a_line_of_a_megabyte_gets_one_reply_and_the_session_goes_on() {
    try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      assertThat(client.command("x".repeat(1_000_000))).startsWith("500 5.5.2 Command too long");
      assertThat(client.command("NOOP")).startsWith("250 ");
    }
  }

  @Test
  void nul_and_eight_bit_bytes_in_a_command_are_answered_and_recorded_printable() {
    try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      assertThat(client.command("MA\0IL \u00ff\u001b[31m")).startsWith("50");
      assertThat(client.command("NOOP")).startsWith("250 ");
    }
    assertThat(firstSession().transcript()).doesNotContain("\0").doesNotContain("\u001b");
  }
}
