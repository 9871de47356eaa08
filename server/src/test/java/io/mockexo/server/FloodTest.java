package io.mockexo.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.client.SmtpTestClient;
import io.mockexo.journal.JournalLimits;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.SessionEvent.Closed.End;
import io.mockexo.journal.SessionEvent.Closed.Side;
import io.mockexo.journal.SessionEvent.ReplySent;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send and send: without reading, faster than they are answered, or both. */
class FloodTest {

  /** More than all buffers of both kernels together. */
  private static final long ENDLESS = 200_000_000;

  private static final Duration VERY_LONG = Duration.ofHours(1);

  private MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start();

  @AfterEach
  void close() {
    exchange.close();
  }

  private void restart(
      MockExchangeOnlineServerBuilder builder,
      UnaryOperator<MockExchangeOnlineServerBuilder> settings) {
    exchange.close();
    exchange = settings.apply(builder).start();
  }

  private void assertClosed(Side by, End how) {
    Closed closed = exchange.awaitSessions(1).first().closed().orElseThrow();
    assertThat(closed.by()).isEqualTo(by);
    assertThat(closed.how()).isEqualTo(how);
  }

  private SocketChannel connectReadingNothing() throws Exception {
    SocketChannel client = SocketChannel.open();
    client.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
    client.connect(new InetSocketAddress(exchange.host(), exchange.port()));
    client.configureBlocking(false);
    return client;
  }

  /** Sends until nothing more is taken, again and again, so surely not for want of a moment. */
  private static long floodUntilStuck(SocketChannel client, String command) throws Exception {
    ByteBuffer flood = ByteBuffer.wrap(command.repeat(10_000).getBytes(ISO_8859_1));
    long sent = 0;
    for (int refusals = 0; refusals < 50_000 && sent < ENDLESS; ) {
      int taken = client.write(flood);
      sent += taken;
      refusals = taken == 0 ? refusals + 1 : 0;
      if (!flood.hasRemaining()) {
        flood.clear();
      }
      Thread.onSpinWait();
    }
    return sent;
  }

  private void awaitTimeoutReply() {
    while (exchange.open().get(0).events(ReplySent.class).stream()
        .noneMatch(reply -> reply.code() == 451)) {
      Thread.onSpinWait();
    }
  }

  private static void reset(SocketChannel client) throws Exception {
    client.setOption(StandardSocketOptions.SO_LINGER, 0);
    client.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"NOOP\r\n", "EHLO client.example\r\n"})
  void a_client_that_floods_reads_nothing_and_resets_is_the_one_that_ended_it(String command)
      throws Exception {
    SocketChannel client = connectReadingNothing();
    assertThat(floodUntilStuck(client, command)).isLessThan(ENDLESS);
    reset(client);
    assertClosed(Side.CLIENT, End.RST);
  }

  @Test
  void a_client_that_resets_before_our_fin_could_be_sent_is_the_one_that_ended_it()
      throws Exception {
    restart(
        MockExchangeOnlineServer.mx(),
        mx ->
            mx.journalLimits(new JournalLimits(1, 1L << 30, 10_000_000))
                .profile(
                    p ->
                        p.timeouts(
                            t -> t.withIdle(Duration.ofMillis(500)).withCloseGrace(VERY_LONG))));
    SocketChannel client = connectReadingNothing();
    floodUntilStuck(client, "EHLO client.example\r\n");
    awaitTimeoutReply();
    reset(client);
    assertClosed(Side.CLIENT, End.RST);
  }

  @Test
  void a_client_that_never_reads_is_left_after_the_grace_period() throws Exception {
    restart(
        MockExchangeOnlineServer.mx(),
        mx ->
            mx.profile(
                p ->
                    p.timeouts(
                        t ->
                            t.withIdle(Duration.ofMillis(100))
                                .withCloseGrace(Duration.ofMillis(100)))));
    try (SocketChannel client = connectReadingNothing()) {
      // how much is no matter here: for the grace period we read it all and throw it away
      floodUntilStuck(client, "EHLO client.example\r\n");
      assertClosed(Side.SERVER, End.TIMEOUT);
    } catch (java.io.IOException e) {
      // it was left while it still sent
      assertClosed(Side.SERVER, End.TIMEOUT);
    }
  }

  @Test
  void a_client_that_never_reads_inside_tls_is_left_after_the_grace_period() {
    restart(
        MockExchangeOnlineServer.mx(),
        mx ->
            mx.profile(
                p ->
                    p.timeouts(
                        t ->
                            t.withIdle(Duration.ofMillis(300))
                                .withCloseGrace(Duration.ofMillis(100)))));
    SmtpTestClient client = SmtpTestClient.connectReadingLittle(exchange);
    client.reply();
    client.command("EHLO client.example");
    client.command("STARTTLS");
    client.startTls(exchange.clientSslContext());
    byte[] flood = "EHLO client.example\r\n".repeat(10_000).getBytes(ISO_8859_1);
    try {
      for (long sent = 0; sent < ENDLESS; sent += flood.length) {
        client.send(flood);
      }
    } catch (UncheckedIOException e) {
      // it was left while it still sent
    }
    assertClosed(Side.SERVER, End.TIMEOUT);
    client.beneathTls().reset();
  }

  @Test
  void a_client_that_has_sent_everything_and_its_fin_gets_all_replies_when_it_reads() {
    int commands = 10_000;
    try (SmtpTestClient client = SmtpTestClient.connectReadingLittle(exchange)) {
      client.send("EHLO client.example\r\n".repeat(commands) + "QUIT\r\n");
      client.shutdownOutput();
      assertThat(client.reply()).startsWith("220 ");
      for (int i = 0; i < commands; i++) {
        assertThat(client.reply()).startsWith("250-");
      }
      assertThat(client.reply()).startsWith("221 ");
      assertThat(client.isAtEnd()).isTrue();
    }
    assertThat(exchange.awaitSessions(1).only().closed()).isPresent();
  }

  @Test
  void behind_a_tarpit_pipelined_commands_are_answered_in_order() {
    restart(
        MockExchangeOnlineServer.clientSubmission(),
        submission -> submission.profile(p -> p.tarpit(Duration.ofMillis(1))));
    int rounds = 100;
    try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      client.send("MAIL FROM:<a@client.example>\r\nNOOP\r\nNONSENSE\r\n".repeat(rounds));
      for (int i = 0; i < rounds; i++) {
        assertThat(client.reply()).startsWith("451 5.7.3 ");
        assertThat(client.reply()).startsWith("250 ");
        assertThat(client.reply()).startsWith("500 ");
      }
    }
  }

  @Test
  void a_client_in_the_tarpit_is_not_read_while_others_are_served() throws Exception {
    restart(
        MockExchangeOnlineServer.clientSubmission(),
        submission -> submission.threads(1).profile(p -> p.tarpit(VERY_LONG)));
    SocketChannel flooding = connectReadingNothing();
    assertThat(floodUntilStuck(flooding, "MAIL FROM:<a@client.example>\r\n")).isLessThan(ENDLESS);

    try (SmtpTestClient other = SmtpTestClient.hello(exchange)) {
      assertThat(other.command("NOOP")).startsWith("250 ");
    }
    assertThat(exchange.open().get(0).events(ReplySent.class))
        .as("the greeting, and nothing that is held back")
        .hasSize(1);
    exchange.close();
    assertThat(exchange.sessions().first().closed().orElseThrow().by()).isEqualTo(Side.SERVER);
    reset(flooding);
  }
}
