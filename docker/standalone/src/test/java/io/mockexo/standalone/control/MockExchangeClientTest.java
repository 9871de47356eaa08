package io.mockexo.standalone.control;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mockexo.client.ControlApiException;
import io.mockexo.client.MockExchangeClient;
import io.mockexo.server.MockExchange;
import io.mockexo.server.MockExchangeOnlineServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client tells when things are not as they should be. */
@Timeout(120)
class MockExchangeClientTest {

  private final TestProgram program = TestProgram.start("t0ken");

  @AfterEach
  void stop() {
    program.close();
  }

  @Test
  void it_knows_the_program() {
    try (MockExchangeClient client = MockExchangeClient.connect(program.uri(""))) {
      assertThat(client.endpoints()).containsExactly("mx", "client-submission");
      assertThat(client.version()).isEqualTo("9.9");
      assertThat(client.isHealthy()).isTrue();
      program.mx.close();
      assertThat(client.isHealthy()).isFalse();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client.endpoint("mxx"))
          .withMessage(
              "there is no endpoint 'mxx'; did you mean mx? there are mx, client-submission");
    }
  }

  @Test
  void an_endpoint_behind_a_mapped_port_is_reached_there() {
    try (MockExchangeClient client = MockExchangeClient.connect(program.uri("/"))) {
      MockExchange mapped = client.endpoint("mx", "127.0.0.2", 2525);
      assertThat(mapped.host()).isEqualTo("127.0.0.2");
      assertThat(mapped.port()).isEqualTo(2525);
      assertThat(mapped.profile().frontEnd()).isEqualTo(program.mx.profile().frontEnd());
    }
  }

  @Test
  void an_endpoint_on_another_loopback_address_is_reached_there() throws IOException {
    try (TestProgram other = TestProgram.of(MockExchangeOnlineServer.mx().host("127.0.0.2"));
        MockExchangeClient client = MockExchangeClient.connect(other.uri("/"))) {
      MockExchange mx = client.mx();
      assertThat(mx.host()).isEqualTo("127.0.0.2");
      try (Socket socket = new Socket(mx.host(), mx.port())) {
        assertThat(socket.getInputStream().read()).isEqualTo('2');
      }
    }
  }

  @Test
  void a_program_that_is_not_there_is_named() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    URI nowhere = URI.create("http://127.0.0.1:" + port);
    try (MockExchangeClient client = MockExchangeClient.connect(nowhere)) {
      assertThat(client.isHealthy()).isFalse();
      ControlApiException failure = catchThrowableOfType(ControlApiException.class, client::mx);
      assertThat(failure)
          .hasMessageStartingWith("GET " + nowhere + "/endpoints: no answer (")
          .hasMessageEndingWith("); is the program running, and its control port reachable?")
          .hasCauseInstanceOf(IOException.class);
      assertThat(failure.status()).isZero();
    }
  }

  @Test
  void who_has_no_token_is_told_to_bring_it() {
    try (MockExchangeClient client = MockExchangeClient.connect(program.uri("/"))) {
      ControlApiException failure =
          catchThrowableOfType(ControlApiException.class, () -> client.mx().reset());
      assertThat(failure.status()).isEqualTo(401);
      assertThat(failure)
          .hasMessage(
              "%s: 401, changes need the token of this server: Authorization: Bearer TOKEN",
              program.uri("/endpoints/mx/reset"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"t0ken\n", "t0 ken", "t\u00f6ken", ""})
  void what_cannot_be_a_token_is_not_quoted(String token) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MockExchangeClient.connect(program.uri("/"), token))
        .withMessage("a token is one word of ASCII; is there a line break at its end?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:8025", "ftp://127.0.0.1", "/x", "http:///x"})
  void what_is_no_address_of_http_is_refused(String uri) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                MockExchangeClient.connect(
                    URI.create(uri.replace("127.0.0.1:8025", "localhost:8025"))))
        .withMessageStartingWith("expected the URI of a control API, for example http://");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>",
        "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n[",
        "220 mail.example ESMTP\r\n"
      })
  void something_else_that_answers_is_no_program(String answer) throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture.runAsync(() -> answer(other, answer));
      URI uri = URI.create("http://127.0.0.1:" + other.getLocalPort());
      try (MockExchangeClient client = MockExchangeClient.connect(uri)) {
        assertThatExceptionOfType(ControlApiException.class)
            .isThrownBy(client::version)
            .withMessageContaining(uri.toString());
      }
    }
  }

  private static void answer(ServerSocket server, String answer) {
    try (Socket socket = server.accept()) {
      socket.getOutputStream().write(answer.getBytes(US_ASCII));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_program_that_stops_is_told() {
    try (MockExchangeClient client = MockExchangeClient.connect(program.uri("/"))) {
      MockExchange mx = client.mx();
      CompletableFuture<Throwable> failure =
          CompletableFuture.supplyAsync(
              () ->
                  catchThrowableOfType(
                      ControlApiException.class, () -> mx.awaitSessions(1, Duration.ofHours(2))));
      AwaitTest.until(() -> program.control.waits() == 1);
      program.control.close();
      assertThat(failure.join()).hasMessageContaining("503, this server is being stopped");
    }
  }

  @Test
  void rules_may_come_in_any_order() {
    String submission = "/endpoints/client-submission/profile";
    try (TestProgram open = TestProgram.start()) {
      String body =
          "{\"maximumTls\": \"TLS_1_1\", \"accounts\": [{\"user\": \"alice@contoso.com\"}], \"minimumTls\": \"TLS_1_0\"}";
      Reply reply = open.send("PUT", submission, body);
      assertThat(reply.status()).as(reply.text()).isEqualTo(200);
      assertThat(open.submission.profile().tenant().accounts().get(0).password())
          .isEqualTo(TestProgram.PASSWORD);
    }
  }
}
