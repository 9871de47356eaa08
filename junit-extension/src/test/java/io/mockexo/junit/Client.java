package io.mockexo.junit;

import io.mockexo.server.MockExchange;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The least that a client can be: it greets, and leaves. */
final class Client {

  private Client() {}

  /** Connects, says EHLO and QUIT; the last line that came, or an empty text if none did. */
  static String visit(MockExchange exchange) {
    try (Socket socket = new Socket(exchange.host(), exchange.port())) {
      socket.setSoTimeout(30_000);
      OutputStream out = socket.getOutputStream();
      out.write("EHLO client.example\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      String last = "";
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        last = line;
      }
      return last;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
