package io.mockexo.internal.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.internal.journal.Journal;
import io.mockexo.internal.journal.SessionRecorder;
import io.mockexo.internal.smtp.SessionIds;
import io.mockexo.internal.smtp.SmtpDialogue;
import io.mockexo.internal.tls.ResumableSessions;
import io.mockexo.tls.ClientTrust;
import io.mockexo.tls.ServerCertificate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DuplexChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A connection with all of its handlers and without a socket, whose time is the test's. */
class VirtualConnection extends EmbeddedChannel implements DuplexChannel {

  private boolean outputShutdown;

  /** Connects; the greeting is in the output. */
  VirtualConnection(
      Journal journal, ExchangeProfile profile, CompletableFuture<ServerCertificate> certificate) {
    freezeTime();
    InetSocketAddress peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40000);
    SessionRecorder recorder = journal.open(profile.endpoint(), peer, peer);
    SmtpDialogue dialogue =
        new SmtpDialogue(
            profile,
            peer.getAddress(),
            new SessionIds(Instant.EPOCH).next(),
            Clock.systemUTC(),
            recorder.budget());
    ConnectionPipeline.build(
        this,
        new ConnectionPlan(
            profile,
            () -> certificate,
            ClientTrust.in(List.of()),
            new ResumableSessions(),
            ConnectionFaults.none()),
        dialogue,
        recorder);
    pipeline().fireChannelActive();
  }

  /** The client sends this. */
  VirtualConnection receive(byte[] bytes, int offset, int length) {
    writeOneInbound(Unpooled.copiedBuffer(bytes, offset, length));
    flushInbound();
    return this;
  }

  VirtualConnection receive(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    return receive(bytes, 0, bytes.length);
  }

  void pass(Duration time) {
    advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
    runScheduledPendingTasks();
  }

  /** What the server has sent since this was last asked. */
  String sent() {
    StringBuilder all = new StringBuilder();
    for (ByteBuf bytes; (bytes = readOutbound()) != null; bytes.release()) {
      all.append(bytes.toString(ISO_8859_1));
    }
    return all.toString();
  }

  /** The client is gone. */
  void end() {
    ConnectionDropper dropper = pipeline().get(ConnectionDropper.class);
    if (dropper != null) {
      dropper.closeNow(pipeline().context(dropper));
    }
    finishAndReleaseAll();
  }

  /** Whether the server has sent its FIN. */
  @Override
  public boolean isOutputShutdown() {
    return outputShutdown;
  }

  @Override
  public ChannelFuture shutdownOutput() {
    return shutdownOutput(newPromise());
  }

  @Override
  public ChannelFuture shutdownOutput(ChannelPromise promise) {
    outputShutdown = true;
    return promise.setSuccess();
  }

  @Override
  public boolean isInputShutdown() {
    return false;
  }

  @Override
  public ChannelFuture shutdownInput() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ChannelFuture shutdownInput(ChannelPromise promise) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public ChannelFuture shutdown() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ChannelFuture shutdown(ChannelPromise promise) {
    throw new UnsupportedOperationException();
  }
}
