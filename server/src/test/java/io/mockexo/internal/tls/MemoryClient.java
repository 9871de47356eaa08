package io.mockexo.internal.tls;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.BiConsumer;

/** A TLS client without a socket. */
interface MemoryClient {

  /** Takes what the client wants to send now; empty if nothing. */
  byte[] output() throws IOException;

  /** Gives the client what the server sent. */
  void input(byte[] bytes) throws IOException;

  /** What the client has decrypted so far. */
  String received();

  /** Lets both talk until neither has anything to say. */
  static void talk(MemoryClient client, TlsServerEngine engine) throws IOException {
    talk(client, engine, (target, bytes) -> target.receive(bytes, 0, bytes.length));
  }

  /** As above, with a way of its own of giving each flight of the client to the engine. */
  static void talk(
      MemoryClient client, TlsServerEngine engine, BiConsumer<TlsServerEngine, byte[]> delivery)
      throws IOException {
    while (true) {
      byte[] toServer = client.output();
      if (toServer.length > 0) {
        delivery.accept(engine, toServer);
      }
      byte[] toClient = drain(engine);
      if (toClient.length > 0) {
        client.input(toClient);
      }
      if (toServer.length == 0 && toClient.length == 0) {
        return;
      }
    }
  }

  static byte[] drain(TlsServerEngine engine) {
    byte[] bytes = new byte[engine.pendingOutput()];
    int count = engine.readOutput(bytes, 0, bytes.length);
    return Arrays.copyOf(bytes, count);
  }
}
