package io.mockexo.internal.tls;

import io.mockexo.tls.CertificateKind;
import io.mockexo.tls.ClientTrust;
import io.mockexo.tls.ServerCertificate;
import io.mockexo.tls.TestAuthority;
import io.mockexo.tls.TlsPolicy;
import io.mockexo.tls.TlsVersion;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What most tests of the engine begin with. */
final class Fixture {

  /** Trusts nobody: what clients show is the matter of other tests. */
  static final ClientTrust TRUST = ClientTrust.in(List.of());

  static final TestAuthority AUTHORITY = TestAuthority.shared();

  private static final Map<CertificateKind, ServerCertificate> CERTIFICATES = issueOfEachKind();

  private Fixture() {}

  static ServerCertificate certificate(CertificateKind kind) {
    return CERTIFICATES.get(kind);
  }

  private static Map<CertificateKind, ServerCertificate> issueOfEachKind() {
    Map<CertificateKind, ServerCertificate> certificates = new EnumMap<>(CertificateKind.class);
    for (CertificateKind kind : CertificateKind.values()) {
      certificates.put(
          kind,
          AUTHORITY.issue(
              kind,
              "CN=localhost",
              List.of("localhost"),
              List.of(InetAddress.getLoopbackAddress())));
    }
    return certificates;
  }

  static TlsServerEngine engine(TlsPolicy policy, TlsEngineListener events) {
    return new TlsServerEngine(
        policy, certificate(policy.certificate()), TRUST, new ResumableSessions(), events);
  }

  /** An engine of a server that has these sessions. */
  static TlsServerEngine engine(
      TlsPolicy policy, ResumableSessions sessions, TlsEngineListener events) {
    return new TlsServerEngine(policy, certificate(policy.certificate()), TRUST, sessions, events);
  }

  /** From SSL 3.0 on, and with an ECDSA certificate, whose handshakes cost a third. */
  static TlsPolicy permissive() {
    return TlsPolicy.builder()
        .minimumTls(TlsVersion.SSL_3)
        .certificate(CertificateKind.ECDSA_P256)
        .build();
  }
}
