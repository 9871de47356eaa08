package io.mockexo.server;

import io.mockexo.exchange.ExchangeProfileBuilder;
import io.mockexo.exchange.Middlebox;
import io.mockexo.fault.Connections;
import io.mockexo.fault.Fault;
import io.mockexo.fault.FaultScript;
import io.mockexo.internal.net.ConnectionRules;
import io.mockexo.journal.JournalLimits;
import io.mockexo.journal.WireListener;
import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.CertificateFlaw;
import io.mockexo.tls.CertificateKind;
import io.mockexo.tls.TestAuthority;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link MockExchangeOnlineServer}. What is not set has the default of the endpoint, as
 * {@link ExchangeProfileBuilder} tells.
 *
 * @since 0.1
 */
public final class MockExchangeOnlineServerBuilder {
  ExchangeProfileBuilder profile;
  InetAddress address = MockExchangeOnlineServer.LOOPBACK;
  int port;
  int threads = Math.min(2, Runtime.getRuntime().availableProcessors());
  FaultScript script = FaultScript.empty();
  private final Map<Connections, UnaryOperator<ExchangeProfileBuilder>> differing =
      new LinkedHashMap<>();
  JournalLimits journalLimits = JournalLimits.defaults();
  Duration awaitTimeout = MockExchange.DEFAULT_TIMEOUT;
  @Nullable TestAuthority authority;
  @Nullable WireListener wire;

  /** Of the dialogue and of all limits. */
  Clock clock = Clock.systemUTC();

  MockExchangeOnlineServerBuilder(ExchangeProfileBuilder profile) {
    this.profile = profile;
  }

  /** The floor: clients that offer less are refused. Default: TLS 1.2. */
  public MockExchangeOnlineServerBuilder minimumTls(TlsVersion version) {
    profile.tls(tls -> tls.minimumTls(version));
    return this;
  }

  /** The highest version that is negotiated. Default: TLS 1.3. */
  public MockExchangeOnlineServerBuilder maximumTls(TlsVersion version) {
    profile.tls(tls -> tls.maximumTls(version));
    return this;
  }

  /**
   * What is done with clients below the floor or without a cipher suite in common. Default: {@link
   * TlsRefusal#FIN}.
   */
  public MockExchangeOnlineServerBuilder refuseOldTlsWith(TlsRefusal refusal) {
    profile.tls(tls -> tls.refuseOldTlsWith(refusal));
    return this;
  }

  /** Refuses them with this alert, then FIN. */
  public MockExchangeOnlineServerBuilder refuseOldTlsWith(AlertDescription alert) {
    profile.tls(tls -> tls.refuseOldTlsWith(TlsRefusal.ALERT).refusalAlert(alert));
    return this;
  }

  /**
   * The cipher suites on offer, by IANA or OpenSSL name. Default: Exchange Online's.
   *
   * @throws IllegalArgumentException if a name is unknown; the message has the nearest one
   */
  public MockExchangeOnlineServerBuilder cipherSuites(String... names) {
    profile.tls(tls -> tls.cipherSuites(names));
    return this;
  }

  /** The key of the server certificate. Default: RSA, 2048 bits. */
  public MockExchangeOnlineServerBuilder certificate(CertificateKind kind) {
    profile.tls(tls -> tls.certificate(kind));
    return this;
  }

  /** What is wrong with the server certificate. Default: nothing. */
  public MockExchangeOnlineServerBuilder certificateFlaw(CertificateFlaw flaw) {
    profile.tls(tls -> tls.certificateFlaw(flaw));
    return this;
  }

  /**
   * The host names and IP addresses in the server certificate, and no others; {@code *.} and a
   * domain is a wildcard. Default: those of the endpoint, {@code localhost}, and the addresses of
   * the server.
   *
   * @throws IllegalArgumentException if one is neither a host name nor an address
   */
  public MockExchangeOnlineServerBuilder certificateNames(String... names) {
    profile.tls(tls -> tls.certificateNames(names));
    return this;
  }

  /**
   * Clients on the blocklist, as CIDR blocks. Default: none.
   *
   * @throws IllegalArgumentException if one is not a CIDR block
   */
  public MockExchangeOnlineServerBuilder blockClients(String... cidrs) {
    profile.blockClients(cidrs);
    return this;
  }

  /**
   * Clients that are served without a record, a number or a fault, as CIDR blocks: health probes,
   * for example. Default: none.
   *
   * @throws IllegalArgumentException if one is not a CIDR block
   */
  public MockExchangeOnlineServerBuilder ignorePeers(String... cidrs) {
    profile.ignorePeers(cidrs);
    return this;
  }

