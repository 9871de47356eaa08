package io.mockexo.internal.smtp;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Addresses as .NET writes them, which for IPv6 is RFC 5952; Java's own text does not shorten. */
final class AddressText {

  private static final int GROUPS = 8;

  private AddressText() {}

  static String of(InetAddress address) {
    return address instanceof Inet6Address
        ? shortened(address.getAddress())
        : address.getHostAddress();
  }

  /** The longest run of two or more zero groups, the first of equals, becomes {@code ::}. */
  private static String shortened(byte[] bytes) {
    int runStart = -1;
    int runLength = 1;
    for (int from = 0; from < GROUPS; from++) {
      int to = from;
      while (to < GROUPS && group(bytes, to) == 0) {
        to++;
      }
      if (to - from > runLength) {
        runStart = from;
        runLength = to - from;
      }
    }
    if (runStart < 0) {
      return groups(bytes, 0, GROUPS);
    }
    return groups(bytes, 0, runStart) + "::" + groups(bytes, runStart + runLength, GROUPS);
  }

  private static String groups(byte[] bytes, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(i == from ? "" : ":").append(Integer.toHexString(group(bytes, i)));
    }
    return text.toString();
  }

  private static int group(byte[] bytes, int index) {
    return (bytes[2 * index] & 0xFF) << 8 | (bytes[2 * index + 1] & 0xFF);
  }
}
