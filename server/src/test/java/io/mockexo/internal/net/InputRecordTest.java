package io.mockexo.internal.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.internal.journal.Journal;
import io.mockexo.internal.journal.SessionRecorder;
import io.mockexo.internal.smtp.Inspection;
import io.mockexo.internal.smtp.SmtpDialogue;
import io.mockexo.internal.tls.ResumableSessions;
import io.mockexo.journal.JournalLimits;
import io.mockexo.journal.SessionEvent.CommandReceived;
import io.mockexo.journal.SessionEvent.ReplySent;
import io.mockexo.journal.SmtpSession;
import io.mockexo.tls.ClientTrust;
import io.mockexo.tls.TlsVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The handlers of a connection inside TLS, from bytes to the journal, wherever input is cut. */
class InputRecordTest {

  /** Raw passwords where base64 was asked for, after that was refused, and behind a bare CR. */
  private static final String INPUT =
      """
      EHLO client.example
      FOO
      AUTH LOGIN
      QUIT czNj
      my s3cret
      AUTH LOGIN
      YWxpY2U=
      *
      NOOP\rAUTH PLAIN czNjcmV0
      a1 LOGIN alice s3cret
      MAIL FROM:<a@client.example>
      """
          .replace("\n", "\r\n");

  private static final List<String> RECORDED =
      List.of(
          "EHLO client.example",
          "FOO",
          "AUTH LOGIN",
          "<redacted>",
          "<redacted>",
          "AUTH LOGIN",
          "<redacted>",
          "*",
          "NOOP\\x0DAUTH PLAIN <redacted>",
          "<redacted>",
          "MAIL FROM:<a@client.example>");

  private static final ExchangeProfile PROFILE =
      ExchangeProfile.builder(Endpoint.CLIENT_SUBMISSION).tarpit(Duration.ZERO).build();

  private final Journal journal = new Journal(JournalLimits.defaults(), InstantSource.system());

  @Test
  void what_is_recorded_is_the_same_wherever_the_input_is_cut() {
    for (int cut = 0; cut <= INPUT.length(); cut++) {
      EmbeddedChannel channel = connection();
      channel.writeInbound(bytes(INPUT.substring(0, cut)), bytes(INPUT.substring(cut)));
      assertThat(recorded()).as("cut at %d", cut).extracting("line").isEqualTo(RECORDED);
      end(channel);
    }
  }

  @Test
  void no_part_of_a_secret_is_recorded_wherever_the_connection_ends() {
    for (int length = 0; length < INPUT.length(); length++) {
      EmbeddedChannel channel = connection();
      channel.writeInbound(bytes(INPUT.substring(0, length)));
      end(channel);
      assertThat(recorded())
          .as("ended at %d", length)
          .extracting(CommandReceived::line)
          .noneMatch(line -> line.contains("czN") || line.contains("s3") || line.contains("YW"))
          .noneMatch(line -> line.startsWith("my") || line.startsWith("QU"));
    }
  }

  @Test
  void a_line_that_is_cut_says_so_and_is_what_it_was_going_to_be() {
    EmbeddedChannel channel = connection();
    channel.writeInbound(bytes("EHLO a\r\nMAIL FROM:<a@"));
    end(channel);
    assertThat(recorded())
        .last()
        .satisfies(
            line -> {
              assertThat(line.line()).isEqualTo("MAIL FROM:<a@ (without its line end)");
              assertThat(line.verb()).isEqualTo("MAIL");
              assertThat(line.redacted()).isFalse();
            });
  }

  @Test
  void a_password_that_is_too_long_is_a_credential_and_any_other_line_may_have_been_auth() {
    String tooLong = "x".repeat(SmtpCommandDecoder.MAX_LINE_LENGTH + 1) + "\r\n";
    EmbeddedChannel channel = connection();
    channel.writeInbound(bytes("EHLO a\r\n" + tooLong + "FOO\r\nAUTH LOGIN\r\n" + tooLong));
    end(channel);
    assertThat(recorded())
        .extracting(CommandReceived::line)
        .containsExactly(
            "EHLO a",
            "(a line of more than 12288 bytes)",
            "<redacted>",
            "AUTH LOGIN",
            "(a line of more than 12288 bytes)");
    assertThat(recorded())
        .extracting(CommandReceived::redacted)
        .containsExactly(false, false, true, false, true);
  }

  /** After a reset nobody could read the answer: the journal would tell of one that never left. */
  @Test
  void a_line_that_is_too_long_and_cut_by_the_end_is_recorded_and_not_answered() {
    EmbeddedChannel channel = connection();
    channel.writeInbound(bytes("x".repeat(SmtpCommandDecoder.MAX_LINE_LENGTH + 2)));
    channel.close();

    SmtpSession session = journal.everything().list().get(0);
    assertThat(session.events(CommandReceived.class))
        .extracting(CommandReceived::line)
        .containsExactly("(a line of more than 12288 bytes) (without its line end)");
    assertThat(session.events(ReplySent.class)).extracting(ReplySent::code).containsExactly(220);
  }

  private EmbeddedChannel connection() {
    InetSocketAddress peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40000);
    SessionRecorder recorder = journal.open(Endpoint.CLIENT_SUBMISSION, peer, peer);
    InputRecord inputRecord = new InputRecord(recorder);
    SmtpCommandDecoder decoder = new SmtpCommandDecoder();
    ConnectionPlan plan =
        new ConnectionPlan(
            PROFILE,
            CompletableFuture::new,
            ClientTrust.in(List.of()),
            new ResumableSessions(),
            ConnectionFaults.none());
    ConnectionDropper dropper = new ConnectionDropper(recorder, inputRecord, PROFILE);
    FaultInjector faults = new FaultInjector(plan.faults(), dropper, recorder);
    SmtpHandler handler =
        new SmtpHandler(
            PROFILE.tarpit(),
            new SmtpDialogue(
                PROFILE,
                peer.getAddress(),
                "08DE8A01A0B45E1B",
                Clock.systemUTC(),
                recorder.budget()),
            new Inspection(Set.of(), (box, original) -> {}),
            decoder,
            dropper,
            faults,
            new StartTls(
                PROFILE.startTlsInjection(),
                inputRecord,
                () -> new TlsServerHandler(plan, dropper, faults, recorder, inputRecord)),
            new SmtpRecord(recorder),
            inputRecord);
    EmbeddedChannel channel = new EmbeddedChannel(decoder, new SmtpReplyEncoder(), handler);
    channel
        .pipeline()
        .fireUserEventTriggered(
            new TlsServerHandler.HandshakeDone(TlsVersion.TLS_1_3, false, null));
    return channel;
  }

  private static void end(EmbeddedChannel channel) {
    channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    channel.finishAndReleaseAll();
  }

  /** What the connection that was opened last has sent. */
  private List<CommandReceived> recorded() {
    var sessions = journal.openSessions();
    return sessions.get(sessions.size() - 1).events().stream()
        .filter(CommandReceived.class::isInstance)
        .map(CommandReceived.class::cast)
        .toList();
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.wrappedBuffer(text.getBytes(ISO_8859_1));
  }
}
