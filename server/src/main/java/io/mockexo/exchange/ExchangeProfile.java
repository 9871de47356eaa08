package io.mockexo.exchange;

import io.mockexo.tls.TlsPolicy;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The standing rules of one endpoint: everything that depends on what a client is or does.
 * Immutable; a connection keeps the profile that was in force when it was accepted. What each rule
 * means, and its default, is told by the method of the same name of {@link ExchangeProfileBuilder}.
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
  private final Set<Middlebox> middleboxes;
  private final long maxMessageSize;
  private final int maxRecipients;
  private final Duration tarpit;
  private final Timeouts timeouts;
  private final boolean keyLog;

  ExchangeProfile(ExchangeProfileBuilder builder) {
    endpoint = builder.endpoint;
    frontEnd = builder.frontEnd;
    tls = builder.tls.build();
    blocklist = builder.blocklist;
    ignoredPeers = builder.ignoredPeers;
    acceptedDomains = builder.acceptedDomains;
    accounts = List.copyOf(builder.accounts);
    cleartextMailRefusal = builder.cleartextMailRefusal;
    startTlsInjection = builder.startTlsInjection;
    middleboxes = builder.middleboxes;
    maxMessageSize = builder.maxMessageSize;
    maxRecipients = builder.maxRecipients;
    tarpit = builder.tarpit;
    timeouts = builder.timeouts;
    keyLog = builder.keyLog;
  }

  /** A builder with the defaults of {@code endpoint}. */
  public static ExchangeProfileBuilder builder(Endpoint endpoint) {
    return new ExchangeProfileBuilder(endpoint);
  }

  /** A builder that starts from this profile. */
  public ExchangeProfileBuilder toBuilder() {
    ExchangeProfileBuilder builder = new ExchangeProfileBuilder(endpoint);
    builder.frontEnd = frontEnd;
    builder.tls = tls.toBuilder();
    builder.blocklist = blocklist;
    builder.ignoredPeers = ignoredPeers;
    builder.acceptedDomains = acceptedDomains;
    builder.accounts.addAll(accounts);
    builder.cleartextMailRefusal = cleartextMailRefusal;
    builder.startTlsInjection = startTlsInjection;
    builder.middleboxes = middleboxes;
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

  /** What stands between the clients and this endpoint. */
  public Set<Middlebox> middleboxes() {
    return middleboxes;
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
}