  /**
   * The domains whose mail is accepted on MX. Default: all.
   *
   * @throws IllegalArgumentException if one is not a domain
   */
  public MockExchangeOnlineServerBuilder acceptedDomains(String... domains) {
    profile.acceptedDomains(domains);
    return this;
  }

  /**
   * What stands between the clients and this endpoint. Default: nothing.
   *
   * @throws IllegalArgumentException if several keep clients from STARTTLS, each in its own way
   */
  public MockExchangeOnlineServerBuilder middleboxes(Middlebox... boxes) {
    profile.middleboxes(boxes);
    return this;
  }

  /** Adds an account that AUTH LOGIN accepts. */
  public MockExchangeOnlineServerBuilder account(String user, String password) {
    profile.account(user, password);
    return this;
  }

  /**
   * What goes wrong on the connection with this number, from 1. Default: nothing.
   *
   * @throws IllegalArgumentException if there is no such number
   */
  public MockExchangeOnlineServerBuilder onConnection(int number, Fault... faults) {
    return inject(Connections.connection(number), faults);
  }

  /** What goes wrong on the n-th connection that reaches EHLO or HELO. Default: nothing. */
  public MockExchangeOnlineServerBuilder onAttempt(int number, Fault... faults) {
    return inject(Connections.attempt(number), faults);
  }

  /** What goes wrong on every connection. Default: nothing. */
  public MockExchangeOnlineServerBuilder onEveryConnection(Fault... faults) {
    return inject(Connections.every(), faults);
  }

  /** What goes wrong on these connections. Default: nothing. */
  public MockExchangeOnlineServerBuilder inject(Connections on, Fault... faults) {
    script = script.and(on, faults);
    return this;
  }

  /**
   * Rules that differ from the usual ones on these connections, by number, as in a fleet that is
   * half upgraded: {@code onConnections(Connections.every().each(2), p -> p.tls(t ->
   * t.minimumTls(TLS_1_0)))}. Where several name a connection the most exact hold, alone. Default:
   * none.
   *
   * @throws IllegalArgumentException if there are such rules for these connections already
   */
  public MockExchangeOnlineServerBuilder onConnections(
      Connections on, UnaryOperator<ExchangeProfileBuilder> change) {
    if (differing.putIfAbsent(on, Objects.requireNonNull(change)) != null) {
      throw new IllegalArgumentException("there are rules for %s already".formatted(on));
    }
    return this;
  }

  ConnectionRules rules() {
    ConnectionRules rules = ConnectionRules.of(profile.build());
    for (var change : differing.entrySet()) {
      rules = rules.with(change.getKey(), change.getValue());
    }
    return rules;
  }

  /** Changes any other rule of the profile. */
  public MockExchangeOnlineServerBuilder profile(UnaryOperator<ExchangeProfileBuilder> change) {
    profile = Objects.requireNonNull(change.apply(profile));
    return this;
  }

  /**
   * The address to listen on. Default: 127.0.0.1.
   *
   * @throws IllegalArgumentException if {@code host} cannot be resolved
   */
  public MockExchangeOnlineServerBuilder host(String host) {
    try {
      address = InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("'%s' is no address of this machine".formatted(host), e);
    }
    return this;
  }

  /** The port to listen on. Default: 0, which takes a free one. */
  public MockExchangeOnlineServerBuilder port(int value) {
    if (value < 0 || value > 65535) {
      throw new IllegalArgumentException("a port is a number from 0 to 65535, not " + value);
    }
    port = value;
    return this;
  }

  /** How many threads serve connections. Default: 2, or 1 on a single core. */
  public MockExchangeOnlineServerBuilder threads(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("at least one thread is needed, not " + count);
    }
    threads = count;
    return this;
  }

  /** How much the journal keeps. Default: {@link JournalLimits#defaults()}. */
  public MockExchangeOnlineServerBuilder journalLimits(JournalLimits limits) {
    journalLimits = Objects.requireNonNull(limits);
    return this;
  }

  /**
   * How long the awaiting methods without a timeout of their own wait. Default: {@link
   * MockExchange#DEFAULT_TIMEOUT}.
   *
   * @throws IllegalArgumentException if it is not longer than nothing
   */
  public MockExchangeOnlineServerBuilder awaitTimeout(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("awaitTimeout must be longer than nothing: " + timeout);
    }
    awaitTimeout = timeout;
    return this;
  }

  /** Who signs the server certificate. Default: {@link TestAuthority#shared()}. */
  public MockExchangeOnlineServerBuilder authority(TestAuthority testAuthority) {
    authority = Objects.requireNonNull(testAuthority);
    return this;
  }

  /** Who is shown the bytes of the connections, as a capture would. Default: nobody. */
  public MockExchangeOnlineServerBuilder wireListener(WireListener listener) {
    wire = Objects.requireNonNull(listener);
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
