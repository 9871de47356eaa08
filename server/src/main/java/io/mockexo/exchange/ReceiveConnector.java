package io.mockexo.exchange;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The receive connector of {@link Endpoint#ON_PREMISES}, in the words of {@code
 * Set-ReceiveConnector} (facts 2.1 and 8). Immutable; the defaults are those of "Default Frontend".
 *
 * @param authMechanisms what EHLO offers; default all of them
 * @param requireTls whether MAIL needs TLS ({@code RequireTLS}); default false
 * @param maxProtocolErrors how many errors a client may make, after which the next one is answered
 *     with {@code 421 4.7.0} and the connection closed ({@code MaxProtocolErrors}); default 5
 * @param maxLogonFailures the same for refused AUTH ({@code MaxLogonFailures}); default 3
 * @param domainSecureEnabled whether mail of the domains below is taken over mutual TLS ({@code
 *     DomainSecureEnabled}); default false, and they are told that it is disallowed for now
 * @param tlsReceiveDomainSecureList domains whose mail has to come over mutual TLS, with a trusted
 *     certificate of the domain or of a host below it, unless the client has authenticated itself
 *     ({@code TLSReceiveDomainSecureList} of {@code Set-TransportConfig}); no subdomains are meant,
 *     and wildcards are not possible; default none
 * @since 0.1
 */
public record ReceiveConnector(
    Set<AuthMechanism> authMechanisms,
    boolean requireTls,
    int maxProtocolErrors,
    int maxLogonFailures,
    boolean domainSecureEnabled,
    List<String> tlsReceiveDomainSecureList) {

  private static final ReceiveConnector DEFAULT_FRONTEND =
      new ReceiveConnector(EnumSet.allOf(AuthMechanism.class), false, 5, 3, false, List.of());

  /**
   * A connector.
   *
   * @throws IllegalArgumentException if a number is negative, TLS is required and not on offer, or
   *     one of the domains is none
   */
  public ReceiveConnector {
    EnumSet<AuthMechanism> copy = EnumSet.noneOf(AuthMechanism.class);
    copy.addAll(authMechanisms);
    authMechanisms = Collections.unmodifiableSet(copy);
    requireNotNegative("maxProtocolErrors", maxProtocolErrors);
    requireNotNegative("maxLogonFailures", maxLogonFailures);
    if (requireTls && !authMechanisms.contains(AuthMechanism.TLS)) {
      throw new IllegalArgumentException(
          "requireTls needs TLS among the authMechanisms; without it no client could send mail");
    }
    tlsReceiveDomainSecureList =
        tlsReceiveDomainSecureList.stream().map(ReceiveConnector::domain).distinct().toList();
    if (!tlsReceiveDomainSecureList.isEmpty() && !authMechanisms.contains(AuthMechanism.TLS)) {
      throw new IllegalArgumentException(
          "tlsReceiveDomainSecureList needs TLS among the authMechanisms; without it those domains"
              + " could send no mail");
    }
  }

  /** The connector that Exchange Server sets up for mail from anywhere. */
  public static ReceiveConnector defaultFrontend() {
    return DEFAULT_FRONTEND;
  }

  /** With these on offer. */
  public ReceiveConnector withAuthMechanisms(Set<AuthMechanism> offered) {
    return with(offered, requireTls, maxProtocolErrors, maxLogonFailures);
  }

  /** With TLS required, or not. */
  public ReceiveConnector withRequireTls(boolean required) {
    return with(authMechanisms, required, maxProtocolErrors, maxLogonFailures);
  }

  /** With this number of errors. */
  public ReceiveConnector withMaxProtocolErrors(int errors) {
    return with(authMechanisms, requireTls, errors, maxLogonFailures);
  }

  /** With this number of refused AUTH. */
  public ReceiveConnector withMaxLogonFailures(int failures) {
    return with(authMechanisms, requireTls, maxProtocolErrors, failures);
  }

  /** With mail of the domains of the list taken over mutual TLS, or not at all. */
  public ReceiveConnector withDomainSecureEnabled(boolean enabled) {
    return withDomains(enabled, tlsReceiveDomainSecureList);
  }

  /**
   * With these domains, whose mail has to come over mutual TLS.
   *
   * @throws IllegalArgumentException if one is not a domain, or TLS is not on offer
   */
  public ReceiveConnector withTlsReceiveDomainSecureList(Collection<String> domains) {
    return withDomains(domainSecureEnabled, List.copyOf(domains));
  }

  private ReceiveConnector with(
      Set<AuthMechanism> offered, boolean tls, int errors, int logonFailures) {
    return new ReceiveConnector(
        offered, tls, errors, logonFailures, domainSecureEnabled, tlsReceiveDomainSecureList);
  }

  private ReceiveConnector withDomains(boolean enabled, List<String> domains) {
    return new ReceiveConnector(
        authMechanisms, requireTls, maxProtocolErrors, maxLogonFailures, enabled, domains);
  }

  /** Whether mail of this sender's domain has to come over mutual TLS. */
  public boolean isDomainSecured(String domain) {
    return tlsReceiveDomainSecureList.contains(domain.toLowerCase(Locale.ROOT));
  }

  /** Whether EHLO offers it. */
  public boolean offers(AuthMechanism mechanism) {
    return authMechanisms.contains(mechanism);
  }

  private static String domain(String text) {
    if (text.contains("*")) {
      throw new IllegalArgumentException(
          "'%s' has a wildcard, which tlsReceiveDomainSecureList cannot have; name each domain"
              .formatted(text));
    }
    return AcceptedDomain.parse(text).name();
  }

  private static void requireNotNegative(String what, int number) {
    if (number < 0) {
      throw new IllegalArgumentException("%s cannot be negative: %d".formatted(what, number));
    }
  }
}
