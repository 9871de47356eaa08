package io.mockexo.tls;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The standing rule by which a ClientHello is accepted or refused. Immutable; the defaults are
 * those of Exchange Online today: TLS 1.2 and 1.3, its published cipher suites in its order, P-384
 * before P-256, an RSA certificate, and FIN without an alert for everyone else (facts 5.1 to 5.4).
 *
 * @since 0.1
 */
public final class TlsPolicy {

  private static final TlsPolicy EXCHANGE_ONLINE = new TlsPolicyBuilder().build();

  private final TlsVersion minimumTls;
  private final TlsVersion maximumTls;
  private final List<CipherSuite> cipherSuites;
  private final List<NamedGroup> groups;
  private final boolean serverPreference;
  private final CertificateChoice certificate;
  private final TlsRefusal refuseOldTlsWith;
  private final @Nullable AlertDescription refusalAlert;
  private final List<TrustAnchor> clientAuthorities;
  private final ClientCertificateMode clientCertificate;
  private final boolean helloRetryRequest;
  private final boolean encryptThenMac;
  private final int sessionTickets;
  private final boolean sessionResumption;

  TlsPolicy(TlsPolicyBuilder builder) {
    minimumTls = builder.minimumTls;
    maximumTls = builder.maximumTls;
    certificate = builder.certificate;
    cipherSuites =
        builder.cipherSuites.isEmpty()
            ? PublishedSuites.with(certificate.kind())
            : builder.cipherSuites;
    groups = builder.groups;
    serverPreference = builder.serverPreference;
    refuseOldTlsWith = builder.refuseOldTlsWith;
    refusalAlert = builder.refusalAlert;
    clientAuthorities = builder.clientAuthorities;
    clientCertificate = builder.clientCertificate;
    helloRetryRequest = builder.helloRetryRequest;
    encryptThenMac = builder.encryptThenMac;
    sessionTickets = builder.sessionTickets;
    sessionResumption = builder.sessionResumption;
  }

  /** The policy of Exchange Online today. */
  public static TlsPolicy exchangeOnline() {
    return EXCHANGE_ONLINE;
  }

  /** A builder that starts from {@link #exchangeOnline()}. */
  public static TlsPolicyBuilder builder() {
    return new TlsPolicyBuilder();
  }

  /** A builder that starts from this policy. */
  public TlsPolicyBuilder toBuilder() {
    TlsPolicyBuilder builder = new TlsPolicyBuilder();
    builder.minimumTls = minimumTls;
    builder.maximumTls = maximumTls;
    builder.certificate = certificate;
    builder.cipherSuites =
        cipherSuites.equals(PublishedSuites.with(certificate.kind())) ? List.of() : cipherSuites;
    builder.groups = groups;
    builder.serverPreference = serverPreference;
    builder.refuseOldTlsWith = refuseOldTlsWith;
    builder.refusalAlert = refusalAlert;
    builder.clientAuthorities = clientAuthorities;
    builder.clientCertificate = clientCertificate;
    builder.helloRetryRequest = helloRetryRequest;
    builder.encryptThenMac = encryptThenMac;
    builder.sessionTickets = sessionTickets;
    builder.sessionResumption = sessionResumption;
    return builder;
  }

  /** Decides about a ClientHello. */
  public TlsJudgement judge(ClientHello hello) {
    return new TlsNegotiation(this, hello).judge();
  }

  public TlsVersion minimumTls() {
    return minimumTls;
  }

  public TlsVersion maximumTls() {
    return maximumTls;
  }

  /** Never empty; in order of preference. */
  public List<CipherSuite> cipherSuites() {
    return cipherSuites;
  }

  /** Never empty; in order of preference. */
  public List<NamedGroup> groups() {
    return groups;
  }

  public boolean serverPreference() {
    return serverPreference;
  }

  public CertificateKind certificate() {
    return certificate.kind();
  }

  /** What is wrong with the server certificate; null if nothing is. */
  public @Nullable CertificateFlaw certificateFlaw() {
    return certificate.flaw();
  }

  /** The names in the server certificate; empty for those of the endpoint. */
  public List<String> certificateNames() {
    return certificate.names();
  }

  /** Whether the server certificate says where its revocation can be looked up. */
  public boolean revocationInfo() {
    return certificate.revocationInfo();
  }

  /** Kind, flaw and names of the server certificate together. */
  public CertificateChoice certificateChoice() {
    return certificate;
  }

  public TlsRefusal refuseOldTlsWith() {
    return refuseOldTlsWith;
  }

  /** The alert chosen for {@link TlsRefusal#ALERT}; null for the one that fits the reason. */
  public @Nullable AlertDescription refusalAlert() {
    return refusalAlert;
  }

  public ClientCertificateMode clientCertificate() {
    return clientCertificate;
  }

  /** Who is trusted with clients' certificates; empty for the test CA of the server. */
  public List<TrustAnchor> clientAuthorities() {
    return clientAuthorities;
  }

  public boolean helloRetryRequest() {
    return helloRetryRequest;
  }

  public boolean encryptThenMac() {
    return encryptThenMac;
  }

  public int sessionTickets() {
    return sessionTickets;
  }

  public boolean sessionResumption() {
    return sessionResumption;
  }

  /**
   * The versions that can be negotiated, oldest first: those from the floor to the maximum for
   * which there is a cipher suite that goes with the certificate. Never empty.
   */
  public List<TlsVersion> versions() {
    return Stream.of(TlsVersion.values())
        .filter(version -> version.isAtLeast(minimumTls) && maximumTls.isAtLeast(version))
        .filter(this::hasSuiteFor)
        .toList();
  }

  boolean hasSuiteFor(TlsVersion version) {
    return cipherSuites.stream().anyMatch(suite -> isUsable(suite, version));
  }

  /** Whether the suite is one of {@code version}, and goes with the certificate. */
  boolean isUsable(CipherSuite suite, TlsVersion version) {
    if (!suite.isFor(version)) {
      return false;
    }
    boolean ecdsa = certificate.kind() == CertificateKind.ECDSA_P256;
    return suite.isTls13() || ecdsa == suite.keyExchange().endsWith("ECDSA");
  }
}
