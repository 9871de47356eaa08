package io.mockexo.internal.tls;

import org.jspecify.annotations.Nullable;

/**
 * The CLIENT-HELLO of SSL 2.0, which clients of the time also sent to offer SSL 3.0 and TLS (RFC
 * 5246, appendix E.2): a record header of two bytes with the high bit set, then
 *
 * <pre>
 * uint8 msg_type = 1; uint8 version[2];
 * uint16 cipher_spec_length; uint16 session_id_length; uint16 challenge_length;
 * </pre>
 *
 * and the three fields so announced. No header of a TLS record looks like that.
 */
final class Sslv2Hello {

  private static final int RECORD_HEADER = 2;
  private static final int FIXED_FIELDS = 9;
  private static final int CIPHER_SPEC_SIZE = 3;

  private Sslv2Hello() {}

  /** Whether the bytes, one at least, can be the beginning of one. */
  static boolean isPossible(ByteBuilder bytes) {
    return (bytes.uint8(0) & 0x80) != 0
        && (bytes.size() < 2 || recordLength(bytes) >= FIXED_FIELDS)
        && (bytes.size() < 3 || bytes.uint8(2) == 1)
        && (bytes.size() < 4 || bytes.uint8(3) == 0 || bytes.uint8(3) == TlsRecord.MAJOR_VERSION);
  }

  static boolean isComplete(ByteBuilder bytes) {
    return bytes.size() >= RECORD_HEADER && bytes.size() >= RECORD_HEADER + recordLength(bytes);
  }

  /** The hello, or null if its lengths do not add up and it is something else after all. */
  static HelloOutcome.@Nullable Sslv2 parse(ByteBuilder bytes) {
    int cipherSpecs = bytes.uint16(5);
    int fields = cipherSpecs + bytes.uint16(7) + bytes.uint16(9);
    if (FIXED_FIELDS + fields != recordLength(bytes) || cipherSpecs % CIPHER_SPEC_SIZE != 0) {
      return null;
    }
    return new HelloOutcome.Sslv2(bytes.uint16(3), cipherSpecs / CIPHER_SPEC_SIZE);
  }

  private static int recordLength(ByteBuilder bytes) {
    return bytes.uint16(0) & 0x7FFF;
  }
}
