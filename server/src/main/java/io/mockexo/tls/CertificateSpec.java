package io.mockexo.tls;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link TestAuthority} is to issue.
 *
 * @param kind the kind of its key
 * @param flaw what is wrong with it; null if nothing is
 * @param subject its distinguished name in the order of encoding, for example {@code C=US,
 *     O=Contoso, CN=mail.contoso.com}
 * @param dnsNames host names it is valid for; a leftmost label may be {@code *}
 * @param addresses IP addresses it is valid for
 * @param revocation where it says that its revocation can be looked up; null if it does not say
 * @since 0.1
 */
public record CertificateSpec(
    CertificateKind kind,
    @Nullable CertificateFlaw flaw,
    String subject,
    List<String> dnsNames,
    List<InetAddress> addresses,
    @Nullable RevocationPoints revocation) {

  private static final String WRONG_HOST = "wrong-host.example";

  /** In characters (RFC 5280, appendix A.1, ub-common-name). */
  private static final int MAX_COMMON_NAME = 64;

  /** Copies. */
  public CertificateSpec {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(subject);
    dnsNames = List.copyOf(dnsNames);
    addresses = List.copyOf(addresses);
  }

  /**
   * A certificate of RSA, 2048 bits, with nothing wrong: for a server, or for a client that wants
   * to be known by it.
   *
   * @param names host names, wildcards and addresses
   * @throws IllegalArgumentException if there are none, or one is neither
   */
  public static CertificateSpec forHost(String... names) {
    return of(CertificateChoice.USUAL.with(List.of(names)));
  }

  /**
   * A certificate as it was chosen. A client that looks for a host name in the subject as well
   * finds none there but the first.
   *
   * @throws IllegalArgumentException if no names were chosen
   */
  public static CertificateSpec of(CertificateChoice choice) {
    if (choice.names().isEmpty()) {
      throw new IllegalArgumentException("a certificate needs a name, mail.contoso.com or so");
    }
    String first = choice.names().get(0);
    String subject = "O=Mock Exchange Online";
    return new CertificateSpec(
        choice.kind(),
        choice.flaw(),
        first.length() > MAX_COMMON_NAME ? subject : subject + ", CN=" + first,
        choice.dnsNames(),
        choice.addresses(),
        null);
  }

  /** The same with another key. */
  public CertificateSpec withKind(CertificateKind other) {
    return new CertificateSpec(other, flaw, subject, dnsNames, addresses, revocation);
  }

  /** The same with something wrong, or, if null, with nothing. */
  public CertificateSpec withFlaw(@Nullable CertificateFlaw other) {
    return new CertificateSpec(kind, other, subject, dnsNames, addresses, revocation);
  }

  /** The same with other points, or, if null, with none. */
  public CertificateSpec withRevocation(@Nullable RevocationPoints points) {
    return new CertificateSpec(kind, flaw, subject, dnsNames, addresses, points);
  }

  /** The same with what is wrong in the leaf's names put into them. */
  CertificateSpec withFlawedNames() {
    if (flaw != CertificateFlaw.WRONG_HOST) {
      return this;
    }
    String other = "O=Mock Exchange Online, CN=" + WRONG_HOST;
    return new CertificateSpec(kind, flaw, other, List.of(WRONG_HOST), List.of(), revocation);
  }

  Validity validity() {
    if (flaw == CertificateFlaw.EXPIRED) {
      return Validity.untilYesterday();
    }
    return flaw == CertificateFlaw.NOT_YET_VALID ? Validity.fromTomorrow() : Validity.ofYears(1);
  }
}
