package io.mockexo.exchange;

import io.mockexo.tls.TlsPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Builds an {@link ExchangeProfile}.
 *
 * @since 0.1
 */
public final class ExchangeProfileBuilder {
  final Endpoint endpoint;
  FrontEnd frontEnd;
  TlsPolicy.Builder tls = TlsPolicy.builder();
  Blocklist blocklist = Blocklist.empty();
  List<CidrBlock> ignoredPeers = List.of();
  List<AcceptedDomain> acceptedDomains = List.of();
  final List<Account> accounts = new ArrayList<>();
  CleartextMailRefusal cleartextMailRefusal = CleartextMailRefusal.STARTTLS_REQUIRED_451;
  StartTlsInjection startTlsInjection = StartTlsInjection.DISCARD;
  Set<Middlebox> middleboxes = Set.of();
  long maxMessageSize = ExchangeProfile.EXCHANGE_ONLINE_MESSAGE_SIZE;
  int maxRecipients = 1000;
  Duration tarpit = Duration.ZERO;
  Timeouts timeouts = Timeouts.defaults();
  boolean keyLog;

  ExchangeProfileBuilder(Endpoint endpoint) {
    this.endpoint = Objects.requireNonNull(endpoint);
    this.frontEnd = FrontEnd.defaultFor(endpoint);
  }

  /** The server name that clients see. Default: {@link FrontEnd#defaultFor}. */
  public ExchangeProfileBuilder frontEnd(FrontEnd value) {
    frontEnd = Objects.requireNonNull(value);
    return this;
  }

  /** The TLS policy. Default: {@link TlsPolicy#exchangeOnline()}. */
  public ExchangeProfileBuilder tls(TlsPolicy value) {
    tls = value.toBuilder();
    return this;
  }

  /** Changes the TLS policy as it stands. */
  public ExchangeProfileBuilder tls(UnaryOperator<TlsPolicy.Builder> change) {
    tls = Objects.requireNonNull(change.apply(tls));
    return this;
  }

  /**
   * The clients on the {@link Blocklist}, as CIDR blocks; replaces earlier ones. Default: none.
   *
   * @throws IllegalArgumentException if one is not a CIDR block
   */
  public ExchangeProfileBuilder blockClients(Collection<String> cidrs) {
    blocklist = blocklist.of(cidrs);
    return this;
  }

  /** As {@link #blockClients(Collection)}. */
  public ExchangeProfileBuilder blockClients(String... cidrs) {
    return blockClients(List.of(cidrs));
  }

  /** Whether listed clients are not offered STARTTLS. Default: true. */
  public ExchangeProfileBuilder hideStartTlsFromBlocked(boolean hide) {
    blocklist = blocklist.hiding(hide);
    return this;
  }

  /** The accounts that AUTH accepts; replaces earlier ones. Default: none. */
  public ExchangeProfileBuilder accounts(Collection<Account> values) {
    accounts.clear();
    accounts.addAll(values);
    return this;
  }

  /** Adds an account that AUTH accepts. */
  public ExchangeProfileBuilder account(String user, String password) {
    accounts.add(new Account(user, password));
    return this;
  }

  /** Adds an account that AUTH accepts. */
  public ExchangeProfileBuilder account(Account account) {
    accounts.add(Objects.requireNonNull(account));
    return this;
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

  /**
   * The domains whose mail MX accepts; RCPT for another one gets {@code 550 5.7.64} (facts 4);
   * replaces earlier ones. Default: none, and all are accepted.
   *
   * @throws IllegalArgumentException if one is not a domain
   */
  public ExchangeProfileBuilder acceptedDomains(Collection<String> domains) {
    acceptedDomains = domains.stream().map(AcceptedDomain::parse).toList();
    return this;
  }

  /** As {@link #acceptedDomains(Collection)}. */
  public ExchangeProfileBuilder acceptedDomains(String... domains) {
    return acceptedDomains(List.of(domains));
  }

  /**
   * How client submission refuses MAIL in cleartext. Default: {@link
   * CleartextMailRefusal#STARTTLS_REQUIRED_451}.
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
   * comes in. Default: {@value ExchangeProfile#EXCHANGE_ONLINE_MESSAGE_SIZE}.
   */
  public ExchangeProfileBuilder maxMessageSize(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("maxMessageSize is at least 1 byte, not " + bytes);
    }
    maxMessageSize = bytes;
    return this;
  }

  /** Recipients per message; the next get {@code 452 4.5.3}. Default: 1000 (facts 8). */
  public ExchangeProfileBuilder maxRecipients(int count) {
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
  public ExchangeProfileBuilder tarpit(Duration delay) {
    if (delay.isNegative()) {
      throw new IllegalArgumentException("tarpit cannot be negative: " + delay);
    }
    Timeouts.requireNotTooLong("tarpit", delay);
    tarpit = delay;
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
   * @throws IllegalArgumentException if the TLS policy is impossible
   */
  public ExchangeProfile build() {
    return new ExchangeProfile(this);
  }
}
