package io.mockexo.tls;

import java.util.Locale;
import java.util.Optional;

/**
 * Alert descriptions of RFC 8446, section 6, and of the earlier versions, under their RFC names.
 *
 * @since 0.1
 */
public enum AlertDescription {
  CLOSE_NOTIFY(0),
  UNEXPECTED_MESSAGE(10),
  BAD_RECORD_MAC(20),
  DECRYPTION_FAILED(21),
  RECORD_OVERFLOW(22),
  DECOMPRESSION_FAILURE(30),
  HANDSHAKE_FAILURE(40),
  NO_CERTIFICATE(41),
  BAD_CERTIFICATE(42),
  UNSUPPORTED_CERTIFICATE(43),
  CERTIFICATE_REVOKED(44),
  CERTIFICATE_EXPIRED(45),
  CERTIFICATE_UNKNOWN(46),
  ILLEGAL_PARAMETER(47),
  UNKNOWN_CA(48),
  ACCESS_DENIED(49),
  DECODE_ERROR(50),
  DECRYPT_ERROR(51),
  EXPORT_RESTRICTION(60),
  PROTOCOL_VERSION(70),
  INSUFFICIENT_SECURITY(71),
  INTERNAL_ERROR(80),
  INAPPROPRIATE_FALLBACK(86),
  USER_CANCELED(90),
  NO_RENEGOTIATION(100),
  MISSING_EXTENSION(109),
  UNSUPPORTED_EXTENSION(110),
  CERTIFICATE_UNOBTAINABLE(111),
  UNRECOGNIZED_NAME(112),
  BAD_CERTIFICATE_STATUS_RESPONSE(113),
  BAD_CERTIFICATE_HASH_VALUE(114),
  UNKNOWN_PSK_IDENTITY(115),
  CERTIFICATE_REQUIRED(116),
  NO_APPLICATION_PROTOCOL(120);

  private final int code;

  AlertDescription(int code) {
    this.code = code;
  }

  /** The byte on the wire. */
  public int code() {
    return code;
  }

  /** The description for its wire code, or empty for a code that no RFC assigns. */
  public static Optional<AlertDescription> ofCode(int code) {
    for (AlertDescription description : values()) {
      if (description.code == code) {
        return Optional.of(description);
      }
    }
    return Optional.empty();
  }

  /** The name for a wire code: {@code unknown_ca}, or {@code alert 255} if no RFC names it. */
  public static String nameOf(int code) {
    return ofCode(code).map(AlertDescription::toString).orElseGet(() -> "alert " + code);
  }

  /** The name as the RFC writes it: {@code unknown_ca}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
