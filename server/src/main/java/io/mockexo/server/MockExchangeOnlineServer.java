package io.mockexo.server;

import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.internal.journal.Journal;
import io.mockexo.internal.net.ServerBinding;
import io.mockexo.internal.net.ServerCertificates;
import io.mockexo.journal.JournalLimits;
import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.MessageContent;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.CertificateKind;
import io.mockexo.tls.TestAuthority;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
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
  private static final InetAddress LOOPBACK = loopback();

  private final ExchangeProfile built;
  private final InetSocketAddress requested;
  private final TestAuthority authority;
  private final int threads;
  private final Journal journal;

  private volatile ExchangeProfile profile;
  private volatile @Nullable ServerBinding binding;

  private MockExchangeOnlineServer(Builder builder) {
    built = builder.profile.build();
    profile = built;
    requested = new InetSocketAddress(builder.address, builder.port);
    authority = builder.authority != null ? builder.authority : TestAuthority.shared();
    threads = builder.threads;
    journal = new Journal(builder.journalLimits, Clock.systemUTC());
  }

  /** A builder for the {@link Endpoint#MX} endpoint. */
  public static Builder mx() {
    return builder(Endpoint.MX);
  }

  /** A builder for the {@link Endpoint#CLIENT_SUBMISSION} endpoint. */
  public static Builder clientSubmission() {
    return builder(Endpoint.CLIENT_SUBMISSION);
  }

  /** A builder with the defaults of {@code endpoint}. */
  public static Builder builder(Endpoint endpoint) {
    return new Builder(ExchangeProfile.builder(endpoint));
  }

  /** A builder with these rules. */
  public static Builder builder(ExchangeProfile profile) {
    return new Builder(profile.toBuilder());
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
        new ServerCertificates(authority, built.endpoint(), requested.getAddress());
    certificates.of(built.tls().certificate());
    try {
      binding =
          new ServerBinding(
              requested, threads, journal, () -> profile, certificates, Clock.systemUTC());
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

  @Override
  public ExchangeProfile profile() {
    return profile;
  }

  @Override
  public synchronized void updateProfile(UnaryOperator<ExchangeProfile.Builder> change) {
    profile = change.apply(profile.toBuilder()).build();
  }

  @Override
  public SSLContext clientSslContext() {
    return authority.clientSslContext();
  }

  @Override
  public String caPem() {
    return authority.caPem();
  }

  @Override
  public KeyStore trustStore() {
    return authority.trustStore();
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
    return journal.awaitSessions(n, timeout);
  }

  @Override
  public Sessions awaitMessages(int n, Duration timeout) {
    return journal.awaitMessages(n, timeout);
  }

  @Override
  public Sessions awaitQuiet(Duration period, Duration timeout) {
    return journal.awaitQuiet(period, timeout);
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

  @Override
  public synchronized void reset() {
    profile = built;
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

  /**
   * Builds a {@link MockExchangeOnlineServer}. What is not set has the default of the endpoint, as
   * {@link ExchangeProfile.Builder} tells.
   *
   * @since 0.1
   */
  public static final class Builder {
    private ExchangeProfile.Builder profile;
    private InetAddress address = LOOPBACK;
    private int port;
    private int threads = Math.min(2, Runtime.getRuntime().availableProcessors());
    private JournalLimits journalLimits = JournalLimits.defaults();
    private @Nullable TestAuthority authority;

    private Builder(ExchangeProfile.Builder profile) {
      this.profile = profile;
    }

    /** The floor: clients that offer less are refused. Default: TLS 1.2. */
    public Builder minimumTls(TlsVersion version) {
      profile.tls(tls -> tls.minimumTls(version));
      return this;
    }

    /** The highest version that is negotiated. Default: TLS 1.3. */
    public Builder maximumTls(TlsVersion version) {
      profile.tls(tls -> tls.maximumTls(version));
      return this;
    }

    /**
     * What is done with clients below the floor or without a cipher suite in common. Default:
     * {@link TlsRefusal#FIN}.
     */
    public Builder refuseOldTlsWith(TlsRefusal refusal) {
      profile.tls(tls -> tls.refuseOldTlsWith(refusal));
      return this;
    }

    /** Refuses them with this alert, then FIN. */
    public Builder refuseOldTlsWith(AlertDescription alert) {
      profile.tls(tls -> tls.refuseOldTlsWith(TlsRefusal.ALERT).refusalAlert(alert));
      return this;
    }

    /**
     * The cipher suites on offer, by IANA or OpenSSL name. Default: Exchange Online's.
     *
     * @throws IllegalArgumentException if a name is unknown; the message has the nearest one
     */
    public Builder cipherSuites(String... names) {
      profile.tls(tls -> tls.cipherSuites(names));
      return this;
    }

    /** The key of the server certificate. Default: RSA, 2048 bits. */
    public Builder certificate(CertificateKind kind) {
      profile.tls(tls -> tls.certificate(kind));
      return this;
    }

    /**
     * Clients on the blocklist, as CIDR blocks. Default: none.
     *
     * @throws IllegalArgumentException if one is not a CIDR block
     */
    public Builder blockClients(String... cidrs) {
      profile.blockClients(cidrs);
      return this;
    }

    /** Adds an account that AUTH accepts. */
    public Builder account(String user, String password) {
      profile.account(user, password);
      return this;
    }

    /** Changes any other rule of the profile. */
    public Builder profile(UnaryOperator<ExchangeProfile.Builder> change) {
      profile = Objects.requireNonNull(change.apply(profile));
      return this;
    }

    /**
     * The address to listen on. Default: 127.0.0.1.
     *
     * @throws IllegalArgumentException if {@code host} cannot be resolved
     */
    public Builder host(String host) {
      try {
        address = InetAddress.getByName(host);
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException("'%s' is no address of this machine".formatted(host), e);
      }
      return this;
    }

    /** The port to listen on. Default: 0, which takes a free one. */
    public Builder port(int value) {
      if (value < 0 || value > 65535) {
        throw new IllegalArgumentException("a port is a number from 0 to 65535, not " + value);
      }
      port = value;
      return this;
    }

    /** How many threads serve connections. Default: 2, or 1 on a single core. */
    public Builder threads(int count) {
      if (count < 1) {
        throw new IllegalArgumentException("at least one thread is needed, not " + count);
      }
      threads = count;
      return this;
    }

    /** How much the journal keeps. Default: {@link JournalLimits#defaults()}. */
    public Builder journalLimits(JournalLimits limits) {
      journalLimits = Objects.requireNonNull(limits);
      return this;
    }

    /** Who signs the server certificate. Default: {@link TestAuthority#shared()}. */
    public Builder authority(TestAuthority testAuthority) {
      authority = Objects.requireNonNull(testAuthority);
      return this;
    }

    /**
     * Builds the server; it does not listen yet.
     *
     * @throws IllegalArgumentException if the rules are impossible, for example a floor above the
     *     maximum
     */
    public MockExchangeOnlineServer build() {
      return new MockExchangeOnlineServer(this);
    }

    /** Builds the server and starts it. */
    public MockExchangeOnlineServer start() {
      return build().start();
    }
  }
}
