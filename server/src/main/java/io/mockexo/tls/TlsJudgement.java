package io.mockexo.tls;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link TlsPolicy} decides about a {@link ClientHello}.
 *
 * @since 0.1
 */
public sealed interface TlsJudgement {

  /**
   * The handshake goes on.
   *
   * @param version the version to negotiate
   * @param cipherSuite the suite to negotiate
   * @param group the group for the key exchange; null where the suite needs none (RSA key exchange,
   *     DHE)
   * @param belowMinimum whether the version is below the floor and is completed only so that {@code
   *     421 4.7.66} can answer later ({@link TlsRefusal#REPLY})
   */
  record Accept(
      TlsVersion version, CipherSuite cipherSuite, @Nullable NamedGroup group, boolean belowMinimum)
      implements TlsJudgement {}

  /**
   * The handshake is refused before the server has sent a byte in answer.
   *
   * @param how what the server does instead of answering; never {@link TlsRefusal#REPLY}
   * @param alert the alert to send if {@code how} is {@link TlsRefusal#ALERT}
   * @param mismatch what is not in common
   * @param reason why, in a few words: {@code below TLS 1.2}
   */
  record Refuse(TlsRefusal how, AlertDescription alert, TlsMismatch mismatch, String reason)
      implements TlsJudgement {}
}
