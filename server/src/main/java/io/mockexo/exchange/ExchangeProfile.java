package io.mockexo.exchange;

import io.mockexo.tls.TlsPolicy;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * The standing rules of one endpoint: everything that depends on what a client is or does.
 * Immutable; a connection keeps the profile that was in force when it was accepted. What each rule
 * means, and its default, is told by the method of the same name of {@link Builder}.
 *
 * @since 0.1
 */
public final class ExchangeProfile {

  /** 150 MiB in bytes, the SIZE that Exchange Online announces (facts 2.1). */
  public static final long EXCHANGE_ONLINE_MESSAGE_SIZE = 157_286_400;

  private final Endpoint endpoint;
  private final FrontEnd frontEnd;
  private final TlsPolicy tls;
  private final Blocklist blocklist;
  private final List<CidrBlock> ignoredPeers;
  private final List<AcceptedDomain> acceptedDomains;
  private final List<Account> accounts;
  private final CleartextMailRefusal cleartextMailRefusal;
  private final StartTlsInjection startTlsInjection;
  private final long maxMessageSize;
  private final int maxRecipients;
  private final Duration tarpit;
  private final Timeouts timeouts;
  private final boolean keyLog;

  private ExchangeProfile(Builder builder) {
    endpoint = builder.endpoint;
    frontEnd = builder.frontEnd;
    tls = builder.tls.build();
    blocklist = builder.blocklist;
    ignoredPeers = builder.ignoredPeers;
    acceptedDomains = builder.acceptedDomains;
    accounts = List.copyOf(builder.accounts);
    cleartextMailRefusal = builder.cleartextMailRefusal;
    startTlsInjection = builder.startTlsInjection;
    maxMessageSize = builder.maxMessageSize;
    maxRecipients = builder.maxRecipients;
    tarpit = builder.tarpit;
    timeouts = builder.timeouts;
    keyLog = builder.keyLog;
  }

  /** A builder with the defaults of {@code endpoint}. */
  public static Builder builder(Endpoint endpoint) {
    return new Builder(endpoint);
  }

  /** A builder that starts from this profile. */
  public Builder toBuilder() {
    Builder builder = new Builder(endpoint);
    builder.frontEnd = frontEnd;
    builder.tls = tls.toBuilder();
    builder.blocklist = blocklist;
    builder.ignoredPeers = ignoredPeers;
    builder.acceptedDomains = acceptedDomains;
    builder.accounts.addAll(accounts);
    builder.cleartextMailRefusal = cleartextMailRefusal;
    builder.startTlsInjection = startTlsInjection;
    builder.maxMessageSize = maxMessageSize;
    builder.maxRecipients = maxRecipients;
    builder.tarpit = tarpit;
    builder.timeouts = timeouts;
    builder.keyLog = keyLog;
    return builder;
  }

  /** What is emulated. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /** The server name that clients see. */
  public FrontEnd frontEnd() {
    return frontEnd;
  }

  /** Who may shake hands, and how. */
  public TlsPolicy tls() {
    return tls;
  }

  /** Who is banned. */
  public Blocklist blocklist() {
    return blocklist;
  }

  /** Who is served without a record. */
  public List<CidrBlock> ignoredPeers() {
    return ignoredPeers;
  }

  /** Whether {@code peer} is served without a record. */
  public boolean ignores(InetAddress peer) {
    return ignoredPeers.stream().anyMatch(block -> block.contains(peer));
  }

  /** The domains whose mail is accepted; empty for all. */
  public List<AcceptedDomain> acceptedDomains() {
    return acceptedDomains;
  }

  /** Whether mail for this forward-path is accepted, as far as its domain tells. */
  public boolean acceptsMailFor(String forwardPath) {
    return endpoint != Endpoint.MX
        || acceptedDomains.isEmpty()
        || forwardPath.indexOf('@') < 0
        || acceptedDomains.stream().anyMatch(domain -> domain.contains(forwardPath));
  }

