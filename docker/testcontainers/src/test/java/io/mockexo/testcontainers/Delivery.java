package io.mockexo.testcontainers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A client that requires TLS and tries a second time when its first fails. It needs nothing but the
 * JDK: the image, which has no other client, can run it.
 */
final class Delivery implements AutoCloseable {

  private Socket socket;
  private BufferedReader in;

  private Delivery(String host, int port) throws IOException {
    talkOver(new Socket(host, port));
    expect("220");
  }

  /** In a second container: host, port, file with the certificate of the CA. */
  public static void main(String[] arguments) throws Exception {
    send(arguments[0], Integer.parseInt(arguments[1]), trusting(Path.of(arguments[2])));
    System.out.println("delivered");
  }

  /** Delivers a message, at the second try if need be. */
  static void sendWithRetry(String host, int port, SSLContext trust) throws IOException {
    try {
      send(host, port, trust);
    } catch (IOException e) {
      send(host, port, trust);
    }
  }

  /** Delivers a message. */
  static void send(String host, int port, SSLContext trust) throws IOException {
    try (Delivery client = new Delivery(host, port)) {
      client.say("EHLO client.example", "250");
      client.say("STARTTLS", "220");
      client.startTls(host, port, trust);
      client.hand("<1@client.example>");
    }
  }

  /** Hands over a message as a device does that knows nothing of TLS. */
  static void sendInCleartext(String host, int port, String messageId) throws IOException {
    try (Delivery client = new Delivery(host, port)) {
      client.hand(messageId);
    }
  }

  private void hand(String messageId) throws IOException {
    say("EHLO client.example", "250");
    say("MAIL FROM:<a@client.example>", "250");
    say("RCPT TO:<b@contoso.com>", "250");
    say("DATA", "354");
    say("Message-ID: " + messageId + "\r\nSubject: hello\r\n\r\nhello\r\n.", "250");
    say("QUIT", "221");
  }

  private void startTls(String host, int port, SSLContext trust) throws IOException {
    SSLSocket tls = (SSLSocket) trust.getSocketFactory().createSocket(socket, host, port, true);
    tls.startHandshake();
    talkOver(tls);
  }

  private void talkOver(Socket next) throws IOException {
    socket = next;
    socket.setSoTimeout(30_000);
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
  }

  private void say(String line, String code) throws IOException {
    socket.getOutputStream().write((line + "\r\n").getBytes(ISO_8859_1));
    expect(code);
  }

  private void expect(String code) throws IOException {
    String line;
    do {
      line = in.readLine();
      if (line == null || !line.startsWith(code)) {
        throw new IOException("expected " + code + ", got " + line);
      }
    } while (line.startsWith("-", 3));
  }

  private static SSLContext trusting(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream pem = Files.newInputStream(file)) {
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), new SecureRandom());
    return context;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
