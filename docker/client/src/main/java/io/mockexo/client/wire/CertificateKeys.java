package io.mockexo.client.wire;

import io.mockexo.tls.CertificateChoice;
import io.mockexo.tls.CertificateFlaw;
import io.mockexo.tls.ClientCertificateMode;
import io.mockexo.tls.TrustAnchor;
import java.util.List;
import java.util.function.Function;

/** The rules about what is shown in a handshake, apart from the key of the certificate. */
final class CertificateKeys {

  private CertificateKeys() {}

  static List<ProfileKey> all() {
    return List.of(
        ProfileKey.of(
            "certificateFlaw",
            (p, n) ->
                p.tls(
                    t -> t.certificateFlaw(n.isNothing() ? null : n.oneOf(CertificateFlaw.class))),
            p -> p.tls().certificateFlaw() == null ? null : p.tls().certificateFlaw().name()),
        ProfileKey.of(
            "certificateNames",
            (p, n) -> p.tls(t -> t.certificateNames(names(n))),
            p -> p.tls().certificateNames()),
        ProfileKey.of(
            "revocationInfo",
            (p, n) -> p.tls(t -> t.revocationInfo(n.bool())),
            p -> p.tls().revocationInfo()),
        ProfileKey.of(
            "clientCertificate",
            (p, n) -> p.tls(t -> t.clientCertificate(n.oneOf(ClientCertificateMode.class))),
            p -> p.tls().clientCertificate().name()),
        ProfileKey.of(
            "clientAuthorities",
            (p, n) -> p.tls(t -> t.clientAuthorities(authorities(n))),
            p -> p.tls().clientAuthorities().stream().map(TrustAnchor::pem).toList()),
        ProfileKey.of(
            "helloRetryRequest",
            (p, n) -> p.tls(t -> t.helloRetryRequest(n.bool())),
            p -> p.tls().helloRetryRequest()),
        ProfileKey.of(
            "encryptThenMac",
            (p, n) -> p.tls(t -> t.encryptThenMac(n.bool())),
            p -> p.tls().encryptThenMac()),
        ProfileKey.of(
            "sessionTickets",
            (p, n) -> p.tls(t -> t.sessionTickets(n.integer(0, 2))),
            p -> p.tls().sessionTickets()),
        ProfileKey.of(
            "sessionResumption",
            (p, n) -> p.tls(t -> t.sessionResumption(n.bool())),
            p -> p.tls().sessionResumption()));
  }

  private static List<String> names(Setting list) {
    return list.distinct(node -> CertificateChoice.requireName(node.text()), Function.identity());
  }

  private static List<TrustAnchor> authorities(Setting list) {
    return list.distinct(node -> TrustAnchor.ofPem(node.text()), Function.identity());
  }
}
