package io.mockexo.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.mockexo.internal.tls.BcClient;
import io.mockexo.server.MockExchange;
import io.mockexo.tls.TlsVersion;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** A TLS client after STARTTLS that does with its records what no library does. */
public final class RecordClient implements AutoCloseable {

  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int HANDSHAKE = 22;
  private static final int HEADER = 5;

  private final SmtpTestClient wire;
  private final BcClient tls;

  private RecordClient(SmtpTestClient wire, BcClient tls) {
    this.wire = wire;
    this.tls = tls;
  }

  /** A client whose STARTTLS was accepted, and that has sent nothing since. */
  public static RecordClient of(MockExchange exchange, TlsVersion version) throws IOException {
    SmtpTestClient wire = SmtpTestClient.hello(exchange);
    wire.command("STARTTLS");
    String suite =
        version == TlsVersion.TLS_1_3
            ? "TLS_AES_256_GCM_SHA384"
            : "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";
    return new RecordClient(wire, BcClient.offering(version, suite));
  }

  /** Shakes hands. */
  public RecordClient handshake() throws IOException {
    return handshake(List::of);
  }

  /** Shakes hands, and sends each flight in these segments. */
  public RecordClient handshake(Function<byte[], List<byte[]>> segments) throws IOException {
    send(segments);
    while (!tls.isConnected()) {
      receive();
      send(segments);
    }
    return this;
  }

  private void send(Function<byte[], List<byte[]>> segments) {
    segments.apply(tls.output()).forEach(wire::send);
  }

  private void receive() throws IOException {
    byte[] some = wire.readSome();
    if (some.length == 0) {
      throw new EOFException("the server closed the connection");
    }
    tls.input(some);
  }

  /** Sends a record, under the keys that are in use. */
  public void sendRecord(int type, byte[] content) throws IOException {
    tls.sendRecord(type, content);
    send(List::of);
  }

  /** Sends a line inside TLS, and returns what is answered. */
  public String command(String line) throws IOException {
    tls.send((line + "\r\n").getBytes(US_ASCII));
    send(List::of);
    StringBuilder reply = new StringBuilder();
    while (!reply.toString().matches("(?s)(.*\r\n)?\\d{3} [^\r]*\r\n")) {
      receive();
      reply.append(tls.received());
    }
    return reply.toString();
  }

  /** The connection beneath TLS. */
  public SmtpTestClient wire() {
    return wire;
  }

  @Override
  public void close() {
    wire.close();
  }

  /** Cuts handshake messages that are not encrypted into records of one byte. */
  public static byte[] inOneByteRecords(byte[] flight) {
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    boolean encrypted = false;
    for (int at = 0; at < flight.length; ) {
      int length = (flight[at + 3] & 0xFF) << 8 | (flight[at + 4] & 0xFF);
      int end = at + HEADER + length;
      encrypted |= flight[at] == CHANGE_CIPHER_SPEC;
      if (flight[at] != HANDSHAKE || encrypted) {
        records.write(flight, at, end - at);
      } else {
        for (int i = at + HEADER; i < end; i++) {
          records.writeBytes(
              new byte[] {HANDSHAKE, flight[at + 1], flight[at + 2], 0, 1, flight[i]});
        }
      }
      at = end;
    }
    return records.toByteArray();
  }

  /** Cuts bytes into segments of one byte. */
  public static List<byte[]> inOneByteSegments(byte[] bytes) {
    byte[][] segments = new byte[bytes.length][];
    Arrays.setAll(segments, i -> new byte[] {bytes[i]});
    return List.of(segments);
  }
}
