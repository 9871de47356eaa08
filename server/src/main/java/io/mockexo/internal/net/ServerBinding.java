package io.mockexo.internal.net;

import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.internal.journal.Journal;
import io.mockexo.internal.journal.SessionRecorder;
import io.mockexo.internal.smtp.Limits;
import io.mockexo.internal.smtp.SessionIds;
import io.mockexo.internal.smtp.SharedLimits;
import io.mockexo.internal.smtp.SmtpDialogue;
import io.mockexo.internal.tls.ResumableSessions;
import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.WireListener;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
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
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A bound port and the connections that came in by it. */
public final class ServerBinding implements AutoCloseable {

  private static final int BACKLOG = 1024;
  private static final int PATIENCE_SECONDS = 5;

  private static final AttributeKey<Accepted> ACCEPTED =
      AttributeKey.valueOf(ServerBinding.class, "accepted");

  private final EventLoopGroup eventLoops;
  private final ChannelGroup connections = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);
  private final Journal journal;
  private final Supplier<ConnectionRules> rules;
  private final LiveScript script;
  private final ServerCertificates certificates;
  private final SessionIds sessionIds;
  private final Clock clock;
  private final @Nullable WireListener wire;
  private final Channel serverChannel;

  /** Replaced as a whole, so that no connection has a part of what was before a reset. */
  private volatile Generation generation;

  /**
   * Binds {@code address}; port 0 takes a free one.
   *
   * @param rules the rules for connections that are accepted from now on, asked once for each
   * @param script what goes wrong on them
   * @param wire is shown their bytes; null if nobody wants to see them
   * @throws IOException if the port is taken or not allowed
   */
  public ServerBinding(
      InetSocketAddress address,
      int threads,
      Journal journal,
      Supplier<ConnectionRules> rules,
      LiveScript script,
      ServerCertificates certificates,
      Clock clock,
      @Nullable WireListener wire)
      throws IOException {
    this.journal = journal;
    this.rules = rules;
    this.script = script;
    this.certificates = certificates;
    this.clock = clock;
    this.generation = new Generation(clock);
    this.wire = wire;
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

  /** Whether it accepts connections. */
  public boolean isOpen() {
    return serverChannel.isActive();
  }

  /**
   * Ends all connections at once, without waiting for the clients, and forgets what they did and
   * their TLS sessions.
   */
  public void dropConnections() {
    // Another object: those that are ending leave nothing in it.
    generation = new Generation(clock);
    for (Channel connection : connections) {
      connection.eventLoop().execute(() -> drop(connection));
    }
  }

  /**
   * Stops listening, tells the clients, ends all connections, and returns when no thread of it is
   * left. Does nothing the second time. On a thread of its own it cannot wait, and returns before.
   */
  @Override
  public void close() {
    if (eventLoops.isShuttingDown()) {
      return;
    }
    boolean canWait = !isOnEventLoop();
    ChannelFuture unbound = serverChannel.close();
    if (canWait) {
      unbound.syncUninterruptibly();
    }
    for (Channel connection : connections) {
      connection.pipeline().fireUserEventTriggered(SmtpHandler.ServerStopping.EVENT);
    }
    if (canWait) {
      connections.newCloseFuture().awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
    stopEventLoops();
    certificates.close();
  }

  private boolean isOnEventLoop() {
    for (EventExecutor eventLoop : eventLoops) {
      if (eventLoop.inEventLoop()) {
        return true;
      }
    }
    return false;
  }

  private static void drop(Channel connection) {
    ConnectionDropper dropper = connection.pipeline().get(ConnectionDropper.class);
    if (dropper != null) {
      dropper.closeNow(connection.pipeline().context(dropper));
    } else {
      connection.close();
    }
  }

  private void stopEventLoops() {
    eventLoops.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (!isOnEventLoop()) {
      eventLoops.terminationFuture().syncUninterruptibly();
    }
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
    Accepted accepted = connection.attr(ACCEPTED).getAndSet(null);
    connections.add(connection);
    if (!accepted.generation().equals(generation)) {
      connection.close();
      return;
    }
    ExchangeProfile rules = accepted.plan().profile();
    InetAddress client = accepted.peer().getAddress();
    SessionRecorder recorder = accepted.recorder();
    rules
        .blocklist()
        .entryFor(client)
        .ifPresent(
            entry ->
                recorder.add(
                    new SessionEvent.ClientBlocklisted(
                        recorder.now(), entry, rules.blocklist().hidesStartTls())));
    SmtpDialogue dialogue =
        new SmtpDialogue(
            rules, client, sessionIds.next(), clock, recorder.budget(), accepted.limits());
    ConnectionPipeline.build(connection, accepted.plan(), dialogue, recorder);
    WireTap.addTo(connection.pipeline(), wire, recorder);
  }

  /** What connections share until they are dropped; equal to itself alone. */
  private static final class Generation {
    private final ResumableSessions tlsSessions = new ResumableSessions();
    private final SharedLimits limits;

    Generation(Clock clock) {
      limits = new SharedLimits(clock);
    }
  }

  /**
   * A connection between accept and its pipeline.
   *
   * @param generation that of its accept
   */
  private record Accepted(
      InetSocketAddress peer,
      ConnectionPlan plan,
      SessionRecorder recorder,
      Limits limits,
      Generation generation) {}

  /** Numbers connections in the order in which they were accepted, and decides their plan. */
  @ChannelHandler.Sharable
  private final class Numbering extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      Channel connection = (Channel) message;
      if (connection.remoteAddress() instanceof InetSocketAddress peer
          && connection.localAddress() instanceof InetSocketAddress local) {
        Accepted accepted = accept(peer, local);
        connection.closeFuture().addListener(closed -> accepted.limits().close());
        connection.attr(ACCEPTED).set(accepted);
        ctx.fireChannelRead(connection);
      } else {
        connection.unsafe().closeForcibly();
      }
    }

    private Accepted accept(InetSocketAddress peer, InetSocketAddress local) {
      Generation current = generation;
      ConnectionRules present = rules.get();
      ExchangeProfile usual = present.usual();
      boolean ignored = usual.ignores(peer.getAddress());
      SessionRecorder recorder =
          ignored
              ? journal.unrecorded(usual.endpoint(), peer, local)
              : journal.open(usual.endpoint(), peer, local);
      ExchangeProfile profile = ignored ? usual : present.of(recorder.number());
      ConnectionFaults faults =
          ignored ? ConnectionFaults.none() : script.faultsFor(recorder.number());
      ConnectionPlan plan =
          new ConnectionPlan(
              profile,
              () -> certificates.of(profile.tls().certificateChoice()),
              certificates.trust(profile.tls()),
              current.tlsSessions,
              faults);
      Limits own = ignored ? Limits.none() : current.limits.of(profile, peer.getAddress());
      return new Accepted(peer, plan, recorder, own, current);
    }
  }
}
