package io.mockexo.standalone.control;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A client that delivers inside TLS. */
final class Tls {

  private Tls() {}

  /** With these versions of TLS only, if there are any. */
  static void deliver(int port, SSLContext context, String... versions) throws IOException {
    try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port)) {
      plain.setSoTimeout(30_000);
      readLine(plain);
      plain.getOutputStream().write("HELO c.example\r\n".getBytes(US_ASCII));
      readLine(plain);
      plain.getOutputStream().write("STARTTLS\r\n".getBytes(US_ASCII));
      readLine(plain);
      try (SSLSocket tls =
          (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", port, true)) {
        if (versions.length > 0) {
          tls.setEnabledProtocols(versions);
        }
        tls.getOutputStream().write(TestProgram.MESSAGE.getBytes(US_ASCII));
        BufferedReader replies =
            new BufferedReader(new InputStreamReader(tls.getInputStream(), US_ASCII));
        assertThat(replies.lines()).anyMatch(line -> line.startsWith("250 2.6.0 "));
      } catch (UncheckedIOException e) { // the server may end it before or after the first write
        throw e.getCause();
      }
    }
  }

  /** A byte at a time, because what follows may be TLS. */
  private static void readLine(Socket socket) throws IOException {
    for (int b = 0; b != '\n'; ) {
      b = socket.getInputStream().read();
      assertThat(b).isNotNegative();
    }
  }
}
