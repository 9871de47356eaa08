package io.mockexo.tls;

import java.util.Optional;

/**
 * A version of the TLS protocol, in ascending order of strength.
 *
 * @since 0.1
 */
public enum TlsVersion {
  /** SSL 3.0 (RFC 6101), prohibited by RFC 7568. */
  SSL_3(0x0300, "SSL 3.0"),
  /** TLS 1.0 (RFC 2246), deprecated by RFC 8996. */
  TLS_1_0(0x0301, "TLS 1.0"),
  /** TLS 1.1 (RFC 4346), deprecated by RFC 8996. */
  TLS_1_1(0x0302, "TLS 1.1"),
  /** TLS 1.2 (RFC 5246): the floor of Exchange Online since 2021. */
  TLS_1_2(0x0303, "TLS 1.2"),
  /** TLS 1.3 (RFC 8446). */
  TLS_1_3(0x0304, "TLS 1.3");

  private final int code;
  private final String displayName;

  TlsVersion(int code, String displayName) {
    this.code = code;
    this.displayName = displayName;
  }

  /** The two bytes of {@code ProtocolVersion} on the wire (RFC 8446, section 4.1.2). */
  public int code() {
    return code;
  }

  /** The version for its wire code, or empty if this product does not know it (GREASE, drafts). */
  public static Optional<TlsVersion> ofCode(int code) {
    for (TlsVersion version : values()) {
      if (version.code == code) {
        return Optional.of(version);
      }
    }
    return Optional.empty();
  }

  /** Whether this version is {@code other} or a later one. */
  public boolean isAtLeast(TlsVersion other) {
    return compareTo(other) >= 0;
  }

  /** The name as people write it: {@code TLS 1.2}. */
  @Override
  public String toString() {
    return displayName;
  }
}
