package io.mockexo.client.wire;

import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.CertificateChoice;
import io.mockexo.tls.CertificateFlaw;
import io.mockexo.tls.CertificateKind;
import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.NamedGroup;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import java.util.List;
import java.util.function.Function;

/** The rules of a profile that are its TLS policy. */
final class TlsKeys {

  private TlsKeys() {}

  static List<ProfileKey> all() {
    return List.of(
        ProfileKey.of(
            "minimumTls",
            (p, n) -> p.tls(t -> t.minimumTls(n.oneOf(TlsVersion.class))),
            p -> p.tls().minimumTls().name()),
        ProfileKey.of(
            "maximumTls",
            (p, n) -> p.tls(t -> t.maximumTls(n.oneOf(TlsVersion.class))),
            p -> p.tls().maximumTls().name()),
        ProfileKey.of(
            "refuseOldTlsWith",
            (p, n) -> p.tls(t -> t.refuseOldTlsWith(n.oneOf(TlsRefusal.class))),
            p -> p.tls().refuseOldTlsWith().name()),
        ProfileKey.of(
            "refusalAlert",
            (p, n) ->
                p.tls(t -> t.refusalAlert(n.isNothing() ? null : n.oneOf(AlertDescription.class))),
            p -> p.tls().refusalAlert() == null ? null : p.tls().refusalAlert().name()),
        ProfileKey.of(
            "cipherSuites",
            (p, n) -> p.tls(t -> t.cipherSuites(suites(n))),
            p -> p.tls().cipherSuites().stream().map(CipherSuite::name).toList()),
        ProfileKey.of(
            "groups",
            (p, n) -> p.tls(t -> t.groups(groups(n))),
            p -> p.tls().groups().stream().map(NamedGroup::name).toList()),
        ProfileKey.of(
            "serverPreference",
            (p, n) -> p.tls(t -> t.serverPreference(n.bool())),
            p -> p.tls().serverPreference()),
        ProfileKey.of(
            "certificate",
            (p, n) -> p.tls(t -> t.certificate(n.oneOf(CertificateKind.class))),
            p -> p.tls().certificate().name()),
        ProfileKey.of(
            "certificateFlaw",
            (p, n) ->
                p.tls(
                    t -> t.certificateFlaw(n.isNothing() ? null : n.oneOf(CertificateFlaw.class))),
            p -> p.tls().certificateFlaw() == null ? null : p.tls().certificateFlaw().name()),
        ProfileKey.of(
            "certificateNames",
            (p, n) -> p.tls(t -> t.certificateNames(certificateNames(n))),
            p -> p.tls().certificateNames()));
  }

  private static List<String> certificateNames(Setting list) {
    return list.distinct(node -> CertificateChoice.requireName(node.text()), Function.identity());
  }

  private static NamedGroup[] groups(Setting list) {
    return list.distinct(node -> NamedGroup.named(node.text()), NamedGroup::code)
        .toArray(NamedGroup[]::new);
  }

  private static List<String> suites(Setting list) {
    return list.distinct(node -> CipherSuite.named(node.text()), CipherSuite::code).stream()
        .map(CipherSuite::name)
        .toList();
  }
}
