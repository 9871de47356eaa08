package io.mockexo.internal.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.internal.journal.Journal;
import io.mockexo.journal.JournalLimits;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What waits when a client is not to be answered yet: the client, and no queue of ours. */
class BackpressureTest {

  private static final Duration TARPIT = Duration.ofSeconds(5);

  private Wire channel;

  /** A connection whose client reads only where told to. */
  private static final class Wire extends VirtualConnection {
    private boolean clientReadsNothing;

    Wire(ExchangeProfile profile) {
      super(
          new Journal(JournalLimits.defaults(), Clock.systemUTC()),
          profile,
          new CompletableFuture<>());
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer in) throws Exception {
      if (!clientReadsNothing) {
        super.doWrite(in);
      }
    }

    long pending() {
      return unsafe().outboundBuffer().totalPendingWriteBytes();
    }

    List<String> replyCodes() {
      List<String> codes = new ArrayList<>();
      for (ByteBuf reply; (reply = readOutbound()) != null; reply.release()) {
        if (reply.isReadable()) {
          codes.add(reply.toString(0, 3, ISO_8859_1));
        }
      }
      return codes;
    }
  }

  private void connect(ExchangeProfile profile) {
    channel = new Wire(profile);
    assertThat(channel.replyCodes()).containsExactly("220");
  }

  @AfterEach
  void release() {
    channel.end();
  }

  @Test
  void what_a_client_does_not_read_is_not_piled_up_and_the_client_is_not_read() {
    connect(ExchangeProfile.builder(Endpoint.MX).build());
    int commands = 100_000;
    channel.clientReadsNothing = true;
    channel.receive("EHLO client.example\r\n".repeat(commands));

    long limit = channel.config().getWriteBufferHighWaterMark();
    assertThat(channel.pending()).isBetween(limit, limit + 1000);
    assertThat(channel.config().isAutoRead()).isFalse();

    channel.clientReadsNothing = false;
    channel.flush();
    channel.runPendingTasks();
    assertThat(channel.replyCodes()).hasSize(commands).containsOnly("250");
    assertThat(channel.config().isAutoRead()).isTrue();
  }

  @Test
  void of_a_client_whose_reply_is_held_back_a_little_is_read_and_its_pipeline_waits() {
    connect(ExchangeProfile.builder(Endpoint.CLIENT_SUBMISSION).tarpit(TARPIT).build());
    channel.receive("EHLO a\r\nMAIL FROM:<a@client.example>\r\nNOOP\r\nRSET\r\n");

    assertThat(channel.replyCodes()).containsExactly("250");
    assertThat(channel.config().isAutoRead()).isTrue();

    channel.receive("NOOP\r\n".repeat(20_000));
    assertThat(channel.config().isAutoRead()).isFalse();

    channel.pass(TARPIT.minusMillis(1));
    assertThat(channel.replyCodes()).isEmpty();

    channel.pass(Duration.ofMillis(1));
    assertThat(channel.replyCodes()).hasSize(20_003).startsWith("451", "250", "250");
    assertThat(channel.config().isAutoRead()).isTrue();
  }
}
