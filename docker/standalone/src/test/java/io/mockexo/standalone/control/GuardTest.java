package io.mockexo.standalone.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call, and from where. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuardTest {

  private static final String RESET = "POST /endpoints/mx/reset";

  private final TestProgram program = TestProgram.start("t0ken", "lab.example");
  private final TestProgram open = TestProgram.start();

  @AfterAll
  void stop() {
    program.close();
    open.close();
  }

  /** To the program without a token. */
  private String call(String line, String... headers) throws IOException {
    return call(open, line, headers);
  }

  private static String call(TestProgram to, String line, String... headers) throws IOException {
    return to.raw(
        line
            + " HTTP/1.1\r\nConnection: close\r\n"
            + String.join("", Arrays.stream(headers).map(h -> h + "\r\n").toList())
            + "\r\n");
  }

  private static void isStatus(int status, String answer) {
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:8025",
        "127.0.0.1:8025",
        "[::1]:8025",
        "[::1]",
        "192.0.2.7",
        "mock",
        "mock:8025",
        "mock.default.svc",
        "mock.default.svc.cluster.local:8025",
        "host.docker.internal",
        "host.testcontainers.internal",
        "x.localhost",
        "a.test",
        "Lab.Example:8025"
      })
  void names_that_nobody_can_have_pointed_here_are_answered(String host) throws IOException {
    isStatus(200, call(program, "GET /version", "Host: " + host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8025",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "xlab.example",
        "lab.example.evil",
        "1.2.3.4.nip.io",
        "evil.example.",
        "evilinternal.com",
        "::1",
        "[::1].evil.example",
        "127.0.0.1@evil.example",
        "",
        "evil.example#.test"
      })
  void names_that_somebody_can_have_pointed_here_are_refused(String host) throws IOException {
    String answer = call(program, "GET /version", "Host: " + host);
    assertThat(answer).containsPattern("^HTTP/1.1 (403|400) ");
    assertThat(answer).contains("application/problem+json").doesNotContain("9.9");
  }

  @Test
  void who_names_no_host_is_refused() throws IOException {
    assertThat(call("GET /version")).containsPattern("^HTTP/1.1 (403|400) ");
    assertThat(open.raw("GET /version HTTP/1.0\r\n\r\n")).containsPattern("^HTTP/1.. (403|400) ");
  }

  @Test
  void another_name_in_the_address_of_the_request_does_not_help() throws IOException {
    assertThat(call("GET http://evil.example/version", "Host: evil.example"))
        .containsPattern("^HTTP/1.1 (403|404|400) ");
    assertThat(call("GET /version", "Host: localhost", "Host: evil.example"))
        .containsPattern("^HTTP/1.1 (200|403|400) ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Origin: http://evil.example       | Accept: */*              | 403
          Origin: http://localhost:9999     | Accept: */*              | 403
          Origin: https://localhost:8025    | Accept: */*              | 403
          Origin: null                      | Accept: */*              | 403
          Origin: http://localhost:8025     | Accept: */*              | 204
          Sec-Fetch-Site: cross-site        | Sec-Fetch-Mode: no-cors  | 403
          Sec-Fetch-Site: same-site         | Sec-Fetch-Mode: cors     | 403
          Sec-Fetch-Site: cross-site        | Sec-Fetch-Mode: navigate | 403
          Sec-Fetch-Site: same-origin       | Sec-Fetch-Mode: cors     | 204
          Sec-Fetch-Site: none              | Sec-Fetch-Mode: navigate | 204
          """)
  void pages_of_others_change_nothing(String one, String other, int status) throws IOException {
    isStatus(status, call(RESET, "Host: localhost:8025", one, other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Origin: http://evil.example       | Accept: */*              | 403
          Sec-Fetch-Site: cross-site        | Sec-Fetch-Mode: no-cors  | 403
          Sec-Fetch-Site: cross-site        | Sec-Fetch-Mode: navigate | 200
          """)
  void pages_of_others_read_nothing_but_may_link_here(String one, String other, int status)
      throws IOException {
    isStatus(status, call("GET /endpoints", "Host: localhost:8025", one, other));
  }

  @Test
  void nobody_is_allowed_by_cors() throws IOException {
    String preflight =
        call(
            "OPTIONS /endpoints/mx/profile",
            "Host: localhost",
            "Origin: http://evil.example",
            "Access-Control-Request-Method: PATCH");
    assertThat(preflight).doesNotContainIgnoringCase("Access-Control-Allow");
    isStatus(403, preflight);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X: y",
        "Authorization: Bearer t0ke",
        "Authorization: Bearer t0kenn",
        "Authorization: Bearer",
        "Authorization: Basic dDBrZW4=",
        "Authorization: t0ken"
      })
  void changes_need_the_token(String header) throws IOException {
    for (String line :
        new String[] {RESET, "DELETE /endpoints/mx/sessions", "PUT /endpoints/mx/faults"}) {
      String answer = call(program, line, "Host: localhost", header);
      isStatus(401, answer);
      assertThat(answer)
          .containsIgnoringCase("WWW-Authenticate: Bearer\r\n")
          .contains("application/problem+json")
          .doesNotContain("t0ken");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer t0ken", "bearer t0ken"})
  void who_has_the_token_may_change_things(String authorization) throws IOException {
    isStatus(204, call(program, RESET, "Host: localhost", "Authorization: " + authorization));
  }

  @Test
  void who_reads_needs_none() {
    assertThat(program.get("/endpoints/mx/sessions").status()).isEqualTo(200);
    assertThat(program.get("/metrics").status()).isEqualTo(200);
  }

  @Test
  void every_answer_says_that_it_is_no_page() throws IOException {
    for (String answer :
        new String[] {
          call("GET /openapi.yaml", "Host: localhost"),
          call("GET /nowhere", "Host: localhost"),
          call("GET /version", "Host: evil.example"),
          call("GET /" + "x".repeat(100_000), "Host: localhost"),
          call("GET /version", "Host: localhost", "X: " + "x".repeat(100_000)),
          open.raw("nonsense\r\n\r\n")
        }) {
      assertThat(answer)
          .contains("Content-Security-Policy: default-src 'none'; frame-ancestors 'none'; sandbox")
          .contains("X-Content-Type-Options: nosniff")
          .contains("no-store")
          .doesNotContainIgnoringCase("Content-Type: text/html");
    }
  }

  @Test
  void only_the_page_may_run_scripts_and_only_its_own() throws IOException {
    assertThat(call("GET /", "Host: localhost"))
        .contains("Content-Security-Policy: default-src 'none'; script-src 'self'; ")
        .containsOnlyOnce("Content-Security-Policy")
        .contains("content-type: text/html", "<script type=\"module\" src=\"console/main.js\">")
        .doesNotContain("http://", "https://", "onclick", "<script>");
  }

  @Test
  void what_is_too_long_is_told_so() throws IOException {
    String address = call("GET /" + "x".repeat(100_000), "Host: localhost");
    assertThat(address).contains(" 414 ");
    assertThat(address).contains("application/problem+json", "the address of this request");
    String header = call("GET /version", "Host: localhost", "X: " + "x".repeat(100_000));
    isStatus(431, header);
    assertThat(header).contains("application/problem+json", "the headers of this request");
    assertThat(open.raw("\u0000\u0001\u0002\r\n\r\n")).contains(" 400 ");
  }

  @Test
  void http_2_is_not_offered() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(open.uri("/version")).build();
    var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
  }

  @Test
  void who_uses_another_method_is_told_those_that_there_are() throws IOException {
    String answer = call("TRACE /endpoints/mx/faults", "Host: localhost");
    isStatus(405, answer);
    assertThat(answer).containsPattern("(?i)\r\nAllow: [A-Z,]*DELETE");
  }

  @Test
  void curl_may_ask_before_it_sends_a_body() throws IOException {
    String answer =
        open.raw(
            "PUT /endpoints/mx/faults HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n[]");
    assertThat(answer).contains("HTTP/1.1 200 OK\r\n");
  }

  @Test
  void a_name_with_line_breaks_adds_no_header() throws IOException {
    String answer = call("GET /endpoints/x%0d%0aSet-Cookie:%20a=b/profile", "Host: localhost:8025");
    isStatus(404, answer);
    assertThat(answer).doesNotContainPattern("(?m)^Set-Cookie").contains("x\\r\\nSet-Cookie: a=b");
    assertThat(call("GET /events", "Host: localhost", "Last-Event-ID: 1%0d%0aX: y"))
        .startsWith("HTTP/1.1 400 ");
  }
}
