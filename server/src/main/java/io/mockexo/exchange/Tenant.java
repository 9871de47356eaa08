package io.mockexo.exchange;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the organization behind an endpoint has configured: who is a recipient, who may submit, and
 * by which connectors mail comes in. Immutable. What each setting means, and its default, is told
 * by the method of the same name of {@link Builder}.
 *
 * @since 0.1
 */
public final class Tenant {

  private static final Tenant UNCONFIGURED = new Builder().build();

  private final List<AcceptedDomain> acceptedDomains;
  private final Set<String> knownRecipients;
  private final List<Account> accounts;
  private final @Nullable AuthRefusal authRefusal;
  private final boolean allowLegacyTlsClients;
  private final List<InboundConnector> connectors;
  private final boolean rejectDirectSend;
  private final RelayRefusal cleartextRelayRefusal;
  private final TokenIssuer tokenIssuer;

  private Tenant(Builder builder) {
    acceptedDomains = builder.acceptedDomains;
    knownRecipients = builder.knownRecipients;
    accounts = List.copyOf(builder.accounts);
    authRefusal = builder.authRefusal;
    allowLegacyTlsClients = builder.allowLegacyTlsClients;
    connectors = List.copyOf(builder.connectors);
    rejectDirectSend = builder.rejectDirectSend;
    cleartextRelayRefusal = builder.cleartextRelayRefusal;
    tokenIssuer = builder.tokenIssuer;
  }

  /** One that takes mail for everyone and has no accounts and no connectors. */
  public static Tenant unconfigured() {
    return UNCONFIGURED;
  }

  /** A builder that starts from this tenant. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.acceptedDomains = acceptedDomains;
    builder.knownRecipients = knownRecipients;
    builder.accounts.addAll(accounts);
    builder.authRefusal = authRefusal;
    builder.allowLegacyTlsClients = allowLegacyTlsClients;
    builder.connectors.addAll(connectors);
    builder.rejectDirectSend = rejectDirectSend;
    builder.cleartextRelayRefusal = cleartextRelayRefusal;
    builder.tokenIssuer = tokenIssuer;
    return builder;
  }

  /** The domains whose mail is accepted; empty for all. */
  public List<AcceptedDomain> acceptedDomains() {
    return acceptedDomains;
  }

  /** Whether mail for this address is the tenant's, as far as its domain tells. */
  public boolean isAcceptedDomainOf(String address) {
    return acceptedDomains.isEmpty()
        || address.indexOf('@') < 0
        || owns(address.substring(address.lastIndexOf('@') + 1));
  }

  /** Whether this domain is named among {@link #acceptedDomains}. */
  public boolean owns(String domain) {
    return acceptedDomains.stream().anyMatch(accepted -> accepted.contains(domain));
  }

  /** The addresses that exist, in lower case; empty if all do. */
  public Set<String> knownRecipients() {
    return knownRecipients;
  }

  /** Whether there is such a recipient. */
  public boolean knows(String address) {
    return knownRecipients.isEmpty()
        || address.indexOf('@') < 0
        || knownRecipients.contains(address.toLowerCase(Locale.ROOT));
  }

  /** Who AUTH accepts. */
  public List<Account> accounts() {
    return accounts;
  }

  /** Why AUTH is refused to everyone; null if it is not. */
  public @Nullable AuthRefusal authRefusal() {
    return authRefusal;
  }

  /** Whether {@link Endpoint#LEGACY_CLIENT_SUBMISSION} lets TLS 1.0 and 1.1 in. */
  public boolean allowLegacyTlsClients() {
    return allowLegacyTlsClients;
  }

  /** The inbound connectors. */
  public List<InboundConnector> connectors() {
    return connectors;
  }

  /** Whether mail that claims to be from the tenant is refused unless a connector matches. */
  public boolean rejectDirectSend() {
    return rejectDirectSend;
  }

  /** What a cleartext client is told that only a certificate would let relay. */
  public RelayRefusal cleartextRelayRefusal() {
    return cleartextRelayRefusal;
  }

  /** Who issues the access tokens that AUTH XOAUTH2 takes. */
  public TokenIssuer tokenIssuer() {
    return tokenIssuer;
  }

