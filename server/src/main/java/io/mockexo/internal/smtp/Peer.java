package io.mockexo.internal.smtp;

import io.mockexo.tls.ClientIdentity;
import io.mockexo.tls.TlsVersion;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is known of a client by its connection: where it comes from, and who it is inside TLS. */
final class Peer {

  private final InetAddress address;
  private @Nullable TlsVersion version;
  private boolean belowMinimum;
  private @Nullable ClientIdentity identity;

  Peer(InetAddress address) {
    this.address = address;
  }

  /**
   * The handshake is done.
   *
   * @param isBelowMinimum whether the version is one that is refused in the dialogue
   * @param client null if it showed no certificate
   */
  void tlsEstablished(
      TlsVersion negotiated, boolean isBelowMinimum, @Nullable ClientIdentity client) {
    version = negotiated;
    belowMinimum = isBelowMinimum;
    identity = client;
  }

  InetAddress address() {
    return address;
  }

  boolean isInsideTls() {
    return version != null;
  }

  /** Whether it is inside TLS of a version that is refused in the dialogue (facts 3.2). */
  boolean isBelowMinimum() {
    return belowMinimum;
  }

  /** Whether it is inside TLS 1.0 or 1.1, or older. */
  boolean isInsideOldTls() {
    return version != null && !version.isAtLeast(TlsVersion.TLS_1_2);
  }

  /** The names in its certificate, CN first; empty without one. */
  List<String> certificateNames() {
    return identity == null
        ? List.of()
        : Stream.concat(Stream.ofNullable(identity.commonName()), identity.dnsNames().stream())
            .toList();
  }

  /**
   * What is wrong with the chain of its certificate, in the words of Windows
   * (X509ChainStatusFlags); null if nothing is. UntrustedRoot is facts 4, D, the others G.
   */
  @Nullable String chainProblem() {
    if (identity == null) {
      return null;
    }
    return switch (identity.verdict()) {
      case TRUSTED -> null;
      case UNTRUSTED_ROOT, SELF_SIGNED -> "UntrustedRoot";
      case EXPIRED, NOT_YET_VALID -> "NotTimeValid";
      case REVOKED -> "Revoked";
      case REVOCATION_UNKNOWN -> "RevocationStatusUnknown";
      case INVALID -> "PartialChain";
    };
  }
}
