package io.mockexo.internal.tls;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * A client in a JVM of its own in which no protocol is disabled: this JVM reads that property once,
 * and other tests need it as it is.
 */
final class OldJdkClient {

  private OldJdkClient() {}

  /** Sends a line and returns all that is echoed. */
  static String run(Path folder, int port, String protocol, String suite)
      throws IOException, InterruptedException {
    Path properties =
        Files.writeString(
            folder.resolve("all-allowed.security"),
            "jdk.tls.disabledAlgorithms=\njdk.tls.legacyAlgorithms=\n");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.security.properties=" + properties,
                "-cp",
                System.getProperty("java.class.path"),
                OldJdkClient.class.getName(),
                "" + port,
                protocol,
                suite)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return output;
  }

  /** What runs in the other JVM: port, protocol, suite. */
  public static void main(String[] arguments) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
    try (SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket("localhost", Integer.parseInt(arguments[0]))) {
      socket.setSoTimeout(10_000);
      socket.setEnabledProtocols(new String[] {arguments[1]});
      socket.setEnabledCipherSuites(
          new String[] {arguments[2].replaceFirst("^TLS_RSA_WITH_3", "SSL_RSA_WITH_3")});
      OutputStream output = socket.getOutputStream();
      output.write("hello\n".getBytes(StandardCharsets.US_ASCII));
      System.out.write(socket.getInputStream().readAllBytes());
      System.out.flush();
    }
  }

  private static final class TrustAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
