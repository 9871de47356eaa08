package io.mockexo.internal.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.ExchangeProfileBuilder;
import io.mockexo.fuzz.Check;
import io.mockexo.internal.journal.Journal;
import io.mockexo.internal.journal.SessionRecorder;
import io.mockexo.internal.smtp.SmtpDialogue;
import io.mockexo.internal.tls.ResumableSessions;
import io.mockexo.journal.JournalLimits;
import io.mockexo.journal.SessionEvent.ReplySent;
import io.mockexo.journal.SmtpSession;
import io.mockexo.tls.CertificateKind;
import io.mockexo.tls.ClientTrust;
import io.mockexo.tls.ServerCertificate;
import io.mockexo.tls.TestAuthority;
import io.mockexo.tls.TlsVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A whole pipeline without a socket, played by a fuzzer. */
final class FuzzedConnection {

  /** The beginning of a line of the longest kind, in a buffer that has grown with it. */
  private static final long MEMORY = 2 * SmtpCommandDecoder.MAX_LINE_LENGTH;

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-27T17:08:50.123Z"), ZoneOffset.UTC);
  private static final InetSocketAddress PEER =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);
  private static final ServerCertificate CERTIFICATE =
      TestAuthority.shared()
          .issue(CertificateKind.ECDSA_P256, "CN=localhost", List.of("localhost"), List.of());

  private static final int TLS = 2;
  private static final int BELOW_MINIMUM = 4;
  private static final int TARPIT = 8;
  private static final int SMALL = 16;
  private static final int BLOCKED = 32;
  private static final int RESET = 64;

  private final Journal journal = new Journal(JournalLimits.defaults(), CLOCK);
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
  private final HalfClosableChannel channel = new HalfClosableChannel();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final int flags;

  /** A connection that is as {@code flags} say. */
  FuzzedConnection(int flags) {
    this.flags = flags;
    ExchangeProfile profile = profile(flags);
    SessionRecorder recorder = journal.open(profile.endpoint(), PEER, PEER);
    channel.config().setAllocator(allocator);
    channel.freezeTime();
    ConnectionPipeline.build(
        channel,
        new ConnectionPlan(
            profile,
            () -> CompletableFuture.completedFuture(CERTIFICATE),
            ClientTrust.in(List.of()),
            new ResumableSessions(),
            ConnectionFaults.none()),
        new SmtpDialogue(profile, PEER.getAddress(), "08DE8A01A0B45E1B", CLOCK, recorder.budget()),
        recorder);
    channel.pipeline().fireChannelActive();
    if ((flags & TLS) != 0) {
      channel
          .pipeline()
          .fireUserEventTriggered(
              new TlsServerHandler.HandshakeDone(
                  TlsVersion.TLS_1_2, (flags & BELOW_MINIMUM) != 0, null));
    }
    settle();
  }

  private static ExchangeProfile profile(int flags) {
    ExchangeProfileBuilder profile =
        ExchangeProfile.builder((flags & 1) == 0 ? Endpoint.MX : Endpoint.CLIENT_SUBMISSION)
            .tls(tls -> tls.certificate(CertificateKind.ECDSA_P256));
    if ((flags & 1) != 0) {
      profile.account("alice@contoso.com", "s3cret");
    }
    if ((flags & TARPIT) != 0 && (flags & 1) != 0) {
      profile.tarpit(Duration.ofMillis(1));
    }
    if ((flags & SMALL) != 0) {
      profile.maxMessageSize(20).maxRecipients(2);
    }
    if ((flags & BLOCKED) != 0) {
      profile.blockClients("127.0.0.0/8");
    }
    return profile.build();
  }

  /** Sends a segment, if the connection is still there. */
  void send(byte[] segment) {
    if (segment.length > 0 && channel.isActive()) {
      channel.writeInbound(allocator.buffer(segment.length).writeBytes(segment));
      settle();
      long used = allocator.metric().usedHeapMemory();
      // What waited behind a command that ends the connection goes with it, soon.
      Check.that(used <= MEMORY || channel.isOutputShutdown(), "%d bytes are kept", used);
    }
  }

  /** Ends the connection as the client; nothing of it may be left. */
  void end() {
    if ((flags & RESET) == 0) {
      channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    } else {
      channel.unsafe().close(channel.newPromise());
    }
    settle();
    Check.that(!channel.isActive(), "the connection is still open");
    channel.checkException();
    Check.same(0L, allocator.metric().usedHeapMemory(), "memory of buffers at the end");
    Check.that(session().isComplete(), "the session has no end");
  }

  SmtpSession session() {
    return journal.everything().list().get(0);
  }

  /** Whether STARTTLS was accepted: what follows depends on how it was cut, and is encrypted. */
  boolean hasTriedTls() {
    return session().events().stream()
        .skip(1) // the greeting
        .anyMatch(event -> event instanceof ReplySent reply && reply.code() == 220);
  }

  /** What the client has received. */
  String output() {
    return output.toString(UTF_8);
  }

  /** Does all that is due, replies held back included, and takes the output. */
  private void settle() {
    channel.runPendingTasks();
    // A reply that was held back may let another one in that is held back.
    for (int i = 0; (flags & TARPIT) != 0 && i < 10_000 && heldBack(); i++) {}
    for (ByteBuf written; (written = channel.readOutbound()) != null; ) {
      byte[] bytes = new byte[written.readableBytes()];
      written.readBytes(bytes);
      written.release();
      output.writeBytes(bytes);
    }
  }

  private boolean heldBack() {
    int before = channel.outboundMessages().size();
    channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
    channel.runPendingTasks();
    return channel.outboundMessages().size() > before;
  }
}
