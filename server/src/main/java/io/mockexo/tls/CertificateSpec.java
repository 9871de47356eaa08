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
 * @since 0.1
 */
public record CertificateSpec(
    CertificateKind kind,
    @Nullable CertificateFlaw flaw,
    String subject,
    List<String> dnsNames,
    List<InetAddress> addresses) {

  private static final String WRONG_HOST = "wrong-host.example";

  /** Copies. */
  public CertificateSpec {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(subject);
    dnsNames = List.copyOf(dnsNames);
    addresses = List.copyOf(addresses);
  }

  /** The same with what is wrong in the leaf's names put into them. */
  CertificateSpec withFlawedNames() {
    if (flaw != CertificateFlaw.WRONG_HOST) {
      return this;
    }
    String other = "O=Mock Exchange Online, CN=" + WRONG_HOST;
    return new CertificateSpec(kind, flaw, other, List.of(WRONG_HOST), List.of());
  }

  Validity validity() {
    if (flaw == CertificateFlaw.EXPIRED) {
      return Validity.untilYesterday();
    }
    return flaw == CertificateFlaw.NOT_YET_VALID ? Validity.fromTomorrow() : Validity.ofYears(1);
  }
}
