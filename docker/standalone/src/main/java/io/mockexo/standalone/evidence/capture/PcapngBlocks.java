package io.mockexo.standalone.evidence.capture;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.mockexo.journal.SessionEvent.Direction;
import java.io.ByteArrayOutputStream;

/**
 * Blocks of a pcapng file (draft-ietf-opsawg-pcapng). Libraries that write such files need libpcap
 * or know no secrets; Netty's handler writes the older format, which has no place for them.
 */
final class PcapngBlocks {

  private static final int SECTION_HEADER = 0x0A0D0D0A;
  private static final int INTERFACE_DESCRIPTION = 1;
  private static final int ENHANCED_PACKET = 6;
  private static final int DECRYPTION_SECRETS = 10;

  private static final int BYTE_ORDER = 0x1A2B3C4D;
  private static final int TLS_KEY_LOG = 0x544C534B;

  /** Packets begin with the header of IP, whose version says which. */
  private static final short LINKTYPE_RAW = 101;

  private static final int END = 0;
  private static final int COMMENT = 1;
  private static final int SECTION_APPLICATION = 4;
  private static final int INTERFACE_NAME = 2;
  private static final int INTERFACE_RESOLUTION = 9;
  private static final int PACKET_FLAGS = 2;
  private static final int INBOUND = 1;
  private static final int OUTBOUND = 2;

  private static final byte NANOSECONDS = 9;

  private PcapngBlocks() {}

  /** The block that a file begins with; how long the rest is, it leaves open. */
  static byte[] section(String application, String comment) {
    Body body = new Body();
    body.putInt(BYTE_ORDER).putShort(1).putShort(0).putLong(-1);
    body.option(COMMENT, comment.getBytes(UTF_8));
    body.option(SECTION_APPLICATION, application.getBytes(UTF_8));
    return body.end().block(SECTION_HEADER);
  }

  /** Where packets were captured. */
  static byte[] networkInterface(String name) {
    Body body = new Body().putShort(LINKTYPE_RAW).putShort(0).putInt(0);
    body.option(INTERFACE_NAME, name.getBytes(UTF_8));
    body.option(INTERFACE_RESOLUTION, new byte[] {NANOSECONDS});
    return body.end().block(INTERFACE_DESCRIPTION);
  }

  /** What opens the packets that follow: lines of a key log. */
  static byte[] secrets(String keyLog) {
    byte[] lines = keyLog.getBytes(US_ASCII);
    return new Body()
        .putInt(TLS_KEY_LOG)
        .putInt(lines.length)
        .putPadded(lines)
        .block(DECRYPTION_SECRETS);
  }

  /**
   * A packet, seen from the server.
   *
   * @param epochNanos when it passed
   * @param comment empty for none
   */
  static byte[] packet(TcpFraming.Packet packet, long epochNanos, String comment) {
    Body body = new Body().putInt(0);
    body.putInt((int) (epochNanos >>> 32)).putInt((int) epochNanos);
    body.putInt(packet.bytes().length).putInt(packet.length()).putPadded(packet.bytes());
    if (!comment.isEmpty()) {
      body.option(COMMENT, comment.getBytes(UTF_8));
    }
    int flags = packet.direction() == Direction.SENT ? OUTBOUND : INBOUND;
    body.option(PACKET_FLAGS, new Body().putInt(flags).bytes());
    return body.end().block(ENHANCED_PACKET);
  }

  /** What is between the lengths of a block; all in little-endian order. */
  private static final class Body {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Body putShort(int value) {
      return put(value, 2);
    }

    Body putInt(int value) {
      return put(value, 4);
    }

    Body putLong(long value) {
      return put(value, 8);
    }

    private Body put(long value, int length) {
      for (int i = 0; i < length; i++) {
        bytes.write((int) (value >>> (8 * i)));
      }
      return this;
    }

    Body putPadded(byte[] value) {
      bytes.writeBytes(value);
      bytes.writeBytes(new byte[-value.length & 3]);
      return this;
    }

    void option(int code, byte[] value) {
      putShort(code).putShort(value.length).putPadded(value);
    }

    Body end() {
      return putShort(END).putShort(0);
    }

    byte[] bytes() {
      return bytes.toByteArray();
    }

    byte[] block(int type) {
      int length = bytes.size() + 12;
      return new Body()
          .putInt(type)
          .putInt(length)
          .putPadded(bytes.toByteArray())
          .putInt(length)
          .bytes();
    }
  }
}
