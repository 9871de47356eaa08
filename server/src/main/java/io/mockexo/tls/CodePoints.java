package io.mockexo.tls;

/** Names for code points that no table knows. */
final class CodePoints {

  private CodePoints() {}

  /**
   * {@code GREASE} for the reserved values of RFC 8701, section 2, else the code: {@code 0x1A2B}.
   */
  static String fallbackName(int code) {
    return isGrease(code) ? "GREASE" : "0x%04X".formatted(code);
  }

  /** Whether {@code code} is one of the values of two bytes that RFC 8701, section 2, reserves. */
  static boolean isGrease(int code) {
    return (code & 0x0F0F) == 0x0A0A && code >>> 8 == (code & 0xFF);
  }
}
