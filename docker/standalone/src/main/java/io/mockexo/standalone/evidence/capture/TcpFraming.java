package io.mockexo.standalone.evidence.capture;

import io.mockexo.journal.SessionEvent.Direction;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes up the segments of TCP (RFC 9293) that bytes may have come in: a handshake, sequence
 * numbers, acknowledgments. A server's socket knows of none of these. Whatever a segment brings is
 * acknowledged by the next one of the other side, and at once where much is waiting for that.
 */
final class TcpFraming {

  static final int FIN = 0x01;
  static final int SYN = 0x02;
  static final int RST = 0x04;
  static final int PSH = 0x08;
  static final int ACK = 0x10;

  /** What a side lets pass without an acknowledgment; well below the window. */
  private static final long UNACKNOWLEDGED = 16_384;

  /** Of bytes that were left out a segment has as many as an IP packet can say it has. */
  private static final int LEFT_OUT_AT_ONCE = 60_000;

  private final Side client;
  private final Side server;
  private final int mss;
  private final IpPackets packets;
  private final List<Packet> made = new ArrayList<>();

  /** One of the two. */
  private static final class Side {
    final boolean isServer;
    int next;
    long unacknowledged;
    boolean finished;

    Side(boolean isServer, int first) {
      this.isServer = isServer;
      this.next = first;
    }
  }

  /** A packet as it is captured. */
  static final class Packet {
    private final byte[] bytes;
    private final int length;
    private final long atNanos;
    private final Direction direction;

    Packet(byte[] bytes, int length, long atNanos, Direction direction) {
      this.bytes = bytes;
      this.length = length;
      this.atNanos = atNanos;
      this.direction = direction;
    }

    byte[] bytes() {
      return bytes;
    }

    /** How long it was on the wire. */
    int length() {
      return length;
    }

    long atNanos() {
      return atNanos;
    }

    Direction direction() {
      return direction;
    }
  }

  /** The same connection has the same numbers each time. */
  TcpFraming(WireRecord wire) {
    int seed = 31 * wire.acceptedAt().hashCode() + wire.peer().getPort();
    this.client = new Side(false, seed * 0x9E3779B1);
    this.server = new Side(true, seed * 0x85EBCA77);
    this.packets = new IpPackets(wire.peer(), wire.local());
    this.mss = packets.maxSegment();
  }

  /** The handshake, which was over when the connection was accepted. */
  List<Packet> handshake() {
    send(client, SYN, 0, new byte[0], 0, 0, 0);
    send(server, SYN | ACK, 0, new byte[0], 0, 0, 0);
    acknowledge(server, 0);
    return taken();
  }

  /** The segments of one part. */
  List<Packet> of(WirePart part) {
    Side from = part.direction() == Direction.SENT ? server : client;
    if (from.finished) {
      return List.of(); // nothing can follow, whatever we were told
    }
    switch (part.kind()) {
      case BYTES -> bytes(from, part);
      case LEFT_OUT -> leftOut(from, part);
      case FIN -> {
        send(from, FIN | ACK, part.atNanos(), part.bytes(), 0, 0, 0);
        from.finished = true;
        acknowledge(from, part.atNanos());
      }
      case RST -> {
        send(from, RST | ACK, part.atNanos(), part.bytes(), 0, 0, 0);
        client.finished = true;
        server.finished = true;
      }
    }
    return taken();
  }

  private List<Packet> taken() {
    List<Packet> taken = List.copyOf(made);
    made.clear();
    return taken;
  }

  private void bytes(Side from, WirePart part) {
    byte[] bytes = part.bytes();
    for (int begin = 0; begin < bytes.length; begin += mss) {
      int length = Math.min(mss, bytes.length - begin);
      acknowledgeIfMuch(from, length, part.atNanos());
      boolean last = begin + length == bytes.length;
      send(from, last ? PSH | ACK : ACK, part.atNanos(), bytes, begin, length, length);
    }
  }

  private void leftOut(Side from, WirePart part) {
    for (long left = part.count(); left > 0; left -= LEFT_OUT_AT_ONCE) {
      int length = (int) Math.min(left, LEFT_OUT_AT_ONCE);
      acknowledgeIfMuch(from, length, part.atNanos());
      send(from, ACK, part.atNanos(), part.bytes(), 0, 0, length);
    }
  }

  private void acknowledgeIfMuch(Side from, int more, long atNanos) {
    if (from.unacknowledged > 0 && from.unacknowledged + more > UNACKNOWLEDGED) {
      acknowledge(from, atNanos);
    }
  }

  private void acknowledge(Side sender, long atNanos) {
    Side receiver = other(sender);
    send(receiver, ACK, atNanos, new byte[0], 0, 0, 0);
  }

  private Side other(Side side) {
    return side.isServer ? client : server;
  }

  /**
   * Makes a segment.
   *
   * @param kept how many of {@code bytes} there are, from {@code begin}
   * @param length how many bytes there were
   */
  private void send(
      Side from, int flags, long atNanos, byte[] bytes, int begin, int kept, int length) {
    Side to = other(from);
    int acknowledged = (flags & ACK) == 0 ? 0 : to.next;
    byte[] packet =
        packets.segment(
            from.isServer, from.next, acknowledged, flags, bytes, begin, kept, length - kept);
    Direction direction = from.isServer ? Direction.SENT : Direction.RECEIVED;
    made.add(new Packet(packet, packet.length + length - kept, atNanos, direction));
    int taken = length + ((flags & (SYN | FIN)) == 0 ? 0 : 1);
    from.next += taken;
    from.unacknowledged += taken;
    to.unacknowledged = 0;
  }
}
