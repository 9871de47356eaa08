import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * What the program sees while the image is built, so that its first client is served as fast as the
 * next: on each SMTP port the greeting and a delivery over TLS 1.3 and over TLS 1.2, then questions to
 * the control API. Run as a source file.
 */
final class TrainingClient {

  private static final int TRIES = 600;

  private final Socket socket;
  private final BufferedReader in;

  private TrainingClient(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
  }

  public static void main(String[] arguments) throws Exception {
    for (int port : new int[] {2525, 2587}) {
      connect(port).quit();
      deliver(port, "TLSv1.3");
      deliver(port, "TLSv1.2");
    }
    for (String path : List.of("health", "endpoints", "endpoints/mx/sessions?await=3", "metrics")) {
      get("/" + path);
    }
  }

  /** The control API listens last. */
  private static void get(String path) throws IOException {
    HttpURLConnection http =
        (HttpURLConnection)
            URI.create("http://127.0.0.1:8025" + path).toURL().openConnection(Proxy.NO_PROXY);
    try (InputStream body = http.getInputStream()) {
      body.readAllBytes();
    }
  }

  /** The program may not listen yet. */
  private static TrainingClient connect(int port) throws Exception {
    for (int left = TRIES; ; left--) {
      try {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        TrainingClient client = new TrainingClient(socket);
        client.reply();
        return client;
      } catch (ConnectException e) {
        if (left == 0) {
          throw e;
        }
        Thread.sleep(100);
      }
    }
  }

  private static void deliver(int port, String protocol) throws Exception {
    TrainingClient plain = connect(port);
    plain.say("EHLO training.example");
    plain.say("STARTTLS");
    SSLSocket tls =
        (SSLSocket)
            trustingAll()
                .getSocketFactory()
                .createSocket(plain.socket, "training.example", port, true);
    tls.setEnabledProtocols(new String[] {protocol});
    TrainingClient client = new TrainingClient(tls);
    client.say("EHLO training.example");
    client.say("MAIL FROM:<a@training.example>");
    client.say("RCPT TO:<b@contoso.com>");
    client.say("DATA");
    client.say("Subject: training\r\nMessage-ID: <1@training.example>\r\n\r\nText\r\n.");
    client.quit();
  }

  /** Client submission refuses the mail of who has not authenticated: any reply will do. */
  private void say(String line) throws IOException {
    socket.getOutputStream().write((line + "\r\n").getBytes(ISO_8859_1));
    reply();
  }

  private void reply() throws IOException {
    String line;
    do {
      line = in.readLine();
      if (line == null) {
        throw new IOException("the program has closed the connection");
      }
    } while (line.startsWith("-", 3));
  }

  private void quit() throws IOException {
    say("QUIT");
    socket.close();
  }

  private static SSLContext trustingAll() throws Exception {
    X509TrustManager all =
        new X509TrustManager() {
          @Override
          public void checkClientTrusted(X509Certificate[] chain, String type) {}

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String type) {}

          @Override
          public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
          }
        };
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {all}, new SecureRandom());
    return context;
  }
}
