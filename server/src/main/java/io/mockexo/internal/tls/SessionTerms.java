package io.mockexo.internal.tls;

import io.mockexo.tls.TlsJudgement;
import io.mockexo.tls.TlsPolicy;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * On what a session was agreed.
 *
 * @param policy the rules in force
 * @param decision version and suite
 * @param serverName whom the client asked for
 */
record SessionTerms(TlsPolicy policy, TlsJudgement.Accept decision, @Nullable String serverName) {

  /**
   * Whether a session with these terms may be resumed under others: only where a full handshake
   * would come to the same, and not for another name (RFC 6066, section 3).
   */
  boolean holdUnder(SessionTerms present) {
    return decision.version() == present.decision.version()
        && decision.cipherSuite().equals(present.decision.cipherSuite())
        && Objects.equals(serverName, present.serverName)
        && isAlike(present.policy);
  }

  private boolean isAlike(TlsPolicy present) {
    return policy.encryptThenMac() == present.encryptThenMac()
        && policy.certificateChoice().equals(present.certificateChoice())
        && policy.clientCertificate() == present.clientCertificate()
        && policy.clientAuthorities().equals(present.clientAuthorities());
  }
}
