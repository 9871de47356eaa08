package io.mockexo.tls;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
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

  private static final TlsPolicy EXCHANGE_ONLINE = new Builder().build();

  private final TlsVersion minimumTls;
  private final TlsVersion maximumTls;
  private final List<CipherSuite> cipherSuites;
  private final List<NamedGroup> groups;
  private final boolean serverPreference;
  private final CertificateChoice certificate;
  private final TlsRefusal refuseOldTlsWith;
  private final @Nullable AlertDescription refusalAlert;

  private TlsPolicy(Builder builder) {
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
  }

  /** The policy of Exchange Online today. */
  public static TlsPolicy exchangeOnline() {
    return EXCHANGE_ONLINE;
  }

  /** A builder that starts from {@link #exchangeOnline()}. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts from this policy. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.minimumTls = minimumTls;
    builder.maximumTls = maximumTls;
    builder.certificate = certificate;
    builder.cipherSuites =
        cipherSuites.equals(PublishedSuites.with(certificate.kind())) ? List.of() : cipherSuites;
    builder.groups = groups;
    builder.serverPreference = serverPreference;
    builder.refuseOldTlsWith = refuseOldTlsWith;
    builder.refusalAlert = refusalAlert;
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

  /**
   * Builds a {@link TlsPolicy}.
   *
   * @since 0.1
   */
  public static final class Builder {
    private TlsVersion minimumTls = TlsVersion.TLS_1_2;
    private TlsVersion maximumTls = TlsVersion.TLS_1_3;
    private CertificateChoice certificate = CertificateChoice.USUAL;
    private List<CipherSuite> cipherSuites = List.of();
    private List<NamedGroup> groups = List.of(NamedGroup.SECP384R1, NamedGroup.SECP256R1);
    private boolean serverPreference = true;
    private TlsRefusal refuseOldTlsWith = TlsRefusal.FIN;
    private @Nullable AlertDescription refusalAlert;

    private Builder() {}

    /** The floor: clients that offer less are refused. Default: TLS 1.2. */
    public Builder minimumTls(TlsVersion version) {
      minimumTls = Objects.requireNonNull(version);
      return this;
    }

    /** The highest version that is negotiated. Default: TLS 1.3. */
    public Builder maximumTls(TlsVersion version) {
      maximumTls = Objects.requireNonNull(version);
      return this;
    }

    /** What is done with refused clients. Default: {@link TlsRefusal#FIN}. */
    public Builder refuseOldTlsWith(TlsRefusal refusal) {
      refuseOldTlsWith = Objects.requireNonNull(refusal);
      return this;
    }

    /**
     * The alert for {@link TlsRefusal#ALERT}. Default: {@code protocol_version} for versions,
     * {@code handshake_failure} where nothing else is common.
     */
    public Builder refusalAlert(@Nullable AlertDescription alert) {
      refusalAlert = alert;
      return this;
    }

    /**
     * The cipher suites on offer, in order of preference, by IANA or OpenSSL name. A version for
     * which the list has no suite is not negotiated. Default, and the meaning of an empty list:
     * those published for Exchange Online.
     *
     * @throws IllegalArgumentException if a name is unknown or cannot be negotiated
     */
    public Builder cipherSuites(Collection<String> names) {
      cipherSuites = names.stream().map(CipherSuite::named).distinct().toList();
      return this;
    }

    /** As {@link #cipherSuites(Collection)}. */
    public Builder cipherSuites(String... names) {
      return cipherSuites(Arrays.asList(names));
    }

    /**
     * The groups for ECDHE, in order of preference. Default: P-384, P-256 (facts 5.3). A TLS 1.3
     * client that sent a key share for another group only is asked again with a HelloRetryRequest.
     *
     * @throws IllegalArgumentException if empty
     */
    public Builder groups(NamedGroup... inOrder) {
      if (inOrder.length == 0) {
        throw new IllegalArgumentException("at least one group is needed, for example SECP384R1");
      }
      groups = Stream.of(inOrder).distinct().toList();
      return this;
    }

    /** Whether the server's order of suites decides, or else the client's. Default: true. */
    public Builder serverPreference(boolean serverDecides) {
      serverPreference = serverDecides;
      return this;
    }

    /** The key of the server certificate. Default: {@link CertificateKind#RSA_2048}. */
    public Builder certificate(CertificateKind kind) {
      certificate = certificate.with(kind);
      return this;
    }

    /** What is wrong with the server certificate. Default: null, nothing. */
    public Builder certificateFlaw(@Nullable CertificateFlaw flaw) {
      certificate = certificate.with(flaw);
      return this;
    }

    /**
     * The host names and IP addresses in the server certificate, and no others; {@code *.} and a
     * domain is a wildcard. Default, and the meaning of an empty list: those of the endpoint,
     * {@code localhost}, and the addresses of the server.
     *
     * @throws IllegalArgumentException if one is neither a host name nor an address
     */
    public Builder certificateNames(Collection<String> names) {
      certificate = certificate.with(List.copyOf(names));
      return this;
    }

    /** As {@link #certificateNames(Collection)}. */
    public Builder certificateNames(String... names) {
      return certificateNames(Arrays.asList(names));
    }

    /**
     * Builds the policy.
     *
     * @throws IllegalArgumentException if no client could ever connect: the floor is above the
     *     maximum, or no cipher suite goes with these versions and this certificate; or if the
     *     certificate contradicts itself
     */
    public TlsPolicy build() {
      if (!maximumTls.isAtLeast(minimumTls)) {
        throw new IllegalArgumentException(
            "minimumTls %s is above maximumTls %s; no client could ever connect"
                .formatted(minimumTls.name(), maximumTls.name()));
      }
      certificate.requireMeaning();
      TlsPolicy policy = new TlsPolicy(this);
      if (policy.versions().isEmpty()) {
        throw new IllegalArgumentException(
            "none of the cipher suites can be used from %s to %s with a certificate of kind %s;"
                    .formatted(minimumTls, maximumTls, certificate.kind())
                + " no client could ever connect");
      }
      return policy;
    }
  }
}
