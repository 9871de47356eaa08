package io.mockexo.standalone.control;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.fault.Drop;
import io.mockexo.fault.Fault;
import io.mockexo.fault.Stage;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be understood is told with its place, and changes nothing. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {

  private static final String MX_PROFILE = "/endpoints/mx/profile";
  private static final String FAULTS = "/endpoints/mx/faults";
  private static final String PROFILE = "/endpoints/client-submission/profile";

  private final TestProgram program = TestProgram.start();
  private String before;

  @BeforeAll
  void prepare() {
    program.mx.onConnection(5, Fault.at(Stage.MAIL).drop(Drop.FIN));
    program.deliver();
    before = state();
  }

  /** Whatever a test has sent. */
  @AfterEach
  void the_state_is_unchanged() {
    assertThat(state()).isEqualTo(before);
  }

  @AfterAll
  void stop() {
    program.close();
  }

  private String state() {
    return program.mx.script()
        + program.get(MX_PROFILE).text()
        + program.get(PROFILE).text()
        + program.submission.profile().tenant().accounts().get(0).password()
        + program.get(FAULTS).text()
        + program.get("/endpoints/mx/sessions/1").text()
        + program.mx.accepted();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"scenario": "throtled"}             | /scenario | there is no scenario 'throtled'; did you mean 'throttled'?
          {"scenario": "basic-auth-disabled"}  | /scenario | is a scenario of CLIENT_SUBMISSION, and this endpoint is MX; MX has: old-tls-refused
          {"name": "throttled"}                | /name     | there is no such key; keys here are scenario
          {}                                   | ``        | expected the name of a scenario, such as {"scenario": "old-tls-refused"}
          """)
  void a_scenario_that_cannot_be(String body, String pointer, String detail) {
    Reply reply = program.send("POST", "/endpoints/mx/scenario", body).isProblem(400, pointer);
    assertThat(reply.detail()).contains(detail);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"minimumTls": "TLS_1_4"}            | /minimumTls        | 'TLS_1_4' is not known; it is one of SSL_3, TLS_1_0
          {"minimumTls": "TLS_12"}             | /minimumTls        | 'TLS_12' is not known; did you mean TLS_1_2?
          {"minimumTsl": "TLS_1_2"}            | /minimumTsl        | there is no such key; did you mean 'minimumTls'?
          {"minimumTls": null}                 | /minimumTls        | expected text, found nothing
          {"accounts": null}                   | /accounts          | expected a list, found nothing
          {"accounts": [null]}                 | /accounts/0        | expected a mapping of keys to values, found nothing
          {"minimumTls": ["TLS_1_2"]}          | /minimumTls        | expected text, found a list
          {"blockClients": "10.0.0.0/8"}       | /blockClients      | expected a list, found '10.0.0.0/8'
          {"blockClients": ["10.0.0.0/40"]}    | /blockClients/0    | '10.0.0.0/40': the prefix length is a number from 0 to 32
          {"minimumTls": "TLS_1_3", "maximumTls": "TLS_1_2"} | `` | minimumTls TLS_1_3 is above maximumTls TLS_1_2
          {"refusalAlert": "DECODE_ERROR"}     | /refusalAlert      | this has no effect without 'refuseOldTlsWith: ALERT'
          {"endpoint": "MX"}                   | /endpoint          | this endpoint is CLIENT_SUBMISSION and cannot become another one
          {"endpoint": "MXX"}                  | /endpoint          | 'MXX' is not known; did you mean MX?
          {"acceptedDomains": []}              | /acceptedDomains   | this has no effect on CLIENT_SUBMISSION; it is for MX
          {"tarpit": "soon"}                   | /tarpit            | expected a length of time, for example 500ms
          {"maxRecipients": 0}                 | /maxRecipients     | expected a whole number from 1
          {"maxRecipients": 1.5}               | /maxRecipients     | expected a whole number from 1
          {"maxMessageSize": -1}               | /maxMessageSize    | expected a number of bytes
          {"serverPreference": "perhaps"}      | /serverPreference  | expected true or false, found 'perhaps'
          {"frontEnd": {"server": "A"}}        | /frontEnd          | a front end has a server and a forest
          {"a/b~c": 1}                         | /a~1b~0c           | there is no such key
          {"tarpit": "1s", "tarpit": "2s"}     | /tarpit            | this key stands here twice
          {"accounts": [{"user": "new@contoso.com"}]} | /accounts/0 | an account has a user, and a password or an accessToken, or both
          []                                   | ``                 | expected a mapping of keys to values, found a list
          null                                 | ``                 | expected a mapping of keys to values, found nothing
          {"tarpit": "1s"} {}                  | ``                 | this is not JSON: something follows the value
          {"tarpit": "1s",}                    | ``                 | this is not JSON: Unexpected character ('}'
          {tarpit: "1s"}                       | ``                 | this is not JSON: Unexpected character ('t'
          {"tarpit"                            | ``                 | this is not JSON: Unexpected end-of-input
          """)
  void a_profile_that_is_wrong(String body, String pointer, String detail) {
    for (String method : new String[] {"PUT", "PATCH"}) {
      Reply reply = program.send(method, PROFILE, body).isProblem(400, pointer);
      assertThat(reply.detail()).startsWith(detail);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [{"onConnection": 0, "at": "MAIL", "drop": "RST"}]  | /0/onConnection | connections are numbered from 1, not 0
          [{"onConnection": -1, "at": "MAIL", "drop": "RST"}] | /0/onConnection | '-1'
          [{"onConnection": 1.5, "at": "MAIL", "drop": "RST"}] | /0/onConnection | '1.5'
          [{"onConnection": "5-3", "at": "MAIL", "drop": "RST"}] | /0/onConnection | 5
          [{"onConnection": null, "at": "MAIL", "drop": "RST"}] | /0/onConnection | expected text, found nothing
          [{"onConnection": 9, "at": "MIAL", "drop": "RST"}]  | /0/at           | 'MIAL' is not known; did you mean MAIL?
          [{"onConnection": 9, "at": "MAIL", "drop": "RTS"}]  | /0/drop         | 'RTS' is not known; did you mean RST?
          [{"onConnection": 9, "at": "MAIL", "drops": "RST"}] | /0/drops          | there is no such key; did you mean 'drop'?
          [{"onConnection": 9, "at": "MAIL"}]                 | /0              | nothing happens here
          [{"at": "MAIL", "drop": "RST"}]                     | /0              | a fault has either onConnection or onAttempt
          [{"onConnection": 9, "drop": "RST"}]                | /0              | the key 'at' is missing
          [{"onConnection": 9, "onAttempt": 9, "at": "MAIL", "drop": "RST"}] | /0/onAttempt | a fault has only one of these
          [{"onConnection": 9, "at": "MAIL", "drop": "RST", "stall": true}]  | /0/stall     | a fault has only one of these
          [{"onConnection": 9, "at": "MAIL", "alert": "DECODE_ERROR"}]       | /0/alert     | MAIL
          [{"onConnection": 9, "at": "MAIL", "stall": false}] | /0/stall        | expected true, found 'false'
          [{"onConnection": 9, "at": "MAIL", "drop": "RST"}, null] | /1         | expected a mapping
          {"onConnection": 9, "at": "MAIL", "drop": "RST"}    | ``              | expected a list, found a mapping
          null                                                | ``              | expected a list, found nothing
          """)
  void a_script_that_is_wrong(String body, String pointer, String detail) {
    for (String method : new String[] {"PUT", "POST"}) {
      Reply reply = program.send(method, FAULTS, body).isProblem(400, pointer);
      assertThat(reply.detail()).contains(detail);
    }
  }

  @Test
  void a_fault_for_a_connection_that_has_come() {
    String both =
        "[{\"onConnection\": 2, \"at\": \"MAIL\", \"drop\": \"RST\"},"
            + "{\"onConnection\": 1, \"at\": \"MAIL\", \"drop\": \"RST\"}]";
    for (String method : new String[] {"PUT", "POST"}) {
      Reply reply = program.send(method, FAULTS, both).isProblem(409, "/1/onConnection");
      assertThat(reply.detail())
          .isEqualTo("onConnection: 1 has been accepted already; the next connection is number 2");
    }
  }

  @Test
  void nothing_at_all() {
    assertThat(program.send("PUT", PROFILE, "").isProblem(400, "").detail())
        .isEqualTo("this is not JSON: there is nothing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "text/json", ""})
  void another_type_of_content(String type) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(program.uri(PROFILE)).method("PATCH", BodyPublishers.ofString("{}"));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    program.send(request).isProblem(415);
  }

  @Test
  void a_form_that_cannot_be_read() {
    assertThat(program.form(FAULTS, "x=%").isProblem(400).detail())
        .isEqualTo("the form in the body cannot be read");
  }

  @Test
  void what_is_not_utf_8() {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(program.uri(PROFILE))
            .header("Content-Type", "application/json; charset=utf-8")
            .method("PATCH", BodyPublishers.ofByteArray("{\"\u00e4\": 1}".getBytes(ISO_8859_1)));
    assertThat(program.send(request).isProblem(400).detail())
        .isEqualTo("the body is not text in UTF-8");
  }

  @Test
  void a_body_that_is_too_large() {
    String large = "[" + " ".repeat((int) ControlServer.MAX_BODY_BYTES) + "]";
    assertThat(program.send("PUT", FAULTS, large).isProblem(413).detail())
        .isEqualTo("the body is larger than 1048576 bytes");
  }

  @Test
  void what_is_nested_too_deeply() {
    program.send("PUT", FAULTS, "[".repeat(100_000)).isProblem(400, "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"accounts\": [{\"user\": \"a\", \"password\": [\"S3cret-Pa55\"]}]}",
        "{\"accounts\": [{\"user\": \"a\", \"S3cret-Pa55\": 1}]}",
        "{\"accounts\": \"S3cret-Pa55\"}",
        "{\"accounts\": [{\"user\": \"a\", \"password\": S3cret-Pa55}]}",
        "{\"accounts\": [{\"user\": \"a\", \"password\": \"S3cret-Pa55}]}",
        "{\"accounts\": [{\"user\": \"a\", \"password\": 'S3cret-Pa55'}]}",
        "{\"accounts\": [{\"password\": \"S3cret-Pa55\"}]}",
        "{\"accounts\": [{\"user\": \"a\", \"password\": \"S3cret-Pa55\"}], \"minimumTls\": \"SSL\"}"
      })
  void a_password_is_never_quoted(String body) {
    Reply reply = program.send("PATCH", PROFILE, body).isProblem(400);
    assertThat(reply.text()).doesNotContain("S3cret").doesNotContain("Pa55");
  }

  static Stream<String> operations() {
    return Contract.read().operations().stream()
        .map(
            op ->
                op.method()
                    + " "
                    + op.path()
                        .replace("{name}", "mx")
                        .replace("{tenant}", "common")
                        .replace("{number}", "1")
                        .replace("{scenario}", "throttled")
                        .replace("{file}", "1.eml"));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void parameters_that_nobody_would_read(String operation) {
    String[] words = operation.split(" ", 2);
    String body = words[0].startsWith("P") && !words[1].endsWith("reset") ? "[]" : null;
    assertThat(program.send(words[0], words[1] + "?foo=1", body).isProblem(400).detail())
        .startsWith("there is no parameter 'foo'; there ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sessions?awiat=1          | there is no parameter 'awiat'; did you mean 'await'?
          sessions?await=           | await has to be a whole number from 0 to 999999999, not ''
          sessions?await=-1         | await has to be a whole number from 0 to 999999999, not '-1'
          sessions?await=9999999999 | await has to be a whole number from 0 to 999999999, not
          sessions?await=1&await=2  | the parameter 'await' stands here twice
          sessions?await=1&quiet=1s | one thing can be awaited
          sessions?timeout=1s       | one thing can be awaited
          sessions?await=1&state=all | what is awaited says which sessions come
          sessions?await=1&timeout=2h | timeout has to be from 0s to 1h, not PT2H
          sessions?await=1&timeout=soon | timeout: expected a length of time
          sessions?quiet=-PT1S      | quiet has to be from 0s to 1h, not PT-1S
          sessions?quiet=PT2562047788015215H | quiet has to be from 0s to 1h, not PT2562047788015215H
          sessions?state=opne       | state=opne is not known; did you mean 'open'?
          sessions?contents=base46  | contents=base46 is not known; did you mean 'base64'?
          sessions/1?contents=yes   | contents=yes is not known
          faults?unfired=yes        | unfired=yes is not known; it is one of false, true
          """)
  void a_parameter_that_is_wrong(String path, String detail) {
    assertThat(program.get("/endpoints/mx/" + path).isProblem(400).detail()).startsWith(detail);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET  | /endpoints/my/profile             | 404 | there is no endpoint 'my'; did you mean 'mx'? there are client-submission, mx
          GET  | /endpoints/mx/sessions/2          | 404 | there is no session '2'; 1 have come, and there are 1 to 1
          GET  | /endpoints/mx/sessions/-1         | 404 | there is no session '-1'
          GET  | /endpoints/mx/sessions/1/messages/2.eml | 404 | there is no message '2.eml'; this session delivered 1
          GET  | /endpoints/mx/sessions/1/messages/0.eml | 404 | there is no message '0.eml'
          GET  | /endpoints/mx/sessions/1/messages/..%2F..%2Fetc%2Fpasswd | 404 | there is no message '../../etc/passwd'
          GET  | /nowhere                          | 404 | there is nothing here; /openapi.yaml lists what there is
          POST | /endpoints/mx/profile             | 405 | this method is not for this path
          GET  | /endpoints/mx/reset               | 405 | this method is not for this path
          GET  | /endpoints/%zz/profile            | 400 | the address of this request
          GET  | /endpoints/mx/sessions?state=%zz  | 400 | the address of this request
          """)
  void a_path_that_is_wrong(String method, String path, int status, String detail)
      throws IOException {
    String answer =
        program.raw(
            method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answer)
        .startsWith("HTTP/1.1 " + status + " ")
        .contains("application/problem+json", "\"detail\":\"" + detail);
  }
}
