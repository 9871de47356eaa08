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

  /** 47 MiB in bytes, the SIZE of the consumer MX (facts 2.1). */
  public static final long CONSUMER_MESSAGE_SIZE = 49_283_072;

  /** 36 MiB in bytes, the SIZE of Exchange Server as it is installed (facts 2.1). */
  public static final long ON_PREMISES_MESSAGE_SIZE = 37_748_736;

  private final Endpoint endpoint;
  private final AsOf asOf;
  private final FrontEnd frontEnd;
  private final TlsPolicy tls;
  private final Tenant tenant;
  private final Blocklist blocklist;
  private final List<CidrBlock> ignoredPeers;
  private final ReceiveConnector receiveConnector;
  private final CleartextMailRefusal cleartextMailRefusal;
  private final StartTlsInjection startTlsInjection;
  private final Set<Middlebox> middleboxes;
  private final long maxMessageSize;
  private final int maxRecipients;
  private final int maxRecipientsPerDomain;
  private final Duration tarpit;
  private final Timeouts timeouts;
  private final Throttling throttling;
  private final boolean keyLog;

  ExchangeProfile(ExchangeProfileBuilder builder) {
    endpoint = builder.endpoint;
    asOf = builder.asOf;
    frontEnd = builder.frontEnd == null ? asOf.frontEnd(endpoint) : builder.frontEnd;
    tls = builder.tls.build();
    tenant = builder.tenant.build();
    blocklist = builder.blocklist();
    ignoredPeers = builder.ignoredPeers;
    receiveConnector = builder.receiveConnector;
    cleartextMailRefusal =
        builder.cleartextMailRefusal == null
            ? asOf.cleartextMailRefusal(endpoint)
            : builder.cleartextMailRefusal;
    startTlsInjection = builder.startTlsInjection;
    middleboxes = builder.middleboxes;
    maxMessageSize = builder.maxMessageSize;
    maxRecipients = builder.maxRecipients;
    maxRecipientsPerDomain = builder.maxRecipientsPerDomain;
    tarpit = builder.tarpit;
    timeouts = builder.timeouts;
    throttling = builder.throttling;
    keyLog = builder.keyLog;
  }

  /** A builder with the defaults of {@code endpoint}. */
  public static ExchangeProfileBuilder builder(Endpoint endpoint) {
    return new ExchangeProfileBuilder(endpoint);
  }

  /** A builder that starts from this profile; what follows from the year goes on to do so. */
  public ExchangeProfileBuilder toBuilder() {
    ExchangeProfileBuilder builder = new ExchangeProfileBuilder(endpoint);
    builder.asOf = asOf;
    builder.frontEnd = frontEnd.equals(asOf.frontEnd(endpoint)) ? null : frontEnd;
    builder.tls = tls.toBuilder();
    builder.tenant = tenant.toBuilder();
    builder.blocklist(blocklist);
    builder.ignoredPeers = ignoredPeers;
    builder.receiveConnector = receiveConnector;
    builder.cleartextMailRefusal =
        cleartextMailRefusal == asOf.cleartextMailRefusal(endpoint) ? null : cleartextMailRefusal;
    builder.startTlsInjection = startTlsInjection;
    builder.middleboxes = middleboxes;
    builder.maxMessageSize = maxMessageSize;
    builder.maxRecipients = maxRecipients;
    builder.maxRecipientsPerDomain = maxRecipientsPerDomain;
    builder.tarpit = tarpit;
    builder.timeouts = timeouts;
    builder.throttling = throttling;
    builder.keyLog = keyLog;
    return builder;
  }

  /** What is emulated. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /** The year whose words are spoken. */
  public AsOf asOf() {
    return asOf;
  }

  /** The server name that clients see. */
  public FrontEnd frontEnd() {
    return frontEnd;
  }

  /** Who may shake hands, and how. */
  public TlsPolicy tls() {
    return tls;
  }

  /** What the organization has configured. */
  public Tenant tenant() {
    return tenant;
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

  /** The receive connector of a server on premises. */
  public ReceiveConnector receiveConnector() {
    return receiveConnector;
  }

  /** Whether MAIL needs TLS, whoever sends. */
  public boolean requiresTls() {
    return endpoint.isSubmission()
        || (endpoint == Endpoint.ON_PREMISES && receiveConnector.requireTls());
  }

  /** Whether STARTTLS is there at all. */
  public boolean hasStartTls() {
    return endpoint != Endpoint.ON_PREMISES || receiveConnector.offers(AuthMechanism.TLS);
  }

  /** Whether Exchange servers can begin TLS among themselves. */
  public boolean hasAnonymousTls() {
    return endpoint == Endpoint.ON_PREMISES
        && receiveConnector.offers(AuthMechanism.EXCHANGE_SERVER);
  }

  /** How MAIL in cleartext is refused where TLS is required. */
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

  /** The most recipients of one message in one domain. */
  public int maxRecipientsPerDomain() {
    return maxRecipientsPerDomain;
  }

  /** How long negative replies to strangers are held back; zero for not at all. */
  public Duration tarpit() {
    return tarpit;
  }

  /** How long clients are waited for. */
  public Timeouts timeouts() {
    return timeouts;
  }

  /** How much a client may do before it is slowed down. */
  public Throttling throttling() {
    return throttling;
  }

  /** Whether sessions keep the secrets of their TLS connections. */
  public boolean keyLog() {
    return keyLog;
  }
}
