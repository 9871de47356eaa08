package io.mockexo.exchange;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A range of IPv4 or IPv6 addresses in CIDR notation (RFC 4632; RFC 4291, section 2.3).
 *
 * @since 0.1
 */
public final class CidrBlock {

  /** Only literals: a host name would be looked up. */
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

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
      try {
        prefixLength = Integer.parseInt(text.substring(slash + 1));
      } catch (NumberFormatException e) {
        prefixLength = -1;
      }
      if (prefixLength < 0 || prefixLength > bits) {
        throw new IllegalArgumentException(
            "'%s': the prefix length is a number from 0 to %d".formatted(cidr, bits));
      }
    }
    return new CidrBlock(network, prefixLength, text);
  }

  /** Whether {@code address} lies in this block. */
  public boolean contains(InetAddress address) {
    byte[] candidate = address.getAddress();
    if (candidate.length != network.length) {
      return false;
    }
    int wholeBytes = prefixLength / 8;
    for (int i = 0; i < wholeBytes; i++) {
      if (candidate[i] != network[i]) {
        return false;
      }
    }
    int restBits = prefixLength % 8;
    if (restBits == 0) {
      return true;
    }
    int mask = 0xFF << (8 - restBits) & 0xFF;
    return (candidate[wholeBytes] & mask) == (network[wholeBytes] & mask);
  }

  private static byte[] literal(String address, String cidr) {
    if (LITERAL.matcher(address).matches()) {
      boolean shortIpv4 =
          !address.contains(":") && address.chars().filter(c -> c == '.').count() != 3;
      try {
        if (!shortIpv4) {
          return InetAddress.getByName(address).getAddress();
        }
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
    return other instanceof CidrBlock block && block.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The notation it was made from. */
  @Override
  public String toString() {
    return text;
  }
}
