package io.mockexo.internal.tls;

import io.mockexo.fuzz.Check;
import io.mockexo.fuzz.FuzzInput;
import io.mockexo.tls.TlsPolicy;
import io.mockexo.tls.TlsVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.bouncycastle.tls.TlsSession;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * What comes in over a connection from its first byte on: bytes of the fuzzer alone, or those of a
 * real client that the fuzzer changes, and records that it has encrypted. The first byte chooses
 * client and policy, the second one how long segments are.
 */
public final class TlsServerEngineFuzzer {

  private static final String GCM = "ECDHE-ECDSA-AES128-GCM-SHA256";
  private static final String CBC = "ECDHE-ECDSA-AES128-SHA";

  /** A handshake of the server, all alerts included. */
  private static final int HANDSHAKE_OUTPUT = 8192;

  private static final int MOST_FLIGHTS = 20;

  /** Also sends tickets, and resumes sessions. */
  private static final TlsPolicy GENEROUS =
      Fixture.permissive().toBuilder()
          .minimumTls(TlsVersion.TLS_1_2)
          .sessionTickets(2)
          .sessionResumption(true)
          .build();

  private static final ResumableSession SESSION = session();

  private final FuzzInput fuzz;
  private final int segment;
  private final CheckedEvents events = new CheckedEvents();
  private final TlsServerEngine engine;
  private long received;
  private long sent;

  private TlsServerEngineFuzzer(FuzzInput fuzz, TlsPolicy policy, int segment) {
    this.fuzz = fuzz;
    this.segment = segment;
    ResumableSessions sessions = new ResumableSessions();
    sessions.remember(SESSION);
    this.engine = Fixture.engine(policy, sessions, events);
    events.engine = engine;
  }

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    FuzzInput fuzz = new FuzzInput(input);
    int kind = fuzz.next();
    int segment = fuzz.next();
    TlsPolicy policy = kind < 128 ? Fixture.permissive() : GENEROUS;
    BcClient client = kind >= 192 && kind % 6 == 2 ? resuming() : client(kind % 6);
    if (client == null) {
      byte[] bytes = fuzz.rest();
      TlsServerEngineFuzzer cut = new TlsServerEngineFuzzer(fuzz, policy, segment);
      cut.receive(bytes);
      cut.end();
      TlsServerEngineFuzzer whole = new TlsServerEngineFuzzer(fuzz, policy, 0);
      whole.receive(bytes);
      whole.end();
      Check.same(whole.events.names, cut.events.names, "events at once, and cut");
    } else {
      TlsServerEngineFuzzer talk = new TlsServerEngineFuzzer(fuzz, policy, segment);
      talk.talk(client);
      talk.end();
    }
  }

  private static BcClient client(int kind) throws IOException {
    return switch (kind) {
      case 1 -> BcClient.repeatable(TlsVersion.TLS_1_3, "TLS_AES_128_GCM_SHA256");
      case 2 -> BcClient.repeatable(TlsVersion.TLS_1_2, GCM);
      case 3 -> BcClient.repeatable(TlsVersion.TLS_1_2, CBC);
      case 4 -> BcClient.repeatable(TlsVersion.TLS_1_1, CBC);
      case 5 -> BcClient.repeatable(TlsVersion.TLS_1_0, CBC);
      default -> null;
    };
  }

  private static BcClient resuming() throws IOException {
    TlsSession session = SESSION.forBouncyCastle(new BcTlsCrypto());
    return BcClient.resuming(session, TlsVersion.TLS_1_2, GCM);
  }

  /** What a server remembers of a client that was there before. */
  private static ResumableSession session() {
    try {
      ResumableSessions sessions = new ResumableSessions();
      BcClient client = BcClient.repeatable(TlsVersion.TLS_1_2, GCM);
      MemoryClient.talk(client, Fixture.engine(GENEROUS, sessions, new RecordedEvents()));
      return sessions.find(client.session().getSessionID());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void talk(BcClient client) throws IOException {
    for (int i = 0; i < MOST_FLIGHTS && !(client.isConnected() && engine.isEstablished()); i++) {
      byte[] flight = changed(client.output());
      receive(flight);
      byte[] answer = drain();
      client.input(answer);
      if (flight.length == 0 && answer.length == 0) {
        break;
      }
    }
    engine.sendTickets();
    while (fuzz.hasMore()) {
      sendRecord(client);
    }
  }

  private byte[] changed(byte[] flight) {
    int how = fuzz.next();
    if (how == 0 || flight.length == 0) {
      return flight;
    }
    int at = (fuzz.next() << 8 | fuzz.next()) % flight.length;
    switch (how % 6) {
      case 1 -> flight[at] ^= (byte) fuzz.next();
      case 2 -> {
        return Arrays.copyOf(flight, at);
      }
      case 3 -> {
        return join(Arrays.copyOf(flight, at), fuzz.take(fuzz.next()), tail(flight, at));
      }
      case 4 -> {
        return join(flight, tail(flight, at));
      }
      case 5 -> {
        byte[] replacement = fuzz.take(fuzz.next());
        int length = Math.min(replacement.length, flight.length - at);
        System.arraycopy(replacement, 0, flight, at, length);
      }
      default -> {}
    }
    return flight;
  }

  /** Type 0 stands for bytes outside of any record. */
  private void sendRecord(BcClient client) {
    int type = fuzz.next();
    byte[] content = fuzz.take(fuzz.next());
    if (type != 21 && content.length > 0) {
      events.otherRecord();
    }
    if (type == 0) {
      receive(content);
      return;
    }
    try {
      client.sendRecord(type, content);
    } catch (IOException | RuntimeException e) {
      return; // the client has closed
    }
    receive(client.output());
  }

  private void receive(byte[] bytes) {
    int step = segment == 0 ? Math.max(1, bytes.length) : segment;
    for (int at = 0; at < bytes.length; at += step) {
      int length = Math.min(step, bytes.length - at);
      engine.receive(bytes, at, length);
      received += length;
      checkState();
    }
  }

  private void checkState() {
    Check.same(events.takesInput() && !engine.isClosed(), engine.takesInput(), "takes input");
    Check.that(engine.pendingPlaintext() <= received, "more plaintext than ever came in");
    if (engine.isEstablished()) {
      byte[] plaintext = new byte[engine.pendingPlaintext()];
      engine.readPlaintext(plaintext, 0, plaintext.length);
      engine.write(plaintext, 0, plaintext.length);
    }
  }

  private void end() {
    engine.inputClosed();
    engine.close();
    drain();
    Check.that(engine.isClosed() && !engine.takesInput(), "not closed");
    Check.same(0, engine.pendingOutput(), "output left");
  }

  private byte[] drain() {
    byte[] bytes = MemoryClient.drain(engine);
    sent += bytes.length;
    // What is echoed grows by header, MAC and padding for each record.
    Check.that(sent <= HANDSHAKE_OUTPUT + 100 * received, "%d for %d bytes", sent, received);
    return bytes;
  }

  private static byte[] tail(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, from, bytes.length);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}
