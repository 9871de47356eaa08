package io.mockexo.internal.net;

import io.mockexo.tls.RevocationPoints;
import io.mockexo.tls.TestAuthority;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where the certificates of one server say that their revocation can be looked up: the list and
 * OCSP over HTTP, on the loopback address, or a place that gives no answer. One client is served at
 * a time, and none for long.
 */
final class RevocationEndpoint implements AutoCloseable {

  private static final String CRL = "/crl";
  private static final String OCSP = "/ocsp";
  private static final String UNANSWERED = "/unanswered";

  private final TestAuthority authority;
  private final ServerSocket listening;
  private final Thread thread;
  private volatile @Nullable Socket client;

  RevocationEndpoint(TestAuthority authority) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    this.authority = authority;
    this.listening = new ServerSocket(0, 0, loopback);
    this.thread = new Thread(this::serve, "mockexo-revocation");
    thread.setDaemon(true);
    thread.start();
  }

  /** Where there is an answer. */
  RevocationPoints answering() {
    return points("");
  }

  /**
   * Where there is none: connections are closed. Were they refused, OpenSSL 3.0 would try again for
   * ever.
   */
  RevocationPoints unreachable() {
    return points(UNANSWERED);
  }

  private RevocationPoints points(String folder) {
    String host = listening.getInetAddress().getHostAddress();
    String literal = host.contains(":") ? "[" + host + "]" : host;
    String base = "http://%s:%d%s".formatted(literal, listening.getLocalPort(), folder);
    return new RevocationPoints(URI.create(base + CRL), URI.create(base + OCSP));
  }

  /** Returns when its thread has ended. */
  @Override
  public void close() {
    closeQuietly(listening);
    closeQuietly(client);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeQuietly(@Nullable AutoCloseable socket) {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (Exception e) {
      // it is gone either way
    }
  }

  private void serve() {
    while (!listening.isClosed()) {
      try (Socket accepted = listening.accept()) {
        client = accepted;
        if (!listening.isClosed()) {
          answer(accepted);
        }
      } catch (IOException | RuntimeException e) {
        // the client has gone or makes no sense, or this endpoint was closed
      }
    }
  }

  private void answer(Socket accepted) throws IOException {
    SmallHttpRequest request = SmallHttpRequest.read(accepted);
    if (request.path().startsWith(UNANSWERED)) {
      return;
    }
    OutputStream out = accepted.getOutputStream();
    if (request.path().equals(CRL)) {
      send(out, "200 OK", "application/pkix-crl", authority.revocationList());
    } else if (request.path().startsWith(OCSP)) {
      byte[] question = request.method().equals("POST") ? request.body() : inPath(request.path());
      byte[] response = authority.answerOcsp(question).encoded();
      send(out, "200 OK", "application/ocsp-response", response);
    } else {
      send(out, "404 Not Found", "text/plain", new byte[0]);
    }
    accepted.shutdownOutput();
    InputStream in = accepted.getInputStream();
    in.readNBytes(1); // until the client has it all; a close could overtake it
  }

  /** The question of a GET (RFC 6960, appendix A.1). */
  private static byte[] inPath(String path) {
    String encoded = path.substring(Math.min(OCSP.length() + 1, path.length()));
    return Base64.getDecoder().decode(URLDecoder.decode(encoded, StandardCharsets.US_ASCII));
  }

  private static void send(OutputStream out, String status, String type, byte[] content)
      throws IOException {
    String head =
        "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            .formatted(status, type, content.length);
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(content);
    out.flush();
  }
}
