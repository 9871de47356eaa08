package io.mockexo.exchange;

import io.mockexo.tls.TlsPolicy;
import io.mockexo.tls.TlsPolicyBuilder;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Builds an {@link ExchangeProfile}.
 *
 * @since 0.1
 */
public final class ExchangeProfileBuilder {
  final Endpoint endpoint;
  AsOf asOf = AsOf.TODAY;
  @Nullable FrontEnd frontEnd;
  TlsPolicyBuilder tls;
  Tenant.Builder tenant = Tenant.unconfigured().toBuilder();
  List<CidrBlock> ignoredPeers = List.of();
  ReceiveConnector receiveConnector = ReceiveConnector.defaultFrontend();
  @Nullable CleartextMailRefusal cleartextMailRefusal;
  StartTlsInjection startTlsInjection = StartTlsInjection.DISCARD;
  Set<Middlebox> middleboxes = Set.of();
  long maxMessageSize;
  int maxRecipients;
  int maxRecipientsPerDomain = Integer.MAX_VALUE;
  Duration tarpit = Duration.ZERO;
  Timeouts timeouts = Timeouts.defaults();
  Throttling throttling = Throttling.none();
  boolean keyLog;
  private BlocklistKind blocklistKind = BlocklistKind.MICROSOFT;
  private int blocklistCode = Blocklist.FIRST_CODE;
  private List<CidrBlock> blockedClients = List.of();
  private @Nullable Boolean hideStartTls;

  ExchangeProfileBuilder(Endpoint endpoint) {
    this.endpoint = Objects.requireNonNull(endpoint);
    this.tls = EndpointDefaults.tls(endpoint);
    this.maxMessageSize = EndpointDefaults.maxMessageSize(endpoint);
    this.maxRecipients = EndpointDefaults.maxRecipients(endpoint);
  }

  /**
   * The year whose words the server speaks: greeting, front end, the end of errors, texts (see
   * {@link AsOf}). Default: {@link AsOf#TODAY}.
   *
   * @throws IllegalArgumentException if nothing is known of that year
   */
  public ExchangeProfileBuilder asOf(int year) {
    asOf = new AsOf(year);
    return this;
  }

  /**
   * The server name that clients see. Default: always the same one, in the shape of the {@link
   * #asOf year}.
   */
  public ExchangeProfileBuilder frontEnd(FrontEnd value) {
    frontEnd = Objects.requireNonNull(value);
    return this;
  }

  /**
   * The TLS policy. Default: {@link TlsPolicy#exchangeOnline()}; for the legacy endpoint from TLS
   * 1.0 on, with the suites of that time, and on premises the same up to TLS 1.2 (facts 5.1, 5.3).
   */
  public ExchangeProfileBuilder tls(TlsPolicy value) {
    tls = value.toBuilder();
    return this;
  }

  /** Changes the TLS policy as it stands. */
  public ExchangeProfileBuilder tls(UnaryOperator<TlsPolicyBuilder> change) {
    tls = Objects.requireNonNull(change.apply(tls));
    return this;
  }

  /**
   * The clients on the {@link Blocklist}, as CIDR blocks; replaces earlier ones. Default: none.
   *
   * @throws IllegalArgumentException if one is not a CIDR block
   */
  public ExchangeProfileBuilder blockClients(Collection<String> cidrs) {
    blockedClients = cidrs.stream().map(CidrBlock::parse).toList();
    return this;
  }

  /** As {@link #blockClients(Collection)}. */
  public ExchangeProfileBuilder blockClients(String... cidrs) {
    return blockClients(List.of(cidrs));
  }

  /** Whose list it is. Default: {@link BlocklistKind#MICROSOFT}. */
  public ExchangeProfileBuilder blocklistKind(BlocklistKind kind) {
    blocklistKind = Objects.requireNonNull(kind);
    return this;
  }

  /**
   * The last part of the code {@code 5.7.606} to {@code 5.7.649} with which clients on Microsoft's
   * list are refused. Default: 606.
   */
  public ExchangeProfileBuilder blocklistCode(int code) {
    blocklistCode = code;
    return this;
  }

