package io.mockexo.internal.tls;

import java.nio.charset.StandardCharsets;

/** Reads the presentation language of RFC 8446, section 3, and never past an announced length. */
final class WireReader {

  /** A length says more than there is, or less. */
  static final class MalformedException extends Exception {
    MalformedException(String message) {
      super(message);
    }
  }

  private final byte[] bytes;
  private final int end;
  private int position;

  WireReader(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.position = offset;
    this.end = offset + length;
  }

  boolean hasMore() {
    return position < end;
  }

  int uint8() throws MalformedException {
    return bytes[advance(1)] & 0xFF;
  }

  int uint16() throws MalformedException {
    int at = advance(2);
    return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }

  void skip(int length) throws MalformedException {
    advance(length);
  }

  /** A vector with a length of one byte. */
  WireReader vector8() throws MalformedException {
    return vector(uint8());
  }

  /** A vector with a length of two bytes. */
  WireReader vector16() throws MalformedException {
    return vector(uint16());
  }

  /** All that is left, one character per byte: a client may send bytes that are no text. */
  String text() {
    String text = new String(bytes, position, end - position, StandardCharsets.ISO_8859_1);
    position = end;
    return text;
  }

  /** To be called where nothing may be left. */
  void expectEnd(String what) throws MalformedException {
    if (hasMore()) {
      throw new MalformedException((end - position) + " bytes too many in " + what);
    }
  }

  private WireReader vector(int length) throws MalformedException {
    return new WireReader(bytes, advance(length), length);
  }

  private int advance(int length) throws MalformedException {
    if (length > end - position) {
      throw new MalformedException(
          "%d bytes announced, %d there".formatted(length, end - position));
    }
    int at = position;
    position += length;
    return at;
  }
}
