package io.mockexo.standalone.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** One connection to the program. */
final class LoadClient implements AutoCloseable {

  /** A ClientHello of TLS 1.1, with two suites and no extensions. */
  private static final byte[] TLS_1_1 =
      HexFormat.of()
          .parseHex(
              "160301002f" + "0100002b0302" + "00".repeat(32) + "00" + "0004c014002f" + "0100");

  /** In milliseconds. */
  private static final int PATIENCE = 60_000;

  private Socket socket;
  private InputStream in;

  /** Connects and says nothing. */
  LoadClient(int port) throws IOException {
    use(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** Whether it got a greeting, and nothing else since. */
  boolean isServed() throws IOException {
    socket.setSoTimeout(30_000);
    return reply().startsWith("220 ") && in.available() == 0;
  }

  void hello() throws IOException {
    expect("220 ");
    command("EHLO client.example", "250 ");
  }

  void startTls(SSLContext context) throws IOException {
    command("STARTTLS", "220 ");
    SSLSocket tls =
        (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", 0, true);
    tls.startHandshake();
    use(tls);
    command("EHLO client.example", "250 ");
  }

  /** Sends a message, with end-of-data, and leaves. */
  void deliver(byte[] message) throws IOException {
    command("MAIL FROM:<a@client.example>", "250 ");
    command("RCPT TO:<b@contoso.com>", "250 ");
    command("DATA", "354 ");
    send(message);
    expect("250 2.6.0 ");
    command("QUIT", "221 ");
  }

  /** Sends a ClientHello that is refused, and waits for the FIN. */
  void beRefused() throws IOException {
    command("STARTTLS", "220 ");
    send(TLS_1_1);
    if (in.read() >= 0) {
      throw new IOException("the server answered TLS 1.1");
    }
  }

  private void command(String line, String expected) throws IOException {
    send((line + "\r\n").getBytes(ISO_8859_1));
    expect(expected);
  }

  private void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  private void expect(String expected) throws IOException {
    String reply = reply();
    if (!reply.startsWith(expected)) {
      throw new IOException("expected " + expected + ", not " + reply);
    }
  }

  /** The last line of a reply. */
  private String reply() throws IOException {
    String line;
    do {
      line = line();
    } while (line.startsWith("-", 3));
    return line;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b; (b = in.read()) != '\n'; ) {
      if (b < 0) {
        throw new EOFException("closed after '" + line + "'");
      }
      line.append((char) b);
    }
    return line.toString();
  }

  private void use(Socket connected) throws IOException {
    socket = connected;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE);
    in = new BufferedInputStream(connected.getInputStream(), 512);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
