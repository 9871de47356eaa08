package io.mockexo.tls;

/**
 * What is wrong with the certificate that a server shows. Each is one thing only: whoever overlooks
 * it finds everything else in order. It goes with every {@link CertificateKind}.
 *
 * @since 0.1
 */
public enum CertificateFlaw {
  /** It ended a day ago. */
  EXPIRED,
  /** It begins in a day: also what a client shows whose clock is slow. */
  NOT_YET_VALID,
  /** It is signed with its own key, and comes alone. */
  SELF_SIGNED,
  /**
   * An authority has issued it that the trust anchor given to clients does not cover. This is what
   * a firewall shows that inspects TLS: the names are right, and the issuer is its own, {@code
   * CN=Mock TLS Inspection CA}.
   */
  UNKNOWN_ROOT,
  /**
   * It is another host's, {@code wrong-host.example}: no other name and no address is in it, not
   * even {@code localhost} and {@code 127.0.0.1}.
   */
  WRONG_HOST,
  /** The leaf comes without the intermediate that has issued it. */
  MISSING_INTERMEDIATE,
  /** The signature of the leaf is made with SHA-1, which nobody should have accepted since 2017. */
  SHA1_SIGNATURE
}
