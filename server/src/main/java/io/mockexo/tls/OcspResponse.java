package io.mockexo.tls;

/**
 * An answer about the revocation of one certificate or several (RFC 6960), signed.
 *
 * @since 0.1
 */
public final class OcspResponse {

  private final byte[] encoded;

  OcspResponse(byte[] encoded) {
    this.encoded = encoded.clone();
  }

  /** In DER. */
  public byte[] encoded() {
    return encoded.clone();
  }
}
