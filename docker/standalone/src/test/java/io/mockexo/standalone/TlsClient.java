package io.mockexo.standalone;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
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

/** A client inside TLS, after STARTTLS. */
final class TlsClient implements AutoCloseable {

  private final SSLSocket socket;

  private TlsClient(SSLSocket socket) {
    this.socket = socket;
  }

  /** Connects and shakes hands. */
  static TlsClient startTls(int port, SSLContext context) throws IOException {
    Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
    try {
      plain.setSoTimeout(30_000);
      readLine(plain);
      command(plain, "HELO client.example");
      command(plain, "STARTTLS");
      SSLSocket tls =
          (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", port, true);
      tls.startHandshake();
      return new TlsClient(tls);
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  /** What trusts the certificate in {@code file}, in PEM, and nothing else. */
  static SSLContext trusting(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(file)) {
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), new SecureRandom());
    return context;
  }

  String protocol() {
    return socket.getSession().getProtocol();
  }

  /** Says QUIT and waits for the end. */
  void quit() throws IOException {
    socket.getOutputStream().write("QUIT\r\n".getBytes(US_ASCII));
    assertThat(socket.getInputStream().readAllBytes()).asString().startsWith("221 ");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static void command(Socket socket, String line) throws IOException {
    socket.getOutputStream().write((line + "\r\n").getBytes(US_ASCII));
    readLine(socket);
  }

  /** A byte at a time, because what follows may be TLS. */
  private static void readLine(Socket socket) throws IOException {
    for (int b = 0; b != '\n'; ) {
      b = socket.getInputStream().read();
      assertThat(b).isNotNegative();
    }
  }
}
