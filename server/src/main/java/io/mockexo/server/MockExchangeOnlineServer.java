package io.mockexo.server;

import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.ExchangeProfileBuilder;
import io.mockexo.fault.Connections;
import io.mockexo.fault.Fault;
import io.mockexo.fault.FaultScript;
import io.mockexo.fault.ScriptedFault;
import io.mockexo.internal.journal.Journal;
import io.mockexo.internal.net.ConnectionRules;
import io.mockexo.internal.net.LiveScript;
import io.mockexo.internal.net.ServerBinding;
import io.mockexo.internal.net.ServerCertificates;
import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.MessageContent;
import io.mockexo.journal.OpenSession;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import io.mockexo.journal.WireListener;
import io.mockexo.scenario.Scenario;
import io.mockexo.tls.CertificateSpec;
import io.mockexo.tls.KeyLogLine;
import io.mockexo.tls.ServerCertificate;
import io.mockexo.tls.TestAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A fake Exchange Online in this JVM: one endpoint on one port.
 *
 * <pre>{@code
 * try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start()) {
 *   mailer.send(exchange.host(), exchange.port(), message);
 *   Sessions sessions = exchange.awaitSessions(1);
 * }
 * }</pre>
 *
 * <p>It listens on a free port of the loopback address unless told otherwise, touches nothing that
 * is global to the JVM, and its threads are daemons that {@link #close} ends.
 *
 * @since 0.1
 */
public final class MockExchangeOnlineServer implements MockExchange, AutoCloseable {

  /** Not {@code getLoopbackAddress()}, which may be ::1. */
  static final InetAddress LOOPBACK = loopback();

  private final ConnectionRules built;
  private final InetSocketAddress requested;
  private final TestAuthority authority;
  private final int threads;
  private final Duration awaitTimeout;
  private final Clock clock;
  private final Journal journal;
  private final FaultScript builtScript;
  private final LiveScript script;
  private final @Nullable WireListener wire;

  private volatile ConnectionRules rules;
  private volatile @Nullable ServerBinding binding;

  MockExchangeOnlineServer(MockExchangeOnlineServerBuilder builder) {
    built = builder.rules();
    rules = built;
    requested = new InetSocketAddress(builder.address, builder.port);
    authority = builder.authority != null ? builder.authority : TestAuthority.shared();
    threads = builder.threads;
    awaitTimeout = builder.awaitTimeout;
    clock = builder.clock;
    builtScript = builder.script;
    wire = builder.wire;
    script = new LiveScript(builtScript);
    journal = new Journal(builder.journalLimits, Clock.systemUTC());
  }

  /** A builder for the {@link Endpoint#MX} endpoint. */
  public static MockExchangeOnlineServerBuilder mx() {
    return builder(Endpoint.MX);
  }

  /** A builder for the {@link Endpoint#CLIENT_SUBMISSION} endpoint. */
  public static MockExchangeOnlineServerBuilder clientSubmission() {
    return builder(Endpoint.CLIENT_SUBMISSION);
  }

  /** A builder with the defaults of {@code endpoint}. */
  public static MockExchangeOnlineServerBuilder builder(Endpoint endpoint) {
    return new MockExchangeOnlineServerBuilder(ExchangeProfile.builder(endpoint));
  }

  /** A builder with these rules. */
  public static MockExchangeOnlineServerBuilder builder(ExchangeProfile profile) {
    return new MockExchangeOnlineServerBuilder(profile.toBuilder());
  }

  /**
   * Binds the port and begins to accept connections.
   *
   * @return this
   * @throws UncheckedIOException if the port cannot be bound; its cause names address and reason
   * @throws IllegalStateException if it runs already
   */
  public synchronized MockExchangeOnlineServer start() {
    if (binding != null) {
      throw new IllegalStateException("this server has been started already, on port " + port());
    }
    ServerCertificates certificates =
        new ServerCertificates(authority, built.usual().endpoint(), requested.getAddress());
    try {
      binding =
          new ServerBinding(
              requested, threads, journal, () -> rules, script, certificates, clock, wire);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot listen on %s port %d: %s"
              .formatted(
                  requested.getAddress().getHostAddress(), requested.getPort(), e.getMessage()),
          e);
    }
    return this;
  }

  /** Ends all connections and stops listening. The journal can still be read. */
  @Override
  public synchronized void close() {
    ServerBinding bound = binding;
    if (bound != null) {
      bound.close();
    }
    journal.close();
  }

  @Override
  public String host() {
    InetAddress address = bound().address().getAddress();
    return (address.isAnyLocalAddress() ? LOOPBACK : address).getHostAddress();
  }

  @Override
  public int port() {
    return bound().address().getPort();
  }

  /** Whether it has been started and not closed. */
  public boolean isRunning() {
    ServerBinding bound = binding;
    return bound != null && bound.isOpen();
  }

  @Override
  public Duration awaitTimeout() {
    return awaitTimeout;
  }

  @Override
  public ExchangeProfile profile() {
    return rules.usual();
  }

  /** The rules for the connection with this number, if it were accepted now. */
  public ExchangeProfile profileOf(int number) {
    return rules.of(number);
  }

  @Override
  public Map<Connections, ExchangeProfile> connectionProfiles() {
    return rules.differing();
  }

  @Override
  public void onConnections(Connections on, UnaryOperator<ExchangeProfileBuilder> change) {
    addConnectionProfiles(Map.of(on, change));
  }

  /**
   * Adds rules that differ on some connections, all or none.
   *
   * @throws IllegalArgumentException as {@link #onConnections}
   */
  public synchronized void addConnectionProfiles(
      Map<Connections, UnaryOperator<ExchangeProfileBuilder>> changes) {
    rules = with(rules, changes);
  }

  @Override
  public synchronized void replaceConnectionProfiles(
      Map<Connections, UnaryOperator<ExchangeProfileBuilder>> changes) {
    rules = with(ConnectionRules.of(rules.usual()), changes);
  }

  private ConnectionRules with(
      ConnectionRules present, Map<Connections, UnaryOperator<ExchangeProfileBuilder>> changes) {
    int accepted = journal.accepted();
    ConnectionRules grown = present;
    for (var change : changes.entrySet()) {
      change.getKey().requireToCome(accepted);
      grown = grown.with(change.getKey(), change.getValue());
    }
    return grown;
  }

  @Override
  public synchronized void updateProfile(UnaryOperator<ExchangeProfileBuilder> change) {
    ExchangeProfile present = rules.usual();
    ExchangeProfile changed = change.apply(present.toBuilder()).build();
    if (changed.endpoint() != present.endpoint()) {
      throw new IllegalArgumentException(
          "this server is %s and cannot become %s; start another one"
              .formatted(present.endpoint(), changed.endpoint()));
    }
    rules = rules.withUsual(changed);
  }

  @Override
  public synchronized void apply(Scenario scenario) {
    rules = ConnectionRules.of(scenario.rules(built.usual()));
    script.restart(scenario.script().after(journal.accepted()));
  }

  @Override
  public void inject(Connections on, Fault... faults) {
    inject(Stream.of(faults).map(fault -> new ScriptedFault(on, fault)).toList());
  }

  /**
   * Adds faults to the script, all or none.
   *
   * @throws IllegalArgumentException if the connections for one of them have been accepted already
   */
  public void inject(List<ScriptedFault> faults) {
    script.add(faults, journal.accepted());
  }

  /**
   * Puts this script in the place of the present one, for connections that are accepted from now
   * on. Attempts are counted on; none of its faults has fired.
   */
  public void replaceScript(FaultScript replacement) {
    script.replace(replacement);
  }

  /**
   * The memory that the journal's sessions take now, in bytes, by estimate; {@code
   * JournalLimits.maxBytes()} bounds it.
   */
  public long journalBytes() {
    return journal.usedBytes();
  }

  /** How many connections have been accepted since the start or the last {@link #reset}. */
  public int accepted() {
    return journal.accepted();
  }

  @Override
  public FaultScript script() {
    return script.script();
  }

  @Override
  public List<ScriptedFault> unfiredFaults() {
    return script.unfired();
  }

  @Override
  public SSLContext clientSslContext() {
    return authority.trustAnchor().clientSslContext();
  }

  @Override
  public String caPem() {
    return authority.trustAnchor().pem();
  }

  @Override
  public KeyStore trustStore() {
    return authority.trustAnchor().trustStore();
  }

  @Override
  public ServerCertificate issueToClient(CertificateSpec spec) {
    return authority.issueToClient(spec);
  }

  @Override
  public Sessions sessions() {
    return journal.sessions();
  }

  @Override
  public List<SmtpSession> open() {
    return journal.openSessions();
  }

  @Override
  public List<MessageContent> messages() {
    return journal.everything().deliveredMessages().stream()
        .map(MailTransaction::content)
        .flatMap(Stream::ofNullable)
        .toList();
  }

  @Override
  public Sessions awaitSessions(int n, Duration timeout) {
    return journal.waits().awaitSessions(n, timeout);
  }

  @Override
  public Sessions awaitMessages(int n, Duration timeout) {
    return journal.waits().awaitMessages(n, timeout);
  }

  @Override
  public Sessions awaitQuiet(Duration period, Duration timeout) {
    return journal.waits().awaitQuiet(period, timeout);
  }

  /** Waiting without a thread. */
  public SessionFutures futures() {
    return new SessionFutures(journal.waits());
  }

  /**
   * Takes the complete sessions out of the journal. Numbering, script and profile stay as they are.
   *
   * @return what was removed
   */
  public Sessions removeSessions() {
    return journal.remove();
  }

  /**
   * Calls {@code listener} with every session that begins from now on, of which nothing is known
   * but who it is with; on a thread of the server, which it must not hold up.
   *
   * @return ends the subscription when run
   */
  public Runnable onSessionStart(Consumer<SmtpSession> listener) {
    return journal.subscribeToStarts(listener)::close;
  }

  /**
   * Calls {@code listener} with every session that is completed from now on, on a thread of the
   * server, which it must not hold up.
   *
   * @return ends the subscription when run
   */
  public Runnable onSessionComplete(Consumer<SmtpSession> listener) {
    return journal.subscribe(listener)::close;
  }

  /**
   * Calls {@code listener} with an open session whenever it has got an event from now on, which may
   * be thousands of times a second; on threads of the server, several at once, which it must not
   * hold up: note that it has grown, and look later. The end is told by {@link #onSessionComplete}.
   *
   * @return ends the subscription when run
   */
  public Runnable onSessionProgress(Consumer<OpenSession> listener) {
    return journal.subscribeToProgress(listener)::close;
  }

  /**
   * Calls {@code listener} with the secrets of the TLS connections that keep them ({@code
   * keyLog(true)} in the profile) from now on, as each handshake makes them and before the server
   * sends anything that they encrypt, so that a capture can be decrypted while it is made. They are
   * secret. Called on threads of the server, several at once, which it must not hold up.
   *
   * @return ends the subscription when run
   */
  public Runnable onKeyLog(Consumer<List<KeyLogLine>> listener) {
    return journal.subscribeToSecrets(listener)::close;
  }

  @Override
  public synchronized void reset() {
    rules = built;
    script.restart(builtScript);
    journal.reset();
    ServerBinding bound = binding;
    if (bound != null) {
      bound.dropConnections();
    }
  }

  private static InetAddress loopback() {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an IPv4 address", e);
    }
  }

  private ServerBinding bound() {
    ServerBinding bound = binding;
    if (bound == null) {
      throw new IllegalStateException("this server has not been started; call start() first");
    }
    return bound;
  }
}
