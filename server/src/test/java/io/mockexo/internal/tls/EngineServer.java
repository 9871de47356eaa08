package io.mockexo.internal.tls;

import io.mockexo.tls.ServerCertificate;
import io.mockexo.tls.TlsPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * An engine behind a socket: echoes what it decrypts, and closes after the first line. One
 * connection at a time.
 */
final class EngineServer implements AutoCloseable {

  private final ServerSocket socket;
  private final BlockingQueue<RecordedEvents> finished = new LinkedBlockingQueue<>();

  EngineServer(TlsPolicy policy, ServerCertificate certificate) throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread loop = new Thread(() -> serve(policy, certificate), "engine-server");
    loop.setDaemon(true);
    loop.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  /** What happened on the next connection that ended. */
  RecordedEvents nextConnection() throws InterruptedException {
    RecordedEvents events = finished.poll(20, TimeUnit.SECONDS);
    if (events == null) {
      throw new AssertionError("no connection ended");
    }
    return events;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void serve(TlsPolicy policy, ServerCertificate certificate) {
    while (!socket.isClosed()) {
      RecordedEvents events = new RecordedEvents();
      try (Socket client = socket.accept()) {
        client.setSoTimeout(15_000);
        converse(
            client,
            new TlsServerEngine(
                policy, certificate, Fixture.TRUST, new ResumableSessions(), events));
      } catch (IOException e) {
        events.lines.add("socket: " + e.getMessage());
      }
      finished.add(events);
    }
  }

  private static void converse(Socket client, TlsServerEngine engine) throws IOException {
    byte[] in = new byte[8192];
    byte[] out = new byte[32768];
    InputStream input = client.getInputStream();
    while (engine.takesInput()) {
      int count = input.read(in);
      if (count < 0) {
        engine.inputClosed();
        engine.close();
      } else {
        engine.receive(in, 0, count);
      }
      while (engine.pendingPlaintext() > 0 && engine.isEstablished()) {
        int read = engine.readPlaintext(out, 0, 1000);
        engine.write(out, 0, read);
        if (out[read - 1] == '\n') {
          engine.close();
        }
      }
      while (engine.pendingOutput() > 0) {
        client.getOutputStream().write(out, 0, engine.readOutput(out, 0, out.length));
      }
    }
  }
}