  /** Builds a {@link Tenant}. */
  public static final class Builder {
    private List<AcceptedDomain> acceptedDomains = List.of();
    private Set<String> knownRecipients = Set.of();
    private final List<Account> accounts = new ArrayList<>();
    private @Nullable AuthRefusal authRefusal;
    private boolean allowLegacyTlsClients = true;
    private final List<InboundConnector> connectors = new ArrayList<>();
    private boolean rejectDirectSend;
    private RelayRefusal cleartextRelayRefusal = RelayRefusal.RELAY_ACCESS_DENIED_5_7_0;
    private TokenIssuer tokenIssuer = TokenIssuer.shared();

    private Builder() {}

    /**
     * The domains whose mail is accepted; RCPT for another one is relaying, which needs a connector
     * and else gets {@code 550 5.7.64} (facts 4); replaces earlier ones. Default: none, and all are
     * accepted.
     *
     * @throws IllegalArgumentException if one is not a domain
     */
    public Builder acceptedDomains(Collection<String> domains) {
      acceptedDomains = domains.stream().map(AcceptedDomain::parse).toList();
      return this;
    }

    /**
     * The addresses that exist (directory-based edge blocking); RCPT for another one in an accepted
     * domain gets {@code 550 5.4.1}, on the consumer MX {@code 550 5.5.0} (facts 4); replaces
     * earlier ones. Default: none, and all exist.
     *
     * @throws IllegalArgumentException if one is not an address
     */
    public Builder knownRecipients(Collection<String> addresses) {
      Set<String> known = new TreeSet<>();
      for (String address : addresses) {
        if (!address.matches("[^\\s@]+@[^\\s@]+")) {
          throw new IllegalArgumentException(
              "'%s' is not an address; expected for example alice@contoso.com".formatted(address));
        }
        known.add(address.toLowerCase(Locale.ROOT));
      }
      knownRecipients = Collections.unmodifiableSet(known);
      return this;
    }

    /** The accounts that AUTH accepts; replaces earlier ones. Default: none. */
    public Builder accounts(Collection<Account> values) {
      accounts.clear();
      accounts.addAll(values);
      return this;
    }

    /** Adds an account that AUTH accepts. */
    public Builder account(Account account) {
      accounts.add(Objects.requireNonNull(account));
      return this;
    }

    /**
     * Why AUTH is refused to everyone, whatever the credentials; one mailbox alone is refused by
     * its {@link Account#refusal}. Default: null, and credentials are judged.
     */
    public Builder authRefusal(@Nullable AuthRefusal refusal) {
      authRefusal = refusal;
      return this;
    }

    /**
     * Whether the tenant has opted in to old TLS ({@code AllowLegacyTLSClients}, facts 5.1). If
     * not, {@link Endpoint#LEGACY_CLIENT_SUBMISSION} lets the handshake with TLS 1.0 or 1.1 through
     * and refuses AUTH with 5.7.67 (facts 3.2). Default: true; a real tenant has to be opted in.
     */
    public Builder allowLegacyTlsClients(boolean allow) {
      allowLegacyTlsClients = allow;
      return this;
    }

    /** The inbound connectors; replaces earlier ones. Default: none. */
    public Builder connectors(Collection<InboundConnector> values) {
      connectors.clear();
      connectors.addAll(values);
      return this;
    }

    /** Adds an inbound connector. */
    public Builder connector(InboundConnector connector) {
      connectors.add(Objects.requireNonNull(connector));
      return this;
    }

    /**
     * Whether mail whose sender is in an accepted domain is refused with {@code 550 5.7.68} unless
     * a connector matches ({@code RejectDirectSend}, facts 4). Default: false.
     */
    public Builder rejectDirectSend(boolean reject) {
      rejectDirectSend = reject;
      return this;
    }

    /**
     * What a client is told that wants to relay in cleartext, where only a certificate would let it
     * (facts 4). Default: {@link RelayRefusal#RELAY_ACCESS_DENIED_5_7_0}.
     */
    public Builder cleartextRelayRefusal(RelayRefusal refusal) {
      cleartextRelayRefusal = Objects.requireNonNull(refusal);
      return this;
    }

    /**
     * Who issues the access tokens with which each of the {@link #accounts} may use AUTH XOAUTH2,
     * besides the one that it may have of its own. Default: {@link TokenIssuer#shared()}. Behind a
     * control API it is that of the program, and cannot be another one.
     */
    public Builder tokenIssuer(TokenIssuer issuer) {
      tokenIssuer = Objects.requireNonNull(issuer);
      return this;
    }

    /** Builds the tenant. */
    public Tenant build() {
      return new Tenant(this);
    }
  }
}
