package io.mockexo.tls;

import java.net.URI;
import java.util.Objects;

/**
 * Where a certificate says that its revocation can be looked up.
 *
 * @param crl where the list is (RFC 5280, section 4.2.1.13)
 * @param ocsp where questions are answered (RFC 6960)
 * @since 0.1
 */
public record RevocationPoints(URI crl, URI ocsp) {

  /** Checks. */
  public RevocationPoints {
    Objects.requireNonNull(crl);
    Objects.requireNonNull(ocsp);
  }
}
