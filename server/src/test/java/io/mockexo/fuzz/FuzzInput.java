package io.mockexo.fuzz;

import java.util.Arrays;

/** The bytes that a fuzzer invents, taken from the front; zeros when they are used up. */
public final class FuzzInput {

  private final byte[] bytes;
  private int position;

  public FuzzInput(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Whether there is another byte. */
  public boolean hasMore() {
    return position < bytes.length;
  }

  /** The next byte, 0 to 255. */
  public int next() {
    return hasMore() ? bytes[position++] & 0xFF : 0;
  }

  /** At most so many of the next bytes. */
  public byte[] take(int count) {
    int from = position;
    position = Math.min(bytes.length, position + count);
    return Arrays.copyOfRange(bytes, from, position);
  }

  /** All that is left. */
  public byte[] rest() {
    return take(bytes.length);
  }
}
