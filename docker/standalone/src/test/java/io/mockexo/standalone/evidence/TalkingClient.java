package io.mockexo.standalone.evidence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.mockexo.server.MockExchangeOnlineServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/** A client that says what a test wants, and waits for each reply. */
final class TalkingClient implements AutoCloseable {

  private final MockExchangeOnlineServer exchange;
  private final Socket raw;
  private Socket socket;

  private TalkingClient(MockExchangeOnlineServer exchange, Socket socket) {
    this.exchange = exchange;
    this.raw = socket;
    this.socket = socket;
  }

  /** Connects, and says EHLO. */
  static TalkingClient hello(MockExchangeOnlineServer exchange) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), exchange.port());
    socket.setSoTimeout(30_000);
    TalkingClient client = new TalkingClient(exchange, socket);
    client.reply();
    client.say("EHLO client.example");
    return client;
  }

  /** Says STARTTLS, and shakes hands. */
  TalkingClient startTls(String protocol) throws IOException {
    say("STARTTLS");
    SSLSocket tls =
        (SSLSocket)
            exchange
                .clientSslContext()
                .getSocketFactory()
                .createSocket(raw, "localhost", exchange.port(), true);
    tls.setEnabledProtocols(new String[] {protocol});
    socket = tls;
    tls.startHandshake();
    say("EHLO inside.example");
    return this;
  }

  /** Delivers a message with this text. */
  TalkingClient deliver(String text) throws IOException {
    say("MAIL FROM:<a@client.example>");
    say("RCPT TO:<b@contoso.com>");
    say("DATA");
    say("Message-ID: <1@client.example>\r\nSubject: hello\r\n\r\n" + text + "\r\n.");
    return this;
  }

  /** Sends a line, and waits for the last line of its reply. */
  void say(String line) throws IOException {
    socket.getOutputStream().write((line + "\r\n").getBytes(ISO_8859_1));
    reply();
  }

  /** Says QUIT, and waits for the end. */
  void quit() throws IOException {
    say("QUIT");
    socket.getInputStream().readAllBytes();
    close();
  }

  /** Ends the connection with RST. */
  void reset() throws IOException {
    raw.setSoLinger(true, 0);
    raw.close();
  }

  /** A byte at a time, because what follows may be TLS. */
  private void reply() throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.length() < 5 || line.charAt(3) == '-' || line.charAt(line.length() - 1) != '\n') {
      if (line.length() > 0 && line.charAt(line.length() - 1) == '\n') {
        line.setLength(0);
      }
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new IOException("the server has closed, after: " + line);
      }
      line.append((char) next);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
