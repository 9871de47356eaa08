package io.mockexo.exchange;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A range of IPv4 or IPv6 addresses in CIDR notation (RFC 4632; RFC 4291, section 2.3).
 *
 * @since 0.1
 */
public final class CidrBlock {

  private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";

  /** Only literals: anything else would be looked up as a host name. */
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");

  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
  private static final Pattern PREFIX_LENGTH = Pattern.compile("\\d{1,3}");

  private final byte[] network;
  private final int prefixLength;
  private final String text;

  private CidrBlock(byte[] network, int prefixLength, String text) {
    this.network = network;
    this.prefixLength = prefixLength;
    this.text = text;
  }

  /**
   * The block for {@code 192.0.2.0/24}, {@code 2001:db8::/32} or a single address. Bits behind the
   * prefix are ignored.
   *
   * @throws IllegalArgumentException if {@code cidr} is neither
   */
  public static CidrBlock parse(String cidr) {
    String text = cidr.strip();
    int slash = text.indexOf('/');
    byte[] network = literal(slash < 0 ? text : text.substring(0, slash), cidr);
    int bits = network.length * 8;
    int prefixLength = bits;
    if (slash >= 0) {
      String suffix = text.substring(slash + 1);
      prefixLength = PREFIX_LENGTH.matcher(suffix).matches() ? Integer.parseInt(suffix) : -1;
      if (prefixLength < 0 || prefixLength > bits) {
        throw new IllegalArgumentException(
            "'%s': the prefix length is a number from 0 to %d".formatted(cidr, bits));
      }
    }
    return new CidrBlock(masked(network, prefixLength), prefixLength, text);
  }

  /** Whether {@code address} lies in this block. */
  public boolean contains(InetAddress address) {
    byte[] candidate = address.getAddress();
    if (candidate.length != network.length) {
      return false;
    }
    return Arrays.equals(masked(candidate, prefixLength), network);
  }

  /** Whether it is a range of IPv4 addresses. */
  public boolean isIpv4() {
    return network.length == 4;
  }

  /** How many bits are fixed: 32 for a single IPv4 address, 128 for one of IPv6. */
  public int prefixLength() {
    return prefixLength;
  }

  private static byte[] masked(byte[] address, int prefixLength) {
    byte[] masked = address.clone();
    for (int bit = prefixLength; bit < masked.length * 8; bit++) {
      masked[bit / 8] &= (byte) ~(0x80 >>> bit % 8);
    }
    return masked;
  }

  private static byte[] literal(String address, String cidr) {
    if (IPV4.matcher(address).matches() || IPV6.matcher(address).matches()) {
      try {
        return InetAddress.getByName(address).getAddress();
      } catch (UnknownHostException e) {
        // falls through to the one message that tells what is wanted
      }
    }
    throw new IllegalArgumentException(
        "'%s' is not an address or CIDR block; expected for example 192.0.2.0/24 or 2001:db8::/32"
            .formatted(cidr));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CidrBlock block
        && block.prefixLength == prefixLength
        && Arrays.equals(block.network, network);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(network) + prefixLength;
  }

  /** The notation it was made from. */
  @Override
  public String toString() {
    return text;
  }
}
