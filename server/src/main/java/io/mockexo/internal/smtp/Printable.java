package io.mockexo.internal.smtp;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Bytes of a client as text for people: UTF-8 stays what it is; bytes that are not UTF-8 and
 * characters that do not print or that change the direction of text are escaped ({@code \x00}).
 */
final class Printable {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private Printable() {}

  /**
   * {@code bytes}, cut at {@code maxLength} characters with a mark of how many bytes are left out.
   */
  static String line(byte[] bytes, int maxLength) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer oneCharacter = CharBuffer.allocate(2);
    StringBuilder text = new StringBuilder();
    while (in.hasRemaining()) {
      int start = in.position();
      String piece = next(decoder, in, oneCharacter);
      if (text.length() + piece.length() > maxLength) {
        return text.append(" ... (").append(bytes.length - start).append(" more bytes)").toString();
      }
      text.append(piece);
    }
    return text.toString();
  }

  /** Reads one character, or the bytes that are none. */
  private static String next(CharsetDecoder decoder, ByteBuffer in, CharBuffer out) {
    int start = in.position();
    int first = in.get(start);
    if (first >= ' ' && first < 0x7F) {
      in.position(start + 1);
      return String.valueOf((char) first);
    }
    int length = Math.min(in.remaining(), sequenceLength(first));
    out.clear();
    decoder.reset();
    CoderResult result = decoder.decode(in.slice(start, length), out, true);
    out.flip();
    if (result.isError() || out.length() == 0) {
      in.position(start + 1);
      return escaped(in, start, 1);
    }
    in.position(start + length);
    int character = Character.codePointAt(out, 0);
    return isPrintable(character) ? Character.toString(character) : escaped(in, start, length);
  }

  /** By the first byte of a UTF-8 sequence (RFC 3629, section 3). */
  private static int sequenceLength(int first) {
    if ((first & 0xE0) == 0xC0) {
      return 2;
    }
    if ((first & 0xF0) == 0xE0) {
      return 3;
    }
    return (first & 0xF8) == 0xF0 ? 4 : 1;
  }

  private static boolean isPrintable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static String escaped(ByteBuffer in, int start, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = start; i < start + length; i++) {
      text.append("\\x").append(HEX.toHexDigits(in.get(i)));
    }
    return text.toString();
  }
}