  /**
   * Whether listed clients are not offered STARTTLS. Default: true for {@link
   * BlocklistKind#MICROSOFT}, false for the other kinds.
   */
  public ExchangeProfileBuilder hideStartTlsFromBlocked(boolean hide) {
    hideStartTls = hide;
    return this;
  }

  /** What the organization has configured. Default: {@link Tenant#unconfigured()}. */
  public ExchangeProfileBuilder tenant(UnaryOperator<Tenant.Builder> change) {
    tenant = Objects.requireNonNull(change.apply(tenant));
    return this;
  }

  /** As {@link Tenant.Builder#accounts}. */
  public ExchangeProfileBuilder accounts(Collection<Account> values) {
    return tenant(t -> t.accounts(values));
  }

  /** Adds an account that AUTH accepts. */
  public ExchangeProfileBuilder account(String user, String password) {
    return account(new Account(user, password));
  }

  /** As {@link Tenant.Builder#account}. */
  public ExchangeProfileBuilder account(Account account) {
    return tenant(t -> t.account(account));
  }

  /**
   * Clients, as CIDR blocks, that are served without a record, a number or a fault, so that health
   * probes do not shift a script; replaces earlier ones. Default: none.
   *
   * @throws IllegalArgumentException if one is not a CIDR block
   */
  public ExchangeProfileBuilder ignorePeers(Collection<String> cidrs) {
    ignoredPeers = cidrs.stream().map(CidrBlock::parse).toList();
    return this;
  }

  /** As {@link #ignorePeers(Collection)}. */
  public ExchangeProfileBuilder ignorePeers(String... cidrs) {
    return ignorePeers(List.of(cidrs));
  }

  /** As {@link Tenant.Builder#acceptedDomains}. */
  public ExchangeProfileBuilder acceptedDomains(Collection<String> domains) {
    return tenant(t -> t.acceptedDomains(domains));
  }

  /** As {@link #acceptedDomains(Collection)}. */
  public ExchangeProfileBuilder acceptedDomains(String... domains) {
    return acceptedDomains(List.of(domains));
  }

  /** Changes the receive connector; only on premises. Default: "Default Frontend". */
  public ExchangeProfileBuilder receiveConnector(UnaryOperator<ReceiveConnector> change) {
    receiveConnector = Objects.requireNonNull(change.apply(receiveConnector));
    return this;
  }

  /**
   * How MAIL in cleartext is refused where TLS is required. Default: as in the {@link #asOf year},
   * today {@link CleartextMailRefusal#STARTTLS_REQUIRED_451} on client submission and {@link
   * CleartextMailRefusal#MUST_ISSUE_STARTTLS_530} elsewhere.
   */
  public ExchangeProfileBuilder cleartextMailRefusal(CleartextMailRefusal refusal) {
    cleartextMailRefusal = Objects.requireNonNull(refusal);
    return this;
  }

  /** What becomes of bytes behind STARTTLS. Default: {@link StartTlsInjection#DISCARD}. */
  public ExchangeProfileBuilder startTlsInjection(StartTlsInjection behavior) {
    startTlsInjection = Objects.requireNonNull(behavior);
    return this;
  }

  /**
   * What stands between the clients and this endpoint; replaces earlier ones. Default: nothing.
   *
   * @throws IllegalArgumentException if several keep clients from STARTTLS, each in its own way
   */
  public ExchangeProfileBuilder middleboxes(Collection<Middlebox> boxes) {
    List<Middlebox> hiding = boxes.stream().filter(Middlebox::hidesStartTls).distinct().toList();
    if (hiding.size() > 1) {
      throw new IllegalArgumentException(
          "%s and %s each keep clients from STARTTLS in a way of their own; choose one"
              .formatted(hiding.get(0), hiding.get(1)));
    }
    Set<Middlebox> ordered = EnumSet.noneOf(Middlebox.class);
    ordered.addAll(boxes);
    middleboxes = Collections.unmodifiableSet(ordered);
    return this;
  }

