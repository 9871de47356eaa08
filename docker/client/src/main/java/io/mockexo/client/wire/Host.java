package io.mockexo.client.wire;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** An address that an endpoint listens on, or a client's, as people write it. */
public record Host(InetAddress address) {

  private static final Pattern ZEROS = Pattern.compile("(?<![^:])0(:0)+(?![^:])");

  /**
   * The address with this name or literal.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Host of(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("expected an address, for example 127.0.0.1 or ::1");
    }
    try {
      return new Host(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("'%s' is not known as an address".formatted(text), e);
    }
  }

  /** Whether one port cannot be had on both. */
  public boolean overlaps(Host other) {
    return address.equals(other.address)
        || address.isAnyLocalAddress()
        || other.address.isAnyLocalAddress();
  }

  /** {@code 192.0.2.1:25} or {@code [::1]:25}. */
  public String withPort(int port) {
    return (address instanceof Inet6Address ? "[" + this + "]" : this) + ":" + port;
  }

  /** The literal; the longest run of zeros is left out of an IPv6 address (RFC 5952). */
  @Override
  public String toString() {
    String full = address.getHostAddress();
    if (!(address instanceof Inet6Address)) {
      return full;
    }
    int scope = full.indexOf('%');
    String groups = scope < 0 ? full : full.substring(0, scope);
    String rest = scope < 0 ? "" : full.substring(scope);
    return ZEROS
            .matcher(groups)
            .results()
            .min(Comparator.comparingInt(run -> -run.group().length()))
            .map(run -> shortened(groups, run))
            .orElse(groups)
        + rest;
  }

  private static String shortened(String groups, MatchResult run) {
    String before = groups.substring(0, run.start());
    String after = groups.substring(run.end());
    return (before.isEmpty() ? ":" : before) + (after.isEmpty() ? ":" : after);
  }
}
