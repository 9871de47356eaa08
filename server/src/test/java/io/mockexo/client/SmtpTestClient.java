package io.mockexo.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.mockexo.server.MockExchange;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A blocking SMTP client that does exactly what a test says, byte for byte. */
public final class SmtpTestClient implements AutoCloseable {

  private final Socket raw;
  private Socket socket;
  private InputStream in;
  private OutputStream out;

  private SmtpTestClient(Socket socket) throws IOException {
    this.raw = socket;
    use(socket);
  }

  /** Connects; the greeting is still to be read. */
  public static SmtpTestClient connect(MockExchange exchange) {
    return connect(exchange, new Socket());
  }

  /** Connects with a receive buffer that is soon full. */
  public static SmtpTestClient connectReadingLittle(MockExchange exchange) {
    try {
      Socket socket = new Socket();
      socket.setReceiveBufferSize(4096);
      return connect(exchange, socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SmtpTestClient connect(MockExchange exchange, Socket socket) {
    try {
      socket.connect(new InetSocketAddress(exchange.host(), exchange.port()));
      socket.setSoTimeout(30_000);
      socket.setTcpNoDelay(true);
      return new SmtpTestClient(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Connects, reads the greeting and says EHLO. */
  public static SmtpTestClient hello(MockExchange exchange) {
    SmtpTestClient client = connect(exchange);
    client.reply();
    client.command("EHLO client.example");
    return client;
  }

  /** Closes the connection without a word, whatever another thread waits for. */
  public void leave() {
    try {
      raw.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads until the connection ends, in whatever way. */
  public void awaitEnd() {
    try {
      in.readAllBytes();
    } catch (IOException e) {
      return; // a reset is an end, too
    }
  }

  /** Sends a line and returns the reply, lines separated by LF. */
  public String command(String line) {
    send(line + "\r\n");
    return reply();
  }

  /** Sends these bytes. */
  public SmtpTestClient send(String bytes) {
    return send(bytes.getBytes(ISO_8859_1));
  }

  /** Sends these bytes. */
  public SmtpTestClient send(byte[] bytes) {
    try {
      out.write(bytes);
      out.flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads one reply, lines separated by LF. */
  public String reply() {
    StringBuilder reply = new StringBuilder();
    String line;
    do {
      line = line();
      reply.append(reply.length() == 0 ? "" : "\n").append(line);
    } while (line.length() > 3 && line.charAt(3) == '-');
    return reply.toString();
  }

  /** Upgrades to TLS after STARTTLS was accepted. */
  public SSLSocket startTls(SSLContext context, String... protocols) {
    try {
      SSLSocket tls =
          (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", 0, true);
      if (protocols.length > 0) {
        tls.setEnabledProtocols(protocols);
      }
      tls.startHandshake();
      use(tls);
      return tls;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same connection, past its TLS: what is sent is not encrypted, what is read is. */
  public SmtpTestClient beneathTls() {
    try {
      return new SmtpTestClient(raw);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Delivers a small message and returns the last reply. */
  public String deliver(String from, String to) {
    command("MAIL FROM:<" + from + ">");
    command("RCPT TO:<" + to + ">");
    command("DATA");
    return command("Message-ID: <1@client.example>\r\nSubject: hello\r\n\r\nhello\r\n.");
  }

  /** Whether the server has closed its side: reads until then and tells if nothing came. */
  public boolean isAtEnd() {
    try {
      return in.read() < 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads what has come, at least a byte; nothing once the server has closed its side. */
  public byte[] readSome() {
    try {
      byte[] some = new byte[16_384];
      int length = in.read(some);
      return Arrays.copyOf(some, Math.max(0, length));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads until the server has closed its side. */
  public byte[] readToEnd() {
    try {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Closes this side only. */
  public void shutdownOutput() {
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the connection with RST. */
  public void reset() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void use(Socket connected) throws IOException {
    socket = connected;
    in = new BufferedInputStream(connected.getInputStream());
    out = connected.getOutputStream();
  }

  private String line() {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      for (int b; (b = in.read()) != '\n'; ) {
        if (b < 0) {
          throw new EOFException("the server closed the connection after '" + line + "'");
        }
        line.write(b);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String text = line.toString(ISO_8859_1);
    if (!text.endsWith("\r")) {
      throw new IllegalStateException("a reply line without CRLF: " + text);
    }
    return text.substring(0, text.length() - 1);
  }
}
