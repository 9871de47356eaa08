package io.mockexo.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

@Timeout(60)
class HealthCommandTest {

  private record Outcome(int exitCode, String out, String err) {}

  private static Outcome health(String... options) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine program = MockExchangeOnline.commandLine();
    program.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] arguments = new String[options.length + 1];
    arguments[0] = "health";
    System.arraycopy(options, 0, arguments, 1, options.length);
    return new Outcome(program.execute(arguments), out.toString(), err.toString());
  }

  private static String url(int port) {
    return "http://127.0.0.1:%d/health".formatted(port);
  }

  private static Outcome healthWhenAnswered(int status, String body) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/health",
        exchange -> {
          byte[] bytes = body.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    try {
      return health("--url=" + url(server.getAddress().getPort()));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void up_is_exit_code_0() throws Exception {
    Outcome outcome = healthWhenAnswered(200, "{\"status\":\"up\"}");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).isEqualToIgnoringNewLines("up");
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void down_is_exit_code_1_and_says_why_on_one_line() throws Exception {
    Outcome outcome = healthWhenAnswered(503, "{\n  \"mx\": \"down\"\n}\u001b[31m");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).endsWith("/health: 503 { \"mx\": \"down\" } [31m\n").hasLineCount(1);
  }

  @Test
  void an_answer_without_a_text_is_told_by_its_number() throws Exception {
    assertThat(healthWhenAnswered(404, "").err()).endsWith("/health: 404\n");
    assertThat(healthWhenAnswered(302, "").exitCode()).isEqualTo(1);
  }

  @Test
  void where_nobody_listens_nothing_is_up() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }

    Outcome outcome = health("--url", url(free));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .isEqualToIgnoringNewLines("cannot ask %s: Connection refused".formatted(url(free)));
  }

  @Test
  void what_is_not_the_address_of_a_control_api_is_wrong_use() {
    Outcome outcome = health("--url=localhost:8025");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith("--url: expected http://HOST:PORT/health, not 'localhost:8025'");
  }
}
