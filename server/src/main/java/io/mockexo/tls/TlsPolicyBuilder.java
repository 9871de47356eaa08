package io.mockexo.tls;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link TlsPolicy}.
 *
 * @since 0.1
 */
public final class TlsPolicyBuilder {

  private static final int MOST_TICKETS = 2;

  TlsVersion minimumTls = TlsVersion.TLS_1_2;
  TlsVersion maximumTls = TlsVersion.TLS_1_3;
  CertificateChoice certificate = CertificateChoice.USUAL;
  List<CipherSuite> cipherSuites = List.of();
  List<NamedGroup> groups = List.of(NamedGroup.SECP384R1, NamedGroup.SECP256R1);
  boolean serverPreference = true;
  TlsRefusal refuseOldTlsWith = TlsRefusal.FIN;
  @Nullable AlertDescription refusalAlert;
  List<TrustAnchor> clientAuthorities = List.of();
  ClientCertificateMode clientCertificate = ClientCertificateMode.ASKED;
  boolean helloRetryRequest;
  boolean encryptThenMac;
  int sessionTickets;
  boolean sessionResumption;

  TlsPolicyBuilder() {}

  /** The floor: clients that offer less are refused. Default: TLS 1.2. */
  public TlsPolicyBuilder minimumTls(TlsVersion version) {
    minimumTls = Objects.requireNonNull(version);
    return this;
  }

  /** The highest version that is negotiated. Default: TLS 1.3. */
  public TlsPolicyBuilder maximumTls(TlsVersion version) {
    maximumTls = Objects.requireNonNull(version);
    return this;
  }

  /** What is done with refused clients. Default: {@link TlsRefusal#FIN}. */
  public TlsPolicyBuilder refuseOldTlsWith(TlsRefusal refusal) {
    refuseOldTlsWith = Objects.requireNonNull(refusal);
    return this;
  }

  /**
   * The alert for {@link TlsRefusal#ALERT}. Default: {@code protocol_version} for versions, {@code
   * handshake_failure} where nothing else is common.
   */
  public TlsPolicyBuilder refusalAlert(@Nullable AlertDescription alert) {
    refusalAlert = alert;
    return this;
  }

  /**
   * The cipher suites on offer, in order of preference, by IANA or OpenSSL name. A version for
   * which the list has no suite is not negotiated. Default, and the meaning of an empty list: those
   * published for Exchange Online.
   *
   * @throws IllegalArgumentException if a name is unknown or cannot be negotiated
   */
  public TlsPolicyBuilder cipherSuites(Collection<String> names) {
    cipherSuites = names.stream().map(CipherSuite::named).distinct().toList();
    return this;
  }

  /** As {@link #cipherSuites(Collection)}. */
  public TlsPolicyBuilder cipherSuites(String... names) {
    return cipherSuites(Arrays.asList(names));
  }

  /**
   * The groups for ECDHE, in order of preference. Default: P-384, P-256 (facts 5.3). A TLS 1.3
   * client that sent a key share for another group only is asked again with a HelloRetryRequest.
   *
   * @throws IllegalArgumentException if empty
   */
  public TlsPolicyBuilder groups(NamedGroup... inOrder) {
    if (inOrder.length == 0) {
      throw new IllegalArgumentException("at least one group is needed, for example SECP384R1");
    }
    groups = Stream.of(inOrder).distinct().toList();
    return this;
  }

  /** Whether the server's order of suites decides, or else the client's. Default: true. */
  public TlsPolicyBuilder serverPreference(boolean serverDecides) {
    serverPreference = serverDecides;
    return this;
  }

  /** The key of the server certificate. Default: {@link CertificateKind#RSA_2048}. */
  public TlsPolicyBuilder certificate(CertificateKind kind) {
    certificate = certificate.with(kind);
    return this;
  }

  /** What is wrong with the server certificate. Default: null, nothing. */
  public TlsPolicyBuilder certificateFlaw(@Nullable CertificateFlaw flaw) {
    certificate = certificate.with(flaw);
    return this;
  }

  /**
   * The host names and IP addresses in the server certificate, and no others; {@code *.} and a
   * domain is a wildcard. Default, and the meaning of an empty list: those of the endpoint, {@code
   * localhost}, and the addresses of the server.
   *
   * @throws IllegalArgumentException if one is neither a host name nor an address
   */
  public TlsPolicyBuilder certificateNames(Collection<String> names) {
    certificate = certificate.with(List.copyOf(names));
    return this;
  }

  /** As {@link #certificateNames(Collection)}. */
  public TlsPolicyBuilder certificateNames(String... names) {
    return certificateNames(Arrays.asList(names));
  }

  /**
   * Whether the server certificate says where its revocation can be looked up: in a list and by
   * OCSP, over HTTP on the loopback address. A client that asks for it is told in the handshake as
   * well. Default: false; {@link CertificateFlaw#REVOKED} and {@link
   * CertificateFlaw#REVOCATION_UNREACHABLE} say it anyway.
   */
  public TlsPolicyBuilder revocationInfo(boolean tell) {
    certificate = certificate.withRevocationInfo(tell);
    return this;
  }

  /**
   * Whether clients are asked for a certificate. Default: {@link ClientCertificateMode#ASKED}, as
   * Exchange Online does (facts 5.5).
   */
  public TlsPolicyBuilder clientCertificate(ClientCertificateMode mode) {
    clientCertificate = Objects.requireNonNull(mode);
    return this;
  }

