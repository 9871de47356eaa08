package io.mockexo.internal.net;

import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.internal.journal.Journal;
import io.mockexo.internal.journal.SessionRecorder;
import io.mockexo.internal.smtp.SessionIds;
import io.mockexo.internal.smtp.SmtpDialogue;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A bound port and the connections that came in by it. */
public final class ServerBinding implements AutoCloseable {

  private static final int BACKLOG = 1024;

  private static final AttributeKey<SessionRecorder> RECORDER =
      AttributeKey.valueOf(ServerBinding.class, "recorder");

  private final EventLoopGroup eventLoops;
  private final ChannelGroup connections = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);
  private final Journal journal;
  private final Supplier<ExchangeProfile> profile;
  private final ServerCertificates certificates;
  private final SessionIds sessionIds;
  private final Clock clock;
  private final Channel serverChannel;

  /**
   * Binds {@code address}; port 0 takes a free one.
   *
   * @param profile the rules for connections that are accepted from now on, asked once for each
   * @throws IOException if the port is taken or not allowed
   */
  public ServerBinding(
      InetSocketAddress address,
      int threads,
      Journal journal,
      Supplier<ExchangeProfile> profile,
      ServerCertificates certificates,
      Clock clock)
      throws IOException {
    this.journal = journal;
    this.profile = profile;
    this.certificates = certificates;
    this.clock = clock;
    this.sessionIds = new SessionIds(clock.instant());
    this.eventLoops =
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory("mockexo", true), NioIoHandler.newFactory());
    try {
      this.serverChannel = bootstrap().bind(address).syncUninterruptibly().channel();
    } catch (Throwable e) {
      stopEventLoops();
      throw e;
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return (InetSocketAddress) serverChannel.localAddress();
  }

  /** Ends all connections at once, without waiting for the clients. */
  public void dropConnections() {
    for (Channel connection : connections) {
      connection.eventLoop().execute(() -> drop(connection));
    }
  }

  /**
   * Stops listening, ends all connections, and returns when no thread of it is left. Does nothing
   * the second time.
   */
  @Override
  public void close() {
    if (eventLoops.isShuttingDown()) {
      return;
    }
    serverChannel.close().syncUninterruptibly();
    dropConnections();
    connections.newCloseFuture().syncUninterruptibly();
    stopEventLoops();
  }

  private static void drop(Channel connection) {
    ChannelHandlerContext dropper = connection.pipeline().context(ConnectionDropper.class);
    if (dropper != null) {
      ((ConnectionDropper) dropper.handler()).closeNow(dropper);
    } else {
      connection.close();
    }
  }

  private void stopEventLoops() {
    eventLoops.shutdownGracefully(0, 5, TimeUnit.SECONDS);
    eventLoops.terminationFuture().syncUninterruptibly();
  }

  private ServerBootstrap bootstrap() {
    return new ServerBootstrap()
        .group(eventLoops)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .handler(new Numbering())
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel connection) {
                begin(connection);
              }
            });
  }

  private void begin(Channel connection) {
    connections.add(connection);
    SessionRecorder recorder = connection.attr(RECORDER).get();
    ExchangeProfile rules = profile.get();
    ConnectionPlan plan = new ConnectionPlan(rules, certificates.of(rules.tls().certificate()));
    SmtpDialogue dialogue =
        new SmtpDialogue(
            rules,
            ((InetSocketAddress) connection.remoteAddress()).getAddress(),
            sessionIds.next(),
            clock,
            recorder.budget());
    ConnectionPipeline.build(connection, plan, dialogue, recorder);
  }

  /** Gives connections their numbers in the order in which they were accepted. */
  @ChannelHandler.Sharable
  private final class Numbering extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object accepted) {
      Channel connection = (Channel) accepted;
      SocketAddress peer = connection.remoteAddress();
      if (peer instanceof InetSocketAddress address) {
        connection.attr(RECORDER).set(journal.open(profile.get().endpoint(), address));
        ctx.fireChannelRead(connection);
      } else {
        connection.unsafe().closeForcibly();
      }
    }
  }
}
