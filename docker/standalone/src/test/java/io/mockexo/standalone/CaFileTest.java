package io.mockexo.standalone;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.standalone.config.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
class CaFileTest {

  @TempDir private Path folder;

  @Test
  void a_client_that_trusts_what_is_in_it_accepts_the_server() throws Exception {
    Path file = Files.writeString(folder.resolve("ca.pem"), "what an earlier run left, and longer");
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start()) {
      CaFile.write(file, exchange.caPem());

      assertThat(Files.readString(file)).startsWith("-----BEGIN CERTIFICATE-----");
      assertThat(handshake(exchange.port(), trusting(file))).isEqualTo("TLSv1.3");
    }
  }

  private static SSLContext trusting(Path file) throws IOException, GeneralSecurityException {
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

  private static String handshake(int port, SSLContext context) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      readLine(socket);
      socket.getOutputStream().write("HELO client.example\r\n".getBytes(US_ASCII));
      readLine(socket);
      socket.getOutputStream().write("STARTTLS\r\n".getBytes(US_ASCII));
      readLine(socket);
      SSLSocket tls =
          (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", port, true);
      tls.startHandshake();
      return tls.getSession().getProtocol();
    }
  }

  /** A byte at a time, because what follows may be TLS. */
  private static void readLine(Socket socket) throws IOException {
    for (int b = 0; b != '\n'; ) {
      b = socket.getInputStream().read();
      assertThat(b).isNotNegative();
    }
  }

  @Test
  void one_that_cannot_be_written_is_wrong_use() {
    Path nowhere = folder.resolve("nowhere/ca.pem");

    assertThat(serve(nowhere)).isEqualTo("--ca-file: " + nowhere + ": there is no such folder\n");
    assertThat(serve(folder)).isEqualTo("--ca-file: " + folder + ": this is a folder\n");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> CaFile.write(folder.resolve("a".repeat(300)), ""))
        .withMessageEndingWith(": cannot be written");
  }

  private static String serve(Path caFile) {
    StringWriter err = new StringWriter();
    CommandLine program = MockExchangeOnline.commandLine().setErr(new PrintWriter(err));
    int exitCode =
        program.execute("serve", "--mx-port=0", "--submission-port=0", "--ca-file=" + caFile);
    assertThat(exitCode).isEqualTo(2);
    return err.toString();
  }
}
