package io.mockexo.standalone.evidence.capture;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Packets of IPv4 (RFC 791) or IPv6 (RFC 8200) between two sockets, with a segment of TCP each. */
final class IpPackets {

  private static final int TCP = 6;
  private static final int TTL = 64;
  private static final int WINDOW = 65_535;
  private static final int TCP_HEADER = 20;
  private static final int SYN_OPTIONS = 4;
  private static final int MTU = 1500;
  private static final int DO_NOT_FRAGMENT = 0x4000;

  private final boolean v4;
  private final byte[] client;
  private final byte[] server;
  private final int clientPort;
  private final int serverPort;
  private int identification;

  IpPackets(InetSocketAddress peer, InetSocketAddress local) {
    byte[] from = address(peer);
    byte[] to = address(local);
    this.v4 = from.length == 4 && to.length == 4;
    this.client = v4 ? from : mapped(from);
    this.server = v4 ? to : mapped(to);
    this.clientPort = peer.getPort();
    this.serverPort = local.getPort();
  }

  private static byte[] address(InetSocketAddress socket) {
    InetAddress address = socket.getAddress();
    return address == null ? new byte[4] : address.getAddress();
  }

  /** An IPv4 address among those of IPv6 (RFC 4291, section 2.5.5.2). */
  private static byte[] mapped(byte[] address) {
    return address.length == 16
        ? address
        : ByteBuffer.allocate(16).putShort(10, (short) 0xFFFF).put(12, address).array();
  }

  private int ipHeader() {
    return v4 ? 20 : 40;
  }

  /** How much a segment may carry on an Ethernet. */
  int maxSegment() {
    return MTU - ipHeader() - TCP_HEADER;
  }

  /**
   * Makes a packet.
   *
   * @param length how many of {@code bytes} it has, from {@code begin}
   * @param missing how many bytes follow on the wire that are not in it
   */
  byte[] segment(
      boolean fromServer,
      int sequence,
      int acknowledged,
      int flags,
      byte[] bytes,
      int begin,
      int length,
      int missing) {
    int options = (flags & TcpFraming.SYN) == 0 ? 0 : SYN_OPTIONS;
    int tcpLength = TCP_HEADER + options + length;
    ByteBuffer packet = ByteBuffer.allocate(ipHeader() + tcpLength);
    byte[] source = fromServer ? server : client;
    byte[] destination = fromServer ? client : server;
    putIpHeader(packet, source, destination, tcpLength + missing);
    packet.putShort((short) (fromServer ? serverPort : clientPort));
    packet.putShort((short) (fromServer ? clientPort : serverPort));
    packet.putInt(sequence).putInt(acknowledged);
    packet.putShort((short) ((((TCP_HEADER + options) / 4) << 12) | flags));
    packet.putShort((short) WINDOW).putInt(0);
    if (options > 0) {
      packet.put((byte) 2).put((byte) SYN_OPTIONS).putShort((short) maxSegment());
    }
    packet.put(bytes, begin, length);
    if (missing == 0) { // nobody could check another one
      putTcpChecksum(packet, source, destination, tcpLength);
    }
    return packet.array();
  }

  private void putIpHeader(ByteBuffer packet, byte[] source, byte[] destination, int payload) {
    if (v4) {
      packet.putShort((short) 0x4500).putShort((short) (ipHeader() + payload));
      packet.putShort((short) identification++).putShort((short) DO_NOT_FRAGMENT);
      packet.put((byte) TTL).put((byte) TCP).putShort((short) 0);
      packet.put(source).put(destination);
      packet.putShort(10, checksum(sum(packet, 0, ipHeader())));
    } else {
      packet.putInt(0x6000_0000).putShort((short) payload).put((byte) TCP).put((byte) TTL);
      packet.put(source).put(destination);
    }
  }

  /** Over the segment, and a header that nobody sends (RFC 9293, section 3.1). */
  private void putTcpChecksum(ByteBuffer packet, byte[] source, byte[] destination, int length) {
    long sum = (long) TCP + length;
    sum += sum(ByteBuffer.wrap(source), 0, source.length);
    sum += sum(ByteBuffer.wrap(destination), 0, destination.length);
    sum += sum(packet, ipHeader(), length);
    packet.putShort(ipHeader() + 16, checksum(sum));
  }

  /** The sum of 16-bit words, the last one filled up (RFC 1071). */
  private static long sum(ByteBuffer bytes, int begin, int length) {
    long sum = 0;
    for (int i = 0; i < length; i++) {
      int value = bytes.get(begin + i) & 0xFF;
      sum += i % 2 == 0 ? value << 8 : value;
    }
    return sum;
  }

  private static short checksum(long sum) {
    long folded = sum;
    while (folded > 0xFFFF) {
      folded = (folded & 0xFFFF) + (folded >> 16);
    }
    return (short) ~folded;
  }
}