  /** Who AUTH accepts. */
  public List<Account> accounts() {
    return accounts;
  }

  /** How client submission refuses MAIL in cleartext. */
  public CleartextMailRefusal cleartextMailRefusal() {
    return cleartextMailRefusal;
  }

  /** What becomes of bytes behind STARTTLS. */
  public StartTlsInjection startTlsInjection() {
    return startTlsInjection;
  }

  /** The largest message, in bytes. */
  public long maxMessageSize() {
    return maxMessageSize;
  }

  /** The most recipients of one message. */
  public int maxRecipients() {
    return maxRecipients;
  }

  /** How long negative replies to strangers are held back; zero for not at all. */
  public Duration tarpit() {
    return tarpit;
  }

  /** How long clients are waited for. */
  public Timeouts timeouts() {
    return timeouts;
  }

  /** Whether sessions keep the secrets of their TLS connections. */
  public boolean keyLog() {
    return keyLog;
  }

  /**
   * Builds an {@link ExchangeProfile}.
   *
   * @since 0.1
   */
  public static final class Builder {
    private final Endpoint endpoint;
    private FrontEnd frontEnd;
    private TlsPolicy.Builder tls = TlsPolicy.builder();
    private Blocklist blocklist = Blocklist.empty();
    private List<CidrBlock> ignoredPeers = List.of();
    private List<AcceptedDomain> acceptedDomains = List.of();
    private final List<Account> accounts = new ArrayList<>();
    private CleartextMailRefusal cleartextMailRefusal = CleartextMailRefusal.STARTTLS_REQUIRED_451;
    private StartTlsInjection startTlsInjection = StartTlsInjection.DISCARD;
    private long maxMessageSize = EXCHANGE_ONLINE_MESSAGE_SIZE;
    private int maxRecipients = 1000;
    private Duration tarpit = Duration.ZERO;
    private Timeouts timeouts = Timeouts.defaults();
    private boolean keyLog;

    private Builder(Endpoint endpoint) {
      this.endpoint = Objects.requireNonNull(endpoint);
      this.frontEnd = FrontEnd.defaultFor(endpoint);
    }

    /** The server name that clients see. Default: {@link FrontEnd#defaultFor}. */
    public Builder frontEnd(FrontEnd value) {
      frontEnd = Objects.requireNonNull(value);
      return this;
    }

    /** The TLS policy. Default: {@link TlsPolicy#exchangeOnline()}. */
    public Builder tls(TlsPolicy value) {
      tls = value.toBuilder();
      return this;
    }

    /** Changes the TLS policy as it stands. */
    public Builder tls(UnaryOperator<TlsPolicy.Builder> change) {
      tls = Objects.requireNonNull(change.apply(tls));
      return this;
    }

    /**
     * The clients on the {@link Blocklist}, as CIDR blocks; replaces earlier ones. Default: none.
     *
     * @throws IllegalArgumentException if one is not a CIDR block
     */
    public Builder blockClients(Collection<String> cidrs) {
      blocklist = blocklist.of(cidrs);
      return this;
    }

    /** As {@link #blockClients(Collection)}. */
    public Builder blockClients(String... cidrs) {
      return blockClients(List.of(cidrs));
    }

    /** Whether listed clients are not offered STARTTLS. Default: true. */
    public Builder hideStartTlsFromBlocked(boolean hide) {
      blocklist = blocklist.hiding(hide);
      return this;
    }

    /** The accounts that AUTH accepts; replaces earlier ones. Default: none. */
    public Builder accounts(Collection<Account> values) {
      accounts.clear();
      accounts.addAll(values);
      return this;
    }

    /** Adds an account that AUTH accepts. */
    public Builder account(String user, String password) {
      accounts.add(new Account(user, password));
      return this;
    }

    /** Adds an account that AUTH accepts. */
    public Builder account(Account account) {
      accounts.add(Objects.requireNonNull(account));
      return this;
    }

