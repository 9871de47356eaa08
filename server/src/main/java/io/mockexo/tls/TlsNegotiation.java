package io.mockexo.tls;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One ClientHello held against one {@link TlsPolicy}. */
final class TlsNegotiation {

  private final TlsPolicy policy;
  private final ClientHello hello;

  TlsNegotiation(TlsPolicy policy, ClientHello hello) {
    this.policy = policy;
    this.hello = hello;
  }

  TlsJudgement judge() {
    TlsVersion version = highestCommon(policy.minimumTls());
    if (version == null && policy.refuseOldTlsWith() == TlsRefusal.REPLY) {
      version = highestCommon(TlsVersion.SSL_3);
    }
    if (version == null) {
      return refuseVersion();
    }
    TlsVersion chosen = version;
    boolean belowMinimum = !chosen.isAtLeast(policy.minimumTls());
    return firstCommonSuite(chosen)
        .<TlsJudgement>map(
            suite -> new TlsJudgement.Accept(chosen, suite, groupFor(suite), belowMinimum))
        .orElseGet(() -> refuseParameters(chosen));
  }

  /**
   * The highest version that both sides allow, as RFC 8446, section 4.2.1, has the server choose.
   */
  private @Nullable TlsVersion highestCommon(TlsVersion floor) {
    @Nullable TlsVersion highest = null;
    for (TlsVersion version : TlsVersion.values()) {
      boolean allowed = version.isAtLeast(floor) && policy.maximumTls().isAtLeast(version);
      if (allowed && hello.offers(version) && policy.hasSuiteFor(version)) {
        highest = version;
      }
    }
    return highest;
  }

  /** A server that has chosen a version does not try a lower one for want of a suite (seed 0). */
  private Optional<CipherSuite> firstCommonSuite(TlsVersion version) {
    List<CipherSuite> preferred =
        policy.serverPreference() ? policy.cipherSuites() : hello.cipherSuites();
    List<CipherSuite> others =
        policy.serverPreference() ? hello.cipherSuites() : policy.cipherSuites();
    return preferred.stream()
        .filter(others::contains)
        .filter(suite -> policy.isUsable(suite, version))
        .filter(suite -> !needsGroup(suite) || groupFor(suite) != null)
        .filter(suite -> canSign(suite, version))
        .findFirst();
  }

  private static boolean needsGroup(CipherSuite suite) {
    return suite.isTls13() || suite.keyExchange().startsWith("ECDHE");
  }

  /** Without supported_groups an older client takes any curve (RFC 8422, section 4). */
  private @Nullable NamedGroup groupFor(CipherSuite suite) {
    if (!needsGroup(suite)) {
      return null;
    }
    if (hello.groups().isEmpty() && !suite.isTls13()) {
      return policy.groups().contains(NamedGroup.SECP256R1)
          ? NamedGroup.SECP256R1
          : policy.groups().get(0);
    }
    return policy.groups().stream().filter(hello.groups()::contains).findFirst().orElse(null);
  }

  /** RSA key exchange signs nothing; before TLS 1.2 there was no choice of scheme. */
  private boolean canSign(CipherSuite suite, TlsVersion version) {
    if (suite.keyExchange().equals("RSA") || !version.isAtLeast(TlsVersion.TLS_1_2)) {
      return true;
    }
    if (version == TlsVersion.TLS_1_2 && hello.signatureSchemes().isEmpty()) {
      return true; // SHA-1 is then implied (RFC 5246, section 7.4.1.4.1)
    }
    return hello.signatureSchemes().stream()
        .anyMatch(scheme -> policy.certificate().signs(scheme, version));
  }

  private TlsJudgement refuseVersion() {
    boolean tooOld =
        hello.highestVersion().map(v -> !v.isAtLeast(policy.minimumTls())).orElse(true);
    String reason =
        tooOld
            ? "below " + policy.minimumTls()
            : "no version in common, up to " + highest(policy.versions());
    return refuse(TlsMismatch.VERSION, reason, AlertDescription.PROTOCOL_VERSION);
  }

  private static TlsVersion highest(List<TlsVersion> versions) {
    return versions.get(versions.size() - 1);
  }

  private TlsJudgement refuseParameters(TlsVersion version) {
    boolean suiteInCommon =
        hello.cipherSuites().stream()
            .anyMatch(s -> policy.cipherSuites().contains(s) && policy.isUsable(s, version));
    AlertDescription alert = AlertDescription.HANDSHAKE_FAILURE;
    return suiteInCommon
        ? refuse(
            TlsMismatch.GROUP_OR_SIGNATURE_SCHEME,
            "no group or signature scheme in common for " + version,
            alert)
        : refuse(TlsMismatch.CIPHER_SUITE, "no cipher suite in common for " + version, alert);
  }

  private TlsJudgement refuse(TlsMismatch mismatch, String reason, AlertDescription fitting) {
    AlertDescription chosen = policy.refusalAlert();
    TlsRefusal how = policy.refuseOldTlsWith();
    return new TlsJudgement.Refuse(
        how == TlsRefusal.REPLY ? TlsRefusal.FIN : how,
        chosen != null ? chosen : fitting,
        mismatch,
        reason);
  }
}
