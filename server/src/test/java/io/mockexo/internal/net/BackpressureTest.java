package io.mockexo.internal.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.internal.journal.Journal;
import io.mockexo.internal.journal.SessionRecorder;
import io.mockexo.internal.smtp.SessionIds;
import io.mockexo.internal.smtp.SmtpDialogue;
import io.mockexo.journal.JournalLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What waits when a client is not to be answered yet: the client, and no queue of ours. */
class BackpressureTest {

  private static final Duration TARPIT = Duration.ofSeconds(5);

  private final Wire channel = new Wire();

  /** A connection whose client reads only where told to. */
  private static final class Wire extends EmbeddedChannel {
    private boolean clientReads = true;

    @Override
    protected void doWrite(ChannelOutboundBuffer in) throws Exception {
      if (clientReads) {
        super.doWrite(in);
      }
    }

    long pending() {
      return unsafe().outboundBuffer().totalPendingWriteBytes();
    }

    void receive(String commands) {
      writeOneInbound(Unpooled.copiedBuffer(commands, ISO_8859_1));
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
    InetSocketAddress peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40000);
    SessionRecorder recorder =
        new Journal(JournalLimits.defaults(), Clock.systemUTC()).open(profile.endpoint(), peer);
    SmtpDialogue dialogue =
        new SmtpDialogue(
            profile,
            peer.getAddress(),
            new SessionIds(Instant.EPOCH).next(),
            Clock.systemUTC(),
            recorder.budget());
    ConnectionPipeline.build(
        channel,
        new ConnectionPlan(profile, new CompletableFuture<>(), ConnectionFaults.none()),
        dialogue,
        recorder);
    channel.pipeline().fireChannelActive();
    assertThat(channel.replyCodes()).containsExactly("220");
  }

  @AfterEach
  void release() {
    ConnectionDropper dropper = channel.pipeline().get(ConnectionDropper.class);
    dropper.closeNow(channel.pipeline().context(dropper));
    channel.releaseOutbound();
  }

  @Test
  void what_a_client_does_not_read_is_not_piled_up_and_the_client_is_not_read() {
    connect(ExchangeProfile.builder(Endpoint.MX).build());
    int commands = 100_000;
    channel.clientReads = false;
    channel.receive("EHLO client.example\r\n".repeat(commands));

    long limit = channel.config().getWriteBufferHighWaterMark();
    assertThat(channel.pending()).isBetween(limit, limit + 1000);
    assertThat(channel.config().isAutoRead()).isFalse();

    channel.clientReads = true;
    channel.flush();
    channel.runPendingTasks();
    assertThat(channel.replyCodes()).hasSize(commands).containsOnly("250");
    assertThat(channel.config().isAutoRead()).isTrue();
  }

  @Test
  void of_a_client_whose_reply_is_held_back_a_little_is_read_and_its_pipeline_waits() {
    connect(ExchangeProfile.builder(Endpoint.CLIENT_SUBMISSION).tarpit(TARPIT).build());
    channel.freezeTime();
    channel.receive("EHLO a\r\nMAIL FROM:<a@client.example>\r\nNOOP\r\nRSET\r\n");

    assertThat(channel.replyCodes()).containsExactly("250");
    assertThat(channel.config().isAutoRead()).isTrue();

    channel.receive("NOOP\r\n".repeat(20_000));
    assertThat(channel.config().isAutoRead()).isFalse();

    channel.advanceTimeBy(TARPIT.toMillis() - 1, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
    assertThat(channel.replyCodes()).isEmpty();

    channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
    assertThat(channel.replyCodes()).hasSize(20_003).startsWith("451", "250", "250");
    assertThat(channel.config().isAutoRead()).isTrue();
  }
}