    /**
     * Clients, as CIDR blocks, that are served without a record, a number or a fault, so that
     * health probes do not shift a script; replaces earlier ones. Default: none.
     *
     * @throws IllegalArgumentException if one is not a CIDR block
     */
    public Builder ignorePeers(Collection<String> cidrs) {
      ignoredPeers = cidrs.stream().map(CidrBlock::parse).toList();
      return this;
    }

    /** As {@link #ignorePeers(Collection)}. */
    public Builder ignorePeers(String... cidrs) {
      return ignorePeers(List.of(cidrs));
    }

    /**
     * The domains whose mail MX accepts; RCPT for another one gets {@code 550 5.7.64} (facts 4);
     * replaces earlier ones. Default: none, and all are accepted.
     *
     * @throws IllegalArgumentException if one is not a domain
     */
    public Builder acceptedDomains(Collection<String> domains) {
      acceptedDomains = domains.stream().map(AcceptedDomain::parse).toList();
      return this;
    }

    /** As {@link #acceptedDomains(Collection)}. */
    public Builder acceptedDomains(String... domains) {
      return acceptedDomains(List.of(domains));
    }

    /**
     * How client submission refuses MAIL in cleartext. Default: {@link
     * CleartextMailRefusal#STARTTLS_REQUIRED_451}.
     */
    public Builder cleartextMailRefusal(CleartextMailRefusal refusal) {
      cleartextMailRefusal = Objects.requireNonNull(refusal);
      return this;
    }

    /** What becomes of bytes behind STARTTLS. Default: {@link StartTlsInjection#DISCARD}. */
    public Builder startTlsInjection(StartTlsInjection behavior) {
      startTlsInjection = Objects.requireNonNull(behavior);
      return this;
    }

    /**
     * The largest message, in bytes: announced as SIZE and enforced at MAIL and while the message
     * comes in. Default: {@value ExchangeProfile#EXCHANGE_ONLINE_MESSAGE_SIZE}.
     */
    public Builder maxMessageSize(long bytes) {
      if (bytes < 1) {
        throw new IllegalArgumentException("maxMessageSize is at least 1 byte, not " + bytes);
      }
      maxMessageSize = bytes;
      return this;
    }

    /** Recipients per message; the next get {@code 452 4.5.3}. Default: 1000 (facts 8). */
    public Builder maxRecipients(int count) {
      if (count < 1) {
        throw new IllegalArgumentException("maxRecipients is at least 1, not " + count);
      }
      maxRecipients = count;
      return this;
    }

    /**
     * How long client submission holds back its negative replies to a client that is not
     * authenticated. Default: zero, because a test suite would wait for it; the real service takes
     * five seconds (facts 0, rule 3).
     *
     * @throws IllegalArgumentException if negative or longer than seven days
     */
    public Builder tarpit(Duration delay) {
      if (delay.isNegative()) {
        throw new IllegalArgumentException("tarpit cannot be negative: " + delay);
      }
      Timeouts.requireNotTooLong("tarpit", delay);
      tarpit = delay;
      return this;
    }

    /** How long clients are waited for. Default: {@link Timeouts#defaults()}. */
    public Builder timeouts(UnaryOperator<Timeouts> change) {
      timeouts = Objects.requireNonNull(change.apply(timeouts));
      return this;
    }

    /**
     * Whether sessions keep the secrets of their TLS connections, so that a capture of them can be
     * decrypted ({@code SmtpSession.keyLog()}). They are secret: who has both reads everything,
     * passwords included. Default: false.
     */
    public Builder keyLog(boolean keep) {
      keyLog = keep;
      return this;
    }

    /**
     * Builds the profile.
     *
     * @throws IllegalArgumentException if the TLS policy is impossible
     */
    public ExchangeProfile build() {
      return new ExchangeProfile(this);
    }
  }
}
