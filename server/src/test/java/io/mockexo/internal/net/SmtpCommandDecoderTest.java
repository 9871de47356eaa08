package io.mockexo.internal.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.internal.smtp.MessageCollector;
import io.mockexo.internal.smtp.Step.Next;
import io.mockexo.internal.smtp.TestBudget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmtpCommandDecoderTest {

  /** Stands for the dialogue: DATA begins a message, BDAT n a chunk. */
  private static final class Answering extends ChannelInboundHandlerAdapter {
    final SmtpCommandDecoder decoder;
    final List<String> seen = new ArrayList<>();
    final List<MessageCollector> messages = new ArrayList<>();

    Answering(SmtpCommandDecoder decoder) {
      this.decoder = decoder;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object input) {
      if (input instanceof SmtpInput.Line line) {
        String text = new String(line.bytes(), ISO_8859_1);
        seen.add(text);
        if (text.equals("DATA")) {
          decoder.expect(new Next.Data(collector()));
        } else if (text.startsWith("BDAT ")) {
          decoder.expect(new Next.Chunk(Long.parseLong(text.substring(5)), false, collector()));
        } else if (text.equals("PAUSE")) {
          decoder.pause();
        }
      } else if (input instanceof SmtpInput.EndOfData end) {
        seen.add("end of data " + end.message().size());
      } else if (input instanceof SmtpInput.EndOfChunk end) {
        seen.add("end of chunk " + end.chunk().octets());
      } else if (input instanceof SmtpInput.LineTooLong line) {
        seen.add(line.finished() ? "line too long" : "unfinished line too long");
      } else if (input instanceof SmtpInput.UnfinishedLine line) {
        seen.add("unfinished " + new String(line.bytes(), ISO_8859_1));
      } else if (input instanceof SmtpInput.EndOfInput) {
        seen.add("end of input");
      }
    }

    private MessageCollector collector() {
      MessageCollector collector = new MessageCollector(Long.MAX_VALUE, TestBudget.unlimited());
      messages.add(collector);
      return collector;
    }
  }

  private final SmtpCommandDecoder decoder = new SmtpCommandDecoder();
  private final Answering answering = new Answering(decoder);
  private final EmbeddedChannel channel = new EmbeddedChannel(decoder, answering);

  private static ByteBuf bytes(String text) {
    return Unpooled.wrappedBuffer(text.getBytes(ISO_8859_1));
  }

  @Test
  void pipelined_commands_messages_and_chunks_come_out_the_same_wherever_the_input_is_cut() {
    String input = "EHLO a\r\nDATA\r\nx\r\n..y\r\n.\r\nBDAT 5\r\na\r\nb\nBDAT 0\r\nNOOP\r\n";
    List<String> whole =
        List.of(
            "EHLO a",
            "DATA",
            "end of data 7",
            "BDAT 5",
            "end of chunk 5",
            "BDAT 0",
            "end of chunk 0",
            "NOOP");

    for (int cut = 0; cut <= input.length(); cut++) {
      SmtpCommandDecoder fresh = new SmtpCommandDecoder();
      Answering handler = new Answering(fresh);
      EmbeddedChannel cutChannel = new EmbeddedChannel(fresh, handler);
      cutChannel.writeInbound(bytes(input.substring(0, cut)), bytes(input.substring(cut)));
      assertThat(handler.seen).as("cut at %d", cut).isEqualTo(whole);
      cutChannel.finishAndReleaseAll();
    }
  }

  @Test
  void one_byte_at_a_time_is_enough() {
    for (char c : "DATA\r\na\r\n.\r\nQUIT\r\n".toCharArray()) {
      channel.writeInbound(bytes(String.valueOf(c)));
    }
    assertThat(answering.seen).containsExactly("DATA", "end of data 3", "QUIT");
  }

  @Test
  void a_bare_line_feed_ends_a_command_and_a_bare_carriage_return_does_not() {
    channel.writeInbound(bytes("NOOP\nRSET\rQUIT\r\n"));
    assertThat(answering.seen).containsExactly("NOOP", "RSET\rQUIT");
  }

  @Test
  void a_line_that_is_too_long_is_skipped_to_its_end_and_told_once() {
    String limit = "x".repeat(SmtpCommandDecoder.MAX_LINE_LENGTH);
    channel.writeInbound(bytes(limit + "\r\n"));
    channel.writeInbound(bytes(limit + "yy"));
    channel.writeInbound(bytes(limit.repeat(10)));
    channel.writeInbound(bytes("end\r\nNOOP\r\n"));
    assertThat(answering.seen).containsExactly(limit, "line too long", "NOOP");
  }

  @Test
  void nothing_is_kept_of_a_line_that_is_too_long() {
    channel.writeInbound(bytes("x".repeat(100_000)));
    assertThat(decoder.takeBuffered()).isEmpty();
  }

  /** A client that pipelines seldom ends a segment where it ends a command. */
  @Test
  void nothing_is_kept_of_commands_that_were_answered_however_many_segments_end_within_one() {
    UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    for (int i = 0; i < 10_000; i++) {
      channel.writeInbound(allocator.buffer().writeBytes(bytes("OOP\r\nNOOP\r\nN")));
    }
    assertThat(allocator.metric().usedHeapMemory()).isLessThan(10_000);
  }

  /** A client may begin a line behind many commands and never end it. */
  @Test
  void the_beginning_of_a_line_keeps_no_more_memory_than_a_line_however_much_came_with_it() {
    UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    channel.config().setAllocator(allocator);
    channel.writeInbound(allocator.buffer().writeBytes(bytes("NOOP\r\n".repeat(100_000) + "NO")));
    assertThat(allocator.metric().usedHeapMemory()).isLessThan(100);

    channel.writeInbound(allocator.buffer().writeBytes(bytes("OP\r\n")));
    assertThat(answering.seen).hasSize(100_001).containsOnly("NOOP");
  }

  /** It may hold several commands, credentials among them, and is not for the journal. */
  @Test
  void what_waits_when_the_connection_is_lost_is_no_unfinished_line() {
    channel.writeInbound(bytes("PAUSE\r\nNOOP\r\nAUTH PLAIN AGFsaWNlAHMzY3JldA==\r\n"));
    channel.close();

    assertThat(answering.seen).containsExactly("PAUSE", "end of input");
  }

  @Test
  void while_paused_nothing_is_handed_on_and_nothing_is_lost() {
    channel.writeInbound(bytes("PAUSE\r\nNOOP\r\n"), bytes("QUIT\r\n"));
    channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    assertThat(answering.seen).containsExactly("PAUSE");

    decoder.resume(channel.pipeline().context(decoder));

    assertThat(answering.seen).containsExactly("PAUSE", "NOOP", "QUIT", "end of input");
  }

  @Test
  void the_end_of_input_comes_after_everything_that_was_sent_before_it() {
    channel.writeInbound(bytes("QUIT\r\nhalf a li"));
    channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    assertThat(answering.seen).containsExactly("QUIT", "unfinished half a li", "end of input");
  }

  @Test
  void a_line_that_is_too_long_and_has_no_end_is_told_at_the_end_of_input() {
    channel.writeInbound(bytes("x".repeat(SmtpCommandDecoder.MAX_LINE_LENGTH + 2)));
    assertThat(answering.seen).isEmpty();
    channel.close();
    assertThat(answering.seen).containsExactly("unfinished line too long", "end of input");
  }

  @Test
  void what_is_buffered_can_be_taken_out() {
    channel.writeInbound(bytes("PAUSE\r\nMAIL FROM:<"));
    assertThat(decoder.takeBuffered()).asString(ISO_8859_1).isEqualTo("MAIL FROM:<");
    assertThat(decoder.takeBuffered()).isEmpty();
  }
}
