package io.mockexo.tls;

/**
 * What a server finds out about the certificate that a client shows.
 *
 * @since 0.1
 */
public enum ClientVerdict {
  /** It leads to an authority that is trusted, and nothing is wrong on the way. */
  TRUSTED,
  /**
   * It does not lead to an authority that is trusted; also because the client has left out an
   * intermediate, which Exchange Online does not fetch (facts 5.5).
   */
  UNTRUSTED_ROOT,
  /** It is signed with its own key, and not trusted as such. */
  SELF_SIGNED,
  /** It was valid, or one above it was. */
  EXPIRED,
  /** It is going to be valid, or one above it is. */
  NOT_YET_VALID,
  /** Its authority has revoked it. */
  REVOKED,
  /** Whether it is revoked cannot be told, since the list that it names cannot be had. */
  REVOCATION_UNKNOWN,
  /** Anything else: it cannot be read, or an authority may not issue what it issued. */
  INVALID
}