  /** As {@link #middleboxes(Collection)}. */
  public ExchangeProfileBuilder middleboxes(Middlebox... boxes) {
    return middleboxes(List.of(boxes));
  }

  /**
   * The largest message, in bytes: announced as SIZE and enforced at MAIL and while the message
   * comes in. Default: {@value ExchangeProfile#EXCHANGE_ONLINE_MESSAGE_SIZE}, {@value
   * ExchangeProfile#CONSUMER_MESSAGE_SIZE} on the consumer MX, {@value
   * ExchangeProfile#ON_PREMISES_MESSAGE_SIZE} on premises (facts 2.1).
   */
  public ExchangeProfileBuilder maxMessageSize(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("maxMessageSize is at least 1 byte, not " + bytes);
    }
    maxMessageSize = bytes;
    return this;
  }

  /**
   * Recipients per message; the next get {@code 452 4.5.3}. Default: 1000, on premises 200 (facts
   * 8).
   */
  public ExchangeProfileBuilder maxRecipients(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("maxRecipients is at least 1, not " + count);
    }
    maxRecipients = count;
    return this;
  }

  /**
   * Recipients per message that are in one domain; the next get {@code 452 4.5.3}. Exchange Online
   * has 200 on MX (facts 8). Default: no such limit, because a test suite would meet it by
   * accident.
   */
  public ExchangeProfileBuilder maxRecipientsPerDomain(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("maxRecipientsPerDomain is at least 1, not " + count);
    }
    maxRecipientsPerDomain = count;
    return this;
  }

  /**
   * How long client submission, and a server on premises, hold back their negative replies to a
   * client that is not authenticated. Default: zero, because a test suite would wait for it; the
   * real service takes five seconds (facts 0, rule 3), as do {@code TarpitInterval} and {@code
   * AuthTarpitInterval} on premises (facts 8, D; that all negative replies are held back there, G).
   *
   * @throws IllegalArgumentException if negative or longer than seven days
   */
  public ExchangeProfileBuilder tarpit(Duration delay) {
    if (delay.isNegative()) {
      throw new IllegalArgumentException("tarpit cannot be negative: " + delay);
    }
    Timeouts.requireNotTooLong("tarpit", delay);
    tarpit = delay;
    return this;
  }

  /**
   * How much a client may do before it is slowed down. Default: {@link Throttling#none()}; what is
   * known of the real endpoint is {@link Throttling#published}.
   */
  public ExchangeProfileBuilder throttling(UnaryOperator<Throttling> change) {
    throttling = Objects.requireNonNull(change.apply(throttling));
    return this;
  }

  /** How long clients are waited for. Default: {@link Timeouts#defaults()}. */
  public ExchangeProfileBuilder timeouts(UnaryOperator<Timeouts> change) {
    timeouts = Objects.requireNonNull(change.apply(timeouts));
    return this;
  }

  /**
   * Whether sessions keep the secrets of their TLS connections, so that a capture of them can be
   * decrypted ({@code SmtpSession.keyLog()}). They are secret: who has both reads everything,
   * passwords included. Default: false.
   */
  public ExchangeProfileBuilder keyLog(boolean keep) {
    keyLog = keep;
    return this;
  }

  /**
   * Builds the profile.
   *
   * @throws IllegalArgumentException if the TLS policy is impossible, a rule could have no effect
   *     on this endpoint or beside another, or is not to be had there; the message says what to
   *     change
   */
  public ExchangeProfile build() {
    ExchangeProfile profile = new ExchangeProfile(this);
    Contradictions.refuse(profile);
    return profile;
  }

  Blocklist blocklist() {
    boolean hides = hideStartTls == null ? blocklistKind.hidesStartTls(endpoint) : hideStartTls;
    return new Blocklist(blocklistKind, blocklistCode, blockedClients, hides);
  }

  void blocklist(Blocklist from) {
    blocklistKind = from.kind();
    blocklistCode = from.code();
    blockedClients = from.clients();
    hideStartTls =
        from.hidesStartTls() == from.kind().hidesStartTls(endpoint) ? null : from.hidesStartTls();
  }
}
