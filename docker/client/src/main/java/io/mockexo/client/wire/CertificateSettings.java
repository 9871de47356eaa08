package io.mockexo.client.wire;

import io.mockexo.tls.CertificateChoice;
import io.mockexo.tls.CertificateFlaw;
import io.mockexo.tls.ClientCertificateMode;
import io.mockexo.tls.TrustAnchor;
import java.util.List;
import java.util.function.Function;

/** The rules about what is shown in a handshake, apart from the key of the certificate. */
final class CertificateSettings {

  private CertificateSettings() {}

  static List<ProfileSettings.Key> keys() {
    return List.of(
        new ProfileSettings.Key(
            "certificateFlaw",
            (p, n) ->
                p.tls(
                    t -> t.certificateFlaw(n.isNothing() ? null : n.oneOf(CertificateFlaw.class))),
            p -> p.tls().certificateFlaw() == null ? null : p.tls().certificateFlaw().name()),
        new ProfileSettings.Key(
            "certificateNames",
            (p, n) -> p.tls(t -> t.certificateNames(names(n))),
            p -> p.tls().certificateNames()),
        new ProfileSettings.Key(
            "revocationInfo",
            (p, n) -> p.tls(t -> t.revocationInfo(n.bool())),
            p -> p.tls().revocationInfo()),
        new ProfileSettings.Key(
            "clientCertificate",
            (p, n) -> p.tls(t -> t.clientCertificate(n.oneOf(ClientCertificateMode.class))),
            p -> p.tls().clientCertificate().name()),
        new ProfileSettings.Key(
            "clientAuthorities",
            (p, n) -> p.tls(t -> t.clientAuthorities(authorities(n))),
            p -> p.tls().clientAuthorities().stream().map(TrustAnchor::pem).toList()),
        new ProfileSettings.Key(
            "helloRetryRequest",
            (p, n) -> p.tls(t -> t.helloRetryRequest(n.bool())),
            p -> p.tls().helloRetryRequest()),
        new ProfileSettings.Key(
            "encryptThenMac",
            (p, n) -> p.tls(t -> t.encryptThenMac(n.bool())),
            p -> p.tls().encryptThenMac()));
  }

  private static List<String> names(Setting list) {
    return list.distinct(node -> CertificateChoice.requireName(node.text()), Function.identity());
  }

  private static List<TrustAnchor> authorities(Setting list) {
    return list.distinct(node -> TrustAnchor.ofPem(node.text()), Function.identity());
  }
}
