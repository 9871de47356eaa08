package io.mockexo.internal.tls;

import java.util.Arrays;

/** Bytes that are collected until they make sense. */
final class ByteBuilder {

  private byte[] bytes = new byte[512];
  private int size;

  void append(byte[] source, int offset, int length) {
    if (size + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + length, 2 * bytes.length));
    }
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
  }

  int size() {
    return size;
  }

  /** The bytes themselves, not a copy; only the first {@link #size()} mean anything. */
  byte[] array() {
    return bytes;
  }

  int uint8(int index) {
    return bytes[index] & 0xFF;
  }

  int uint16(int index) {
    return uint8(index) << 8 | uint8(index + 1);
  }

  int uint24(int index) {
    return uint16(index) << 8 | uint8(index + 2);
  }
}
