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
 * Immutable; a connection keeps the profile that was in force when it was accepted.
 *
 * @since 0.1
 */
public final class ExchangeProfile {

  /** 150 MiB, the SIZE that Exchange Online announces (facts 2.1). */
  public static final long EXCHANGE_ONLINE_MESSAGE_SIZE = 157_286_400;

  private final Endpoint endpoint;
  private final FrontEnd frontEnd;
  private final TlsPolicy tls;
  private final List<CidrBlock> blockClients;
  private final boolean hideStartTlsFromBlocked;
  private final List<Account> accounts;
  private final CleartextMailRefusal cleartextMailRefusal;
  private final StartTlsInjection startTlsInjection;
  private final long maxMessageSize;
  private final int maxRecipients;
  private final Duration tarpit;
  private final Duration idleTimeout;
  private final Duration handshakeTimeout;
  private final Duration closeGrace;

  private ExchangeProfile(Builder builder) {
    endpoint = builder.endpoint;
    frontEnd = builder.frontEnd;
    tls = builder.tls.build();
    blockClients = List.copyOf(builder.blockClients);
    hideStartTlsFromBlocked = builder.hideStartTlsFromBlocked;
    accounts = List.copyOf(builder.accounts);
    cleartextMailRefusal = builder.cleartextMailRefusal;
    startTlsInjection = builder.startTlsInjection;
    maxMessageSize = builder.maxMessageSize;
    maxRecipients = builder.maxRecipients;
    tarpit = builder.tarpit;
    idleTimeout = builder.idleTimeout;
    handshakeTimeout = builder.handshakeTimeout;
    closeGrace = builder.closeGrace;
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
    builder.blockClients.addAll(blockClients);
    builder.hideStartTlsFromBlocked = hideStartTlsFromBlocked;
    builder.accounts.addAll(accounts);
    builder.cleartextMailRefusal = cleartextMailRefusal;
    builder.startTlsInjection = startTlsInjection;
    builder.maxMessageSize = maxMessageSize;
    builder.maxRecipients = maxRecipients;
    builder.tarpit = tarpit;
    builder.idleTimeout = idleTimeout;
    builder.handshakeTimeout = handshakeTimeout;
    builder.closeGrace = closeGrace;
    return builder;
  }

  public Endpoint endpoint() {
    return endpoint;
  }

  public FrontEnd frontEnd() {
    return frontEnd;
  }

  public TlsPolicy tls() {
    return tls;
  }

  /** Whether {@code client} is a banned sending IP. */
  public boolean blocks(InetAddress client) {
    return blockClients.stream().anyMatch(block -> block.contains(client));
  }

  public List<CidrBlock> blockClients() {
    return blockClients;
  }

  public boolean hideStartTlsFromBlocked() {
    return hideStartTlsFromBlocked;
  }

  public List<Account> accounts() {
    return accounts;
  }

  public CleartextMailRefusal cleartextMailRefusal() {
    return cleartextMailRefusal;
  }

  public StartTlsInjection startTlsInjection() {
    return startTlsInjection;
  }

  /** In bytes. */
  public long maxMessageSize() {
    return maxMessageSize;
  }

  public int maxRecipients() {
    return maxRecipients;
  }

  public Duration tarpit() {
    return tarpit;
  }

  public Duration idleTimeout() {
    return idleTimeout;
  }

  public Duration handshakeTimeout() {
    return handshakeTimeout;
  }

  public Duration closeGrace() {
    return closeGrace;
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
    private final List<CidrBlock> blockClients = new ArrayList<>();
    private boolean hideStartTlsFromBlocked = true;
    private final List<Account> accounts = new ArrayList<>();
    private CleartextMailRefusal cleartextMailRefusal = CleartextMailRefusal.STARTTLS_REQUIRED_451;
    private StartTlsInjection startTlsInjection = StartTlsInjection.DISCARD;
    private long maxMessageSize = EXCHANGE_ONLINE_MESSAGE_SIZE;
    private int maxRecipients = 1000;
    private Duration tarpit = Duration.ZERO;
    private Duration idleTimeout = Duration.ofMinutes(5);
    private Duration handshakeTimeout = Duration.ofMinutes(1);
    private Duration closeGrace = Duration.ofSeconds(2);

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
     * Clients on the blocklist, as CIDR blocks; replaces earlier ones. Default: none. A listed
     * client's MAIL is accepted and its RCPT answered with {@code 550 5.7.606} (facts 4).
     *
     * @throws IllegalArgumentException if one is not a CIDR block
     */
    public Builder blockClients(Collection<String> cidrs) {
      List<CidrBlock> parsed = cidrs.stream().map(CidrBlock::parse).toList();
      blockClients.clear();
      blockClients.addAll(parsed);
      return this;
    }

    /** As {@link #blockClients(Collection)}. */
    public Builder blockClients(String... cidrs) {
      return blockClients(List.of(cidrs));
    }

    /**
     * Whether STARTTLS is not offered to listed clients, and refused if sent. Default: true (seed
     * 1, 2014); a transcript of 2025 shows it on offer to a listed client (facts 12, item 4).
     */
    public Builder hideStartTlsFromBlocked(boolean hide) {
      hideStartTlsFromBlocked = hide;
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
     */
    public Builder tarpit(Duration delay) {
      tarpit = requireNotNegative("tarpit", delay);
      return this;
    }

    /** How long a client may be idle between commands. Default: 5 minutes (facts 8). */
    public Builder idleTimeout(Duration timeout) {
      idleTimeout = requirePositive("idleTimeout", timeout);
      return this;
    }

    /** How long a handshake may take. Default: 1 minute. */
    public Builder handshakeTimeout(Duration timeout) {
      handshakeTimeout = requirePositive("handshakeTimeout", timeout);
      return this;
    }

    /**
     * How long the server goes on reading after its FIN before it gives up on a client that does
     * not close its side. Default: 2 seconds.
     */
    public Builder closeGrace(Duration period) {
      closeGrace = requirePositive("closeGrace", period);
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

    private static Duration requireNotNegative(String what, Duration value) {
      if (value.isNegative()) {
        throw new IllegalArgumentException(what + " cannot be negative: " + value);
      }
      return value;
    }

    private static Duration requirePositive(String what, Duration value) {
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException(what + " must be longer than zero: " + value);
      }
      return value;
    }
  }
}
