package io.mockexo.internal.tls;

/**
 * Cuts a byte stream into TLS records, one at a time, in one buffer that is used again and again.
 * Bouncy Castle takes whole records without queueing them, decrypts them in place, and keeps no
 * reference.
 */
final class RecordFramer {

  private byte[] record = new byte[1024];
  private int filled;

  /**
   * Takes what the record still needs, at most {@code length} bytes; of what {@linkplain #isTls()
   * is no record} not more than a header.
   *
   * @return how many bytes were taken
   */
  int take(byte[] bytes, int offset, int length) {
    int taken = fill(TlsRecord.HEADER, bytes, offset, length);
    if (filled >= TlsRecord.HEADER && isTls() && !isOversized()) {
      taken += fill(size(), bytes, offset + taken, length - taken);
    }
    return taken;
  }

  /** Whether what has been taken can be the beginning of a record. */
  boolean isTls() {
    return TlsRecord.isPossible(record, 0, filled);
  }

  /**
   * Whether the record is whole. One whose length no version of TLS allows ends with its header:
   * that is enough to refuse it.
   */
  boolean isComplete() {
    return filled >= TlsRecord.HEADER && (isOversized() || filled == size());
  }

  /** The record, header included; only the first {@link #filled()} bytes of the array count. */
  byte[] record() {
    return record;
  }

  int filled() {
    return filled;
  }

  /** {@code ProtocolVersion} in the header of the record. */
  int version() {
    return uint16(TlsRecord.VERSION_AT);
  }

  /** Begins the next record. */
  void next() {
    filled = 0;
  }

  private int fill(int target, byte[] bytes, int offset, int length) {
    int count = Math.min(target - filled, length);
    if (count <= 0) {
      return 0;
    }
    if (target > record.length) {
      byte[] larger = new byte[TlsRecord.HEADER + TlsRecord.MAX_CIPHERTEXT];
      System.arraycopy(record, 0, larger, 0, filled);
      record = larger;
    }
    System.arraycopy(bytes, offset, record, filled, count);
    filled += count;
    return count;
  }

  private boolean isOversized() {
    return uint16(TlsRecord.LENGTH_AT) > TlsRecord.MAX_CIPHERTEXT;
  }

  private int size() {
    return TlsRecord.HEADER + uint16(TlsRecord.LENGTH_AT);
  }

  private int uint16(int index) {
    return (record[index] & 0xFF) << 8 | (record[index + 1] & 0xFF);
  }
}
