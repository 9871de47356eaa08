package io.mockexo.standalone.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port that leads to a program, can be cut off from it, and can then lead to another one. */
final class Relay implements AutoCloseable {

  private final ServerSocket listening;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  /** Where it leads to; 0 for nowhere. */
  private volatile int target;

  private Relay(int target) throws IOException {
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.target = target;
  }

  static Relay to(TestProgram program) throws IOException {
    Relay relay = new Relay(program.control.port());
    relay.inBackground(relay::accept);
    return relay;
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Breaks all connections, and those that come. */
  void cut() throws IOException {
    target = 0;
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  void leadTo(TestProgram program) {
    target = program.control.port();
  }

  private interface Work {
    void run() throws IOException;
  }

  private void inBackground(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // a connection that was broken
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() throws IOException {
    for (; ; ) {
      Socket client = listening.accept();
      int now = target;
      if (now == 0) {
        client.close();
        continue;
      }
      Socket server = new Socket(InetAddress.getLoopbackAddress(), now);
      sockets.add(client);
      sockets.add(server);
      inBackground(() -> pump(client, server));
      inBackground(() -> pump(server, client));
      if (target != now) { // cut off meanwhile
        client.close();
        server.close();
      }
    }
  }

  private void pump(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } finally {
      sockets.remove(from);
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
      cut();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
