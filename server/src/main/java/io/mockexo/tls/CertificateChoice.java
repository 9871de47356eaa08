package io.mockexo.tls;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which certificate a {@link TlsPolicy} has the server show.
 *
 * @param kind its key
 * @param flaw what is wrong with it; null if nothing is
 * @param names host names and IP addresses that it has instead of the endpoint's; empty for those
 * @since 0.1
 */
public record CertificateChoice(
    CertificateKind kind, @Nullable CertificateFlaw flaw, List<String> names) {

  static final CertificateChoice USUAL =
      new CertificateChoice(CertificateKind.RSA_2048, null, List.of());

  private static final String LABEL = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
  private static final Pattern DNS_NAME =
      Pattern.compile("(\\*\\.)?%s(\\.%s)*".formatted(LABEL, LABEL));
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile("%1$s(\\.%1$s){3}".formatted(OCTET));

  /** The longest host name (RFC 1035, section 2.3.4, without the root's dot). */
  private static final int MAX_DNS_NAME = 253;

  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException if a name is neither a host name nor an address
   */
  public CertificateChoice {
    Objects.requireNonNull(kind);
    names = names.stream().distinct().toList();
    names.forEach(CertificateChoice::requireName);
  }

  /**
   * The same name, if it can stand in a certificate.
   *
   * @throws IllegalArgumentException if it is neither a host name nor an address
   */
  public static String requireName(String name) {
    if (isAddress(name)) {
      address(name);
    } else if (name.length() > MAX_DNS_NAME || !DNS_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'%s' cannot stand in a certificate; write a host name, *. and a domain, or an address"
              .formatted(name));
    }
    return name;
  }

  /** The names that are host names. */
  public List<String> dnsNames() {
    return names.stream().filter(name -> !isAddress(name)).toList();
  }

  /** The names that are addresses. */
  public List<InetAddress> addresses() {
    return names.stream()
        .filter(CertificateChoice::isAddress)
        .map(CertificateChoice::address)
        .toList();
  }

  CertificateChoice with(CertificateKind other) {
    return new CertificateChoice(other, flaw, names);
  }

  CertificateChoice with(@Nullable CertificateFlaw other) {
    return new CertificateChoice(kind, other, names);
  }

  CertificateChoice with(List<String> others) {
    return new CertificateChoice(kind, flaw, others);
  }

  /**
   * Refuses what contradicts itself.
   *
   * @throws IllegalArgumentException if it does, with what to change
   */
  void requireMeaning() {
    if (flaw == CertificateFlaw.WRONG_HOST && !names.isEmpty()) {
      throw new IllegalArgumentException(
          "certificateFlaw WRONG_HOST has the name of another host, but certificateNames are given"
              + " as well; leave out one of them");
    }
  }

  private static boolean isAddress(String name) {
    return ADDRESS.matcher(name).matches();
  }

  /** Of a literal: what is none is refused here, so that nothing is looked up. */
  private static InetAddress address(String literal) {
    if (literal.contains(":") || IPV4.matcher(literal).matches()) {
      try {
        return InetAddress.getByName(literal);
      } catch (UnknownHostException e) {
        // told below
      }
    }
    throw new IllegalArgumentException("'%s' is not an IP address".formatted(literal));
  }
}
