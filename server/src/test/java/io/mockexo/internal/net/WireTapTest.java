package io.mockexo.internal.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.exchange.Endpoint;
import io.mockexo.internal.journal.Journal;
import io.mockexo.internal.journal.SessionRecorder;
import io.mockexo.journal.JournalLimits;
import io.mockexo.journal.SessionEvent.Direction;
import io.mockexo.journal.WireListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelProgressivePromise;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A write is on the wire as far as the socket has taken it. */
class WireTapTest {

  private final List<String> told = new ArrayList<>();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Socket socket = new Socket();
  private final ByteBuf bytes = Unpooled.copiedBuffer("0123456789", US_ASCII);

  /** Holds what is written until the test takes it. */
  private static final class Socket extends ChannelOutboundHandlerAdapter {
    private final List<ChannelPromise> writes = new ArrayList<>();

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
      ((ByteBuf) message).release();
      writes.add(promise);
    }

    ChannelProgressivePromise last() {
      return (ChannelProgressivePromise) writes.get(writes.size() - 1);
    }
  }

  private final class Notes implements WireListener.Connection {
    @Override
    public void bytes(Duration at, Direction direction, ByteBuffer part) {
      told.add(direction + " " + US_ASCII.decode(part));
    }

    @Override
    public void fin(Duration at, Direction direction) {
      told.add("FIN " + direction);
    }

    @Override
    public void rst(Duration at, Direction direction) {
      told.add("RST " + direction);
    }

    @Override
    public void closed(Duration at) {
      told.add("closed");
    }
  }

  private ChannelFuture write() {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 25);
    SessionRecorder recorder =
        new Journal(JournalLimits.defaults(), Clock.systemUTC())
            .open(Endpoint.MX, address, address);
    WireTap.addTo(channel.pipeline(), session -> new Notes(), recorder);
    channel.pipeline().addFirst(socket);
    return channel.write(bytes);
  }

  @Test
  void parts_are_shown_when_they_are_taken() {
    ChannelFuture write = write();
    assertThat(told).isEmpty();

    socket.last().tryProgress(4, -1);
    assertThat(told).containsExactly("SENT 0123");
    socket.last().tryProgress(10, -1);
    socket.last().trySuccess();

    assertThat(told).containsExactly("SENT 0123", "SENT 456789");
    assertThat(write.isSuccess()).isTrue();
    assertThat(bytes.refCnt()).isZero();
  }

  @Test
  void a_channel_that_tells_no_progress_has_sent_it_all_at_the_end() {
    ChannelFuture write = write();
    socket.last().trySuccess();

    assertThat(told).containsExactly("SENT 0123456789");
    assertThat(write.isSuccess()).isTrue();
    assertThat(bytes.refCnt()).isZero();
  }

  @Test
  void what_was_not_taken_is_not_shown() {
    ChannelFuture write = write();
    IOException broken = new IOException("Broken pipe");
    socket.last().tryProgress(3, -1);
    socket.last().tryFailure(broken);

    assertThat(told).containsExactly("SENT 012");
    assertThat(write.cause()).isSameAs(broken);
    assertThat(bytes.refCnt()).isZero();
  }

  /** As when the socket refuses to write because the client has reset. */
  @Test
  void a_channel_that_closes_of_itself_was_reset() {
    write();
    channel.unsafe().close(channel.voidPromise());
    channel.runPendingTasks();

    assertThat(told).containsExactly("RST RECEIVED", "closed");
  }
}
