package io.mockexo.standalone.control;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.mockexo.standalone.control.ControlServer.Patience;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies that do not end, or do not come. */
@Timeout(120)
class BodyLimitTest {

  private static final String FAULTS = "/endpoints/mx/faults";

  /** The head of a request that does not come, or does not end. */
  @Test
  void a_connection_without_a_request() throws IOException {
    Patience patience = new Patience(Duration.ofMinutes(1), Duration.ofMillis(50));
    try (TestProgram hasty = TestProgram.start(patience);
        Socket silent = hasty.connect();
        Socket unfinished = hasty.connect()) {
      unfinished.getOutputStream().write("GET /health HTTP/1.1\r\nX: ".getBytes(ISO_8859_1));
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
      assertThat(unfinished.getInputStream().read()).isEqualTo(-1);

      CompletableFuture<Reply> held = hasty.begin("/endpoints/mx/sessions?await=1&timeout=200ms");
      assertThat(held.join().status()).as("who awaits something is not idle").isEqualTo(408);
    }
  }

  @Test
  void an_error_leaves_the_connection_to_the_next_request() throws IOException {
    try (TestProgram program = TestProgram.start();
        Socket socket = program.connect()) {
      String requests =
          "GET /endpoints/nobody/faults HTTP/1.1\r\nHost: localhost\r\n\r\n"
              + "GET /version?x=1 HTTP/1.1\r\nHost: localhost\r\n\r\n"
              + "GET /health HTTP/1.1\r\nHost: evil.example\r\n\r\n"
              + "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(requests.getBytes(ISO_8859_1));
      String answers = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      assertThat(answers).contains(" 404 ", " 400 ", " 403 ", " 200 ");
    }
  }

  /** Whoever goes on sending after the answer is not listened to for ever. */
  @Test
  void a_body_without_end() throws IOException {
    try (TestProgram program = TestProgram.start();
        Socket socket = program.connect()) {
      socket
          .getOutputStream()
          .write(
              ("PUT "
                      + FAULTS
                      + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                      + "Transfer-Encoding: chunked\r\n\r\n")
                  .getBytes(ISO_8859_1));
      byte[] chunk = ("10000\r\n" + " ".repeat(0x10000) + "\r\n").getBytes(ISO_8859_1);
      assertThat(Stream.generate(() -> isSent(socket, chunk)).limit(10_000).anyMatch(sent -> !sent))
          .isTrue();
    }
  }

  private static boolean isSent(Socket socket, byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      return true;
    } catch (IOException closed) {
      return false;
    }
  }

  @Test
  void a_body_that_does_not_come_ends_the_connection() throws IOException {
    try (TestProgram hasty =
        TestProgram.start(new Patience(Duration.ofMillis(1), Duration.ofMinutes(1)))) {
      String request =
          "PUT /endpoints/mx/faults HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
      assertThat(hasty.raw(request + "Content-Length: 10\r\n\r\n["))
          .startsWith("HTTP/1.1 408 ")
          .contains("the body has not come whole within 0.001s");
      String refused = request.replace("localhost", "evil.example");
      assertThatCode(() -> hasty.raw(refused + "Content-Length: 10\r\n\r\n["))
          .doesNotThrowAnyException();
      CompletableFuture<Reply> held = hasty.begin("/endpoints/mx/sessions?await=1");
      hasty.deliver();
      assertThat(held.join().status()).isEqualTo(200);
    }
  }
}
