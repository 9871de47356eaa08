package io.mockexo.standalone.evidence.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.server.MockExchangeOnlineServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A client that says what it is told to, one line after the other. */
final class Talk implements AutoCloseable {

  /** A ClientHello of TLS 1.1, with two suites and no extensions. */
  private static final byte[] TLS_1_1 =
      HexFormat.of()
          .parseHex(
              "160302002f" + "0100002b0302" + "00".repeat(32) + "00" + "0004c014002f" + "0100");

  private Socket socket;

  private Talk(Socket socket) {
    this.socket = socket;
  }

  /** Connects, and takes the greeting. */
  static Talk to(MockExchangeOnlineServer server) {
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
      socket.setSoTimeout(30_000);
      Talk talk = new Talk(socket);
      talk.reply();
      return talk;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends lines in one go, and takes a reply to each. */
  Talk say(String... lines) {
    send((String.join("\r\n", lines) + "\r\n").getBytes(ISO_8859_1));
    for (int i = 0; i < lines.length; i++) {
      reply();
    }
    return this;
  }

  /** Sends something to which there is one reply. */
  Talk bytes(String text) {
    send(text.getBytes(ISO_8859_1));
    reply();
    return this;
  }

  Talk startTls(SSLContext context, String... versions) {
    say("STARTTLS");
    try {
      SSLSocket tls =
          (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", 0, true);
      if (versions.length > 0) {
        tls.setEnabledProtocols(versions);
      }
      tls.startHandshake();
      socket = tls;
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Offers TLS 1.1, and waits for the end. */
  void offerOldTls() {
    say("STARTTLS");
    send(TLS_1_1);
    assertThat(read()).isEqualTo(-1);
    close();
  }

  /** Begins TLS, and leaves whether that is answered or not. */
  void offerTlsInVain() {
    say("STARTTLS");
    send(TLS_1_1);
    close();
  }

  /** Sends something that is not answered, and waits for the end. */
  void untilClosed(String text) {
    send(text.getBytes(ISO_8859_1));
    assertThat(read()).isEqualTo(-1);
    close();
  }

  private void send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void reply() {
    StringBuilder line = new StringBuilder();
    do {
      line.setLength(0);
      for (int b; (b = read()) != '\n'; ) {
        assertThat(b).as("closed after %s", line).isNotNegative();
        line.append((char) b);
      }
    } while (line.charAt(3) == '-');
  }

  /** A byte at a time, because what follows may be TLS. */
  private int read() {
    try {
      InputStream in = socket.getInputStream();
      return in.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says QUIT, and waits for the end. */
  void quit() {
    say("QUIT");
    assertThat(read()).isEqualTo(-1);
    close();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