  /**
   * Who is trusted with the certificates that clients show, and nobody else. What they show has no
   * effect on the handshake: see {@link ClientVerdict}. Default, and the meaning of an empty list:
   * the test CA of the server, which issues certificates for clients as well ({@link
   * TestAuthority#issue(CertificateSpec)}).
   */
  public TlsPolicyBuilder clientAuthorities(Collection<TrustAnchor> authorities) {
    clientAuthorities = List.copyOf(authorities);
    return this;
  }

  /** As {@link #clientAuthorities(Collection)}. */
  public TlsPolicyBuilder clientAuthorities(TrustAnchor... authorities) {
    return clientAuthorities(Arrays.asList(authorities));
  }

  /**
   * Whether a TLS 1.3 client is asked again although it sent a key share that would fit. That is
   * allowed only for another group that it supports as well (RFC 8446, section 4.1.4): where {@link
   * #groups} has none, the handshake goes on without. Default: false, and only clients without a
   * fitting key share are asked again.
   */
  public TlsPolicyBuilder helloRetryRequest(boolean force) {
    helloRetryRequest = force;
    return this;
  }

  /**
   * Whether encrypt-then-MAC (RFC 7366) is agreed to with clients that offer it, for suites with
   * CBC up to TLS 1.2. Default: false, since Schannel does not have it.
   */
  public TlsPolicyBuilder encryptThenMac(boolean allow) {
    encryptThenMac = allow;
    return this;
  }

  /**
   * How many NewSessionTicket messages (RFC 8446, section 4.6.1) follow a handshake in TLS 1.3,
   * each in a record of its own, before anything else is said: some clients stumble over them. They
   * are sent whether or not the client has offered {@code psk_dhe_ke}, which RFC 8446, section
   * 4.2.9 advises against, are well-formed, and lead to nothing: a client that comes back with one
   * gets a full handshake, since Bouncy Castle's server cannot resume in TLS 1.3. Default: 0, which
   * is a guess; nothing is known of those of Exchange Online (facts 5.5).
   *
   * @param count 0 to 2
   * @throws IllegalArgumentException if it is another number
   */
  public TlsPolicyBuilder sessionTickets(int count) {
    if (count < 0 || count > MOST_TICKETS) {
      throw new IllegalArgumentException(
          "sessionTickets is %d; a handshake is followed by 0 to %d of them"
              .formatted(count, MOST_TICKETS));
    }
    sessionTickets = count;
    return this;
  }

  /**
   * Whether clients of TLS 1.0 to 1.2 can resume a session by its id (RFC 5246, section 7.3), which
   * spares both sides certificates and key exchange. That takes the version, the suite, the server
   * name and the rules about certificates of its first handshake, and the extended master secret
   * (RFC 7627): all else gets a full handshake. A server remembers the last 256 sessions, until it
   * is reset; a fatal alert ends one. There are no session tickets (RFC 5077) up to TLS 1.2, and
   * TLS 1.3 cannot be resumed. Default: false, which is a guess; nothing is known of Exchange
   * Online (facts 5.5).
   */
  public TlsPolicyBuilder sessionResumption(boolean allow) {
    sessionResumption = allow;
    return this;
  }

  /**
   * Builds the policy.
   *
   * @throws IllegalArgumentException if no client could ever connect: the floor is above the
   *     maximum, or no cipher suite goes with these versions and this certificate; or if settings
   *     contradict each other
   */
  public TlsPolicy build() {
    if (!maximumTls.isAtLeast(minimumTls)) {
      throw new IllegalArgumentException(
          "minimumTls %s is above maximumTls %s; no client could ever connect"
              .formatted(minimumTls.name(), maximumTls.name()));
    }
    certificate.requireMeaning();
    if (clientCertificate == ClientCertificateMode.NOT_ASKED && !clientAuthorities.isEmpty()) {
      throw new IllegalArgumentException(
          "clientAuthorities have no effect with clientCertificate NOT_ASKED; leave them out, or"
              + " ask for certificates");
    }
    refuseWhatOtherVersionsHave();
    TlsPolicy policy = new TlsPolicy(this);
    if (policy.versions().isEmpty()) {
      throw new IllegalArgumentException(
          "none of the cipher suites can be used from %s to %s with a certificate of kind %s;"
                  .formatted(minimumTls, maximumTls, certificate.kind())
              + " no client could ever connect");
    }
    return policy;
  }

  private void refuseWhatOtherVersionsHave() {
    if (sessionTickets > 0 && !maximumTls.isAtLeast(TlsVersion.TLS_1_3)) {
      throw new IllegalArgumentException(
          "sessionTickets are of TLS 1.3, and maximumTls is %s; raise it, or set sessionTickets to 0"
              .formatted(maximumTls.name()));
    }
    refuseWithoutTls12("encryptThenMac", encryptThenMac);
    refuseWithoutTls12("sessionResumption", sessionResumption);
  }

  private void refuseWithoutTls12(String rule, boolean isSet) {
    if (isSet && minimumTls.isAtLeast(TlsVersion.TLS_1_3)) {
      throw new IllegalArgumentException(
          "%s is of TLS 1.2 and below, and minimumTls is %s; lower it, or set %s to false"
              .formatted(rule, minimumTls.name(), rule));
    }
  }
}
