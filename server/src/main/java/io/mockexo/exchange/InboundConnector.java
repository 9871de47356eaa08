package io.mockexo.exchange;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An inbound connector of the tenant, in the words of {@code New-InboundConnector} (facts 9).
 * Immutable; begin with {@link #partner} or {@link #onPremises}.
 *
 * @param type what it is for
 * @param senderDomains the sender domains that a partner connector is for; empty for all
 * @param tlsSenderCertificateName the name that the client's certificate must have, as its CN or a
 *     DNS name: {@code mail.contoso.com}, or {@code *.contoso.com} for every name below; null for
 *     no certificate
 * @param senderIpAddresses the addresses that it takes mail from: IPv4, /24 to /32
 * @param requireTls whether a partner's mail is refused without TLS
 * @param restrictDomainsToCertificate whether a partner's mail is refused without the certificate
 * @param restrictDomainsToIpAddresses whether a partner's mail is refused from other addresses
 * @since 0.1
 */
public record InboundConnector(
    Type type,
    List<String> senderDomains,
    @Nullable String tlsSenderCertificateName,
    List<CidrBlock> senderIpAddresses,
    boolean requireTls,
    boolean restrictDomainsToCertificate,
    boolean restrictDomainsToIpAddresses) {

  private static final int WIDEST_PREFIX = 24;

  /** What a connector is for. */
  public enum Type {
    /** It restricts what is taken from a partner's domains. */
    PARTNER,
    /** It lets the organization's own servers relay. */
    ON_PREMISES
  }

  /**
   * A connector.
   *
   * @throws IllegalArgumentException if it could match nobody, or restricts to what it does not
   *     name; the message says what to change
   */
  public InboundConnector {
    Objects.requireNonNull(type);
    senderDomains = senderDomains.stream().map(InboundConnector::domain).toList();
    senderIpAddresses = List.copyOf(senderIpAddresses);
    if (tlsSenderCertificateName != null) {
      tlsSenderCertificateName = CertificateNames.requirePattern(tlsSenderCertificateName);
    }
    senderIpAddresses.forEach(InboundConnector::requireNarrow);
    if (type == Type.ON_PREMISES) {
      require(
          tlsSenderCertificateName != null || !senderIpAddresses.isEmpty(),
          "a connector of type ON_PREMISES needs a tlsSenderCertificateName or senderIpAddresses,"
              + " by which it knows its servers");
      require(
          senderDomains.isEmpty() && !restrictDomainsToCertificate && !restrictDomainsToIpAddresses,
          "senderDomains and the restrictions are for connectors of type PARTNER");
    }
    require(
        !restrictDomainsToCertificate || tlsSenderCertificateName != null,
        "restrictDomainsToCertificate needs a tlsSenderCertificateName");
    require(
        !restrictDomainsToIpAddresses || !senderIpAddresses.isEmpty(),
        "restrictDomainsToIpAddresses needs senderIpAddresses");
  }

  /**
   * A connector that restricts what comes from these domains, all of them if none is named.
   * RequireTls is set, as it is by default.
   */
  public static InboundConnector partner(String... senderDomains) {
    return new InboundConnector(
        Type.PARTNER, List.of(senderDomains), null, List.of(), true, false, false);
  }

  /** A connector for servers of the organization that show a certificate with this name. */
  public static InboundConnector onPremises(String tlsSenderCertificateName) {
    return new InboundConnector(
        Type.ON_PREMISES, List.of(), tlsSenderCertificateName, List.of(), false, false, false);
  }

  /** A connector for servers of the organization that come from these addresses. */
  public static InboundConnector onPremisesFrom(String... senderIpAddresses) {
    return new InboundConnector(
        Type.ON_PREMISES,
        List.of(),
        null,
        Stream.of(senderIpAddresses).map(CidrBlock::parse).toList(),
        false,
        false,
        false);
  }

  /** With RequireTls, or without. */
  public InboundConnector withRequireTls(boolean required) {
    return new InboundConnector(
        type,
        senderDomains,
        tlsSenderCertificateName,
        senderIpAddresses,
        required,
        restrictDomainsToCertificate,
        restrictDomainsToIpAddresses);
  }

  /** A partner's mail is taken with a certificate of this name alone. */
  public InboundConnector restrictedToCertificate(String name) {
    return new InboundConnector(
        type,
        senderDomains,
        name,
        senderIpAddresses,
        requireTls,
        true,
        restrictDomainsToIpAddresses);
  }

  /** A partner's mail is taken from these addresses alone. */
  public InboundConnector restrictedToAddresses(String... addresses) {
    return new InboundConnector(
        type,
        senderDomains,
        tlsSenderCertificateName,
        Stream.of(addresses).map(CidrBlock::parse).toList(),
        requireTls,
        restrictDomainsToCertificate,
        true);
  }

  /** Whether mail from this domain, in any case, is what a partner connector is for. */
  public boolean isForSender(String domain) {
    return type == Type.PARTNER
        && (senderDomains.isEmpty()
            || senderDomains.stream().anyMatch(known -> known.equalsIgnoreCase(domain)));
  }

  /** Whether a certificate with one of these names is the one that it asks for. */
  public boolean matchesCertificate(List<String> names) {
    String wanted = tlsSenderCertificateName;
    return wanted != null
        && names.stream().anyMatch(name -> CertificateNames.matches(wanted, name));
  }

  /** Whether it takes mail from this address. */
  public boolean matchesAddress(InetAddress client) {
    return senderIpAddresses.stream().anyMatch(block -> block.contains(client));
  }

  private static String domain(String text) {
    return AcceptedDomain.parse(text).name();
  }

  private static void requireNarrow(CidrBlock block) {
    require(
        block.isIpv4() && block.prefixLength() >= WIDEST_PREFIX,
        "'%s' is too wide: senderIpAddresses are IPv4, /%d to /32".formatted(block, WIDEST_PREFIX));
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
