package io.mockexo.standalone.control;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mockexo.client.wire.Host;
import io.mockexo.scenario.Catalogue;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.server.MockExchangeOnlineServerBuilder;
import io.mockexo.standalone.control.ControlServer.Patience;
import io.mockexo.standalone.evidence.Evidence;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A program with an MX, client submission and a control API, in this JVM, and a client of it. */
final class TestProgram implements AutoCloseable {

  static final String PASSWORD = "S3cret-Pa55";

  static final String MESSAGE =
      "EHLO client.example\r\nMAIL FROM:<a@client.example>\r\nRCPT TO:<b@contoso.com>\r\nDATA\r\n"
          + "Message-ID: <1@client.example>\r\nSubject: hello\r\n\r\nhello\r\n.\r\nQUIT\r\n";

  private static final Patience PATIENCE =
      new Patience(Duration.ofMinutes(1), Duration.ofMinutes(1));
  private static final ControlOptions OPTIONS =
      new ControlOptions(Host.of("127.0.0.1"), 0, null, Set.of());

  final MockExchangeOnlineServer mx;
  final MockExchangeOnlineServer submission;
  final ControlServer control;
  private final Evidence evidence = Evidence.onRequest(4 << 20);
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private TestProgram(
      MockExchangeOnlineServerBuilder builder, ControlOptions options, Patience patience) {
    mx = builder.wireListener(requireNonNull(evidence.wireListener("mx"))).start();
    submission =
        MockExchangeOnlineServer.clientSubmission().account("alice@contoso.com", PASSWORD).start();
    Map<String, MockExchangeOnlineServer> servers = new LinkedHashMap<>();
    servers.put("mx", mx);
    servers.put("client-submission", submission);
    Controlled controlled = new Controlled(servers, Catalogue.shipped(), evidence);
    control = ControlServer.start(options, "9.9", controlled, patience);
  }

  static TestProgram start() {
    return start((String) null);
  }

  static TestProgram start(@Nullable String token, String... hostNames) {
    return new TestProgram(
        MockExchangeOnlineServer.mx(),
        new ControlOptions(Host.of("127.0.0.1"), 0, token, Set.of(hostNames)),
        PATIENCE);
  }

  static TestProgram start(Patience patience) {
    return new TestProgram(MockExchangeOnlineServer.mx(), OPTIONS, patience);
  }

  /** With another MX than that of the defaults, and a token. */
  static TestProgram of(String token, MockExchangeOnlineServerBuilder mx) {
    return new TestProgram(
        mx, new ControlOptions(Host.of("127.0.0.1"), 0, token, Set.of()), PATIENCE);
  }

  /** With another MX than that of the defaults. */
  static TestProgram of(MockExchangeOnlineServerBuilder mx) {
    return new TestProgram(mx, OPTIONS, PATIENCE);
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + control.port() + path);
  }

  Reply get(String path) {
    return send("GET", path, null);
  }

  JsonNode json(String path) {
    Reply reply = get(path);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json();
  }

  /** With a body of JSON, unless it is null. */
  Reply send(String method, String path, @Nullable String body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    if (body == null) {
      return send(request.method(method, BodyPublishers.noBody()));
    }
    return send(
        request
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body)));
  }

  /** A form, as an OAuth 2.0 client posts it. */
  Reply form(String path, @Nullable String fields) {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(String.valueOf(fields))));
  }

  Reply send(HttpRequest.Builder request) {
    try {
      return new Reply(http.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** A request whose answer is waited for later. */
  CompletableFuture<Reply> begin(String path) {
    return http.sendAsync(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString())
        .thenApply(Reply::new);
  }

  /** A connection to the control API, for what no client sends. */
  Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), control.port());
    socket.setSoTimeout(30_000);
    return socket;
  }

  /** Sends these bytes and reads until the server closes. */
  String raw(String request) throws IOException {
    try (Socket socket = connect()) {
      String last = request.replaceFirst(" HTTP/1.1\r\n", " HTTP/1.1\r\nConnection: close\r\n");
      socket.getOutputStream().write(last.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  /** A connection to an endpoint that says all this at once, and ends when the server ends it. */
  static String talk(MockExchangeOnlineServer server, String commands) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(commands.getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Delivers a message to the MX, and waits until that session is complete. */
  void deliver() {
    int before = mx.accepted();
    talk(mx, MESSAGE);
    mx.awaitSessions(before + 1);
  }

  @Override
  public void close() {
    control.close();
    mx.close();
    submission.close();
    evidence.close();
  }
}
