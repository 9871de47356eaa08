package io.mockexo.standalone.evidence.capture;

import io.mockexo.journal.SessionEvent.Direction;
import io.mockexo.standalone.evidence.capture.TcpFraming.Packet;
import io.mockexo.tls.KeyLogLine;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A capture of one connection, in a form that Wireshark opens: as seen by the server's socket, with
 * TCP around it. It is made while it is read.
 */
public final class Capture {

  private static final String APPLICATION = "Mock Exchange Online";

  private static final int LONGEST_NAME = 200;

  private static final String ABOUT =
      """
      Connection %d of the endpoint '%s'. The bytes, their order and times, FIN and RST are those \
      that the server's socket saw; the rest of TCP was made up around them. %s\
      Wireshark takes ports 25 and 587 for SMTP; for others use Analyze > Decode As, or \
      tshark -d tcp.port==%d,smtp.""";

  private static final String SECRETS =
      "The TLS secrets of this connection are in this file: keep it secret. ";

  private static final String CUT =
      "%d bytes that were %s from here on are not in this capture: there was no room for them.";

  private static final String WITHHELD =
      "What the client sent is not in this capture, only how much: there may be credentials in it."
          + " Captures with secrets have it.";

  private final WireRecord wire;
  private final boolean withholds;
  private final TcpFraming framing;
  private boolean saidSo;

  private Capture(WireRecord wire, boolean withholds) {
    this.wire = wire;
    this.withholds = withholds;
    this.framing = new TcpFraming(wire);
  }

  /** The bytes of a file without secrets. */
  public static InputStream open(WireRecord wire) {
    return new Capture(wire, false).open(List.of());
  }

  /**
   * The bytes of a file that has everything in it.
   *
   * @param secrets what opens its TLS; may be empty
   */
  public static InputStream withSecrets(WireRecord wire, List<KeyLogLine> secrets) {
    return new Capture(wire, false).open(secrets);
  }

  /** The bytes of a file without those that the client sent, for it sent credentials. */
  public static InputStream withoutReceived(WireRecord wire) {
    return new Capture(wire, true).open(List.of());
  }

  private InputStream open(List<KeyLogLine> secrets) {
    Stream<byte[]> packets = wire.parts().stream().flatMap(this::packets);
    return new BlockStream(Stream.concat(head(secrets).stream(), packets).iterator());
  }

  private List<byte[]> head(List<KeyLogLine> secrets) {
    String name = wire.endpointName();
    String shown = name.substring(0, Math.min(name.length(), LONGEST_NAME));
    List<byte[]> head = new ArrayList<>();
    String about =
        ABOUT.formatted(
            wire.number(), shown, secrets.isEmpty() ? "" : SECRETS, wire.local().getPort());
    head.add(PcapngBlocks.section(APPLICATION, about));
    head.add(PcapngBlocks.networkInterface(shown));
    if (!secrets.isEmpty()) {
      head.add(PcapngBlocks.secrets(lines(secrets)));
    }
    for (Packet packet : framing.handshake()) {
      head.add(block(packet, about));
      about = ""; // a comment on the first is seen by all who open the file
    }
    return head;
  }

  private static String lines(List<KeyLogLine> secrets) {
    return secrets.stream().map(line -> line.text() + "\n").collect(Collectors.joining());
  }

  private Stream<byte[]> packets(WirePart part) {
    boolean secret = withholds && part.direction() == Direction.RECEIVED;
    List<Packet> packets = framing.of(secret ? part.withoutBytes() : part);
    String comment = secret ? withheldOnce(part) : comment(part);
    return packets.stream().map(packet -> block(packet, packet == packets.get(0) ? comment : ""));
  }

  private String withheldOnce(WirePart part) {
    if (saidSo || part.count() == 0) {
      return "";
    }
    saidSo = true;
    return WITHHELD;
  }

  private static String comment(WirePart part) {
    return part.kind() == WirePart.Kind.LEFT_OUT
        ? CUT.formatted(part.count(), part.direction() == Direction.SENT ? "sent" : "received")
        : "";
  }

  private byte[] block(Packet packet, String comment) {
    Instant at = wire.acceptedAt().plusNanos(packet.atNanos());
    long epochNanos = TimeUnit.SECONDS.toNanos(at.getEpochSecond()) + at.getNano();
    return PcapngBlocks.packet(packet, epochNanos, comment);
  }
}
