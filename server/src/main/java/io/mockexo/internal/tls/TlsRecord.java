package io.mockexo.internal.tls;

import io.mockexo.tls.TlsVersion;

/** The outside of a TLS record (RFC 8446, section 5.1; the same since SSL 3.0). */
public final class TlsRecord {

  static final int CHANGE_CIPHER_SPEC = 20;
  public static final int ALERT = 21;
  public static final int HANDSHAKE = 22;

  /** RFC 6520. Never agreed on here, but a record of TLS. */
  static final int HEARTBEAT = 24;

  /** The first byte of every version from SSL 3.0 to TLS 1.3. */
  static final int MAJOR_VERSION = 3;

  /** Type, version, length. */
  public static final int HEADER = 5;

  static final int VERSION_AT = 1;
  static final int LENGTH_AT = 3;

  /** The most that a record in plaintext may carry. */
  static final int MAX_PLAINTEXT = 1 << 14;

  /** The most that any version allows for an encrypted record (RFC 5246, section 6.2.3). */
  public static final int MAX_CIPHERTEXT = MAX_PLAINTEXT + 2048;

  private static final int FATAL = 2;

  private TlsRecord() {}

  /** Whether these bytes can be the beginning of a record: the first one of cleartext cannot. */
  public static boolean isPossible(byte[] bytes, int offset, int length) {
    return (length < 1 || (bytes[offset] >= CHANGE_CIPHER_SPEC && bytes[offset] <= HEARTBEAT))
        && (length < 2 || bytes[offset + VERSION_AT] == MAJOR_VERSION);
  }

  /**
   * A whole record with a fatal alert, for as long as there are no keys. It has the client's
   * version, at most TLS 1.2 (RFC 8446, section 5.1).
   */
  static byte[] fatalAlert(int clientVersion, int description) {
    int highest = Math.min(clientVersion, TlsVersion.TLS_1_2.code());
    int version = Math.max(highest, TlsVersion.SSL_3.code());
    return new byte[] {
      ALERT, (byte) (version >>> 8), (byte) version, 0, 2, FATAL, (byte) description
    };
  }
}
