package io.mockexo.standalone.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.mockexo.journal.JournalLimits;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.standalone.control.Contract.Operation;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import io.vertx.ext.web.Route;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The running server keeps what {@code openapi.yaml} promises, and promises all that it does. */
@Timeout(120)
class ContractTest {

  private static final String MX = "/endpoints/mx";
  private static final String TOO_LATE =
      "[{\"onConnection\": 1, \"at\": \"MAIL\", \"drop\": \"RST\"}]";
  private static final String A_FAULT = TOO_LATE.replace("1", "7");

  private static final String TOKEN = "/oauth2/v2.0/token";
  private static final String METADATA = "/v2.0/.well-known/openid-configuration";
  private static final String FORM =
      "grant_type=client_credentials&client_id=a&client_secret=b&scope=https://outlook.office.com/.default";

  private static final String RULES = "[{\"onConnection\": 7, \"minimumTls\": \"TLS_1_3\"}]";

  private static final String NAMES = "{\"certificateNames\": [\"mail.contoso.com\"]}";

  /** A request for an operation, and the listed status that the answer falls under. */
  private record Call(String operation, String path, @Nullable String body, String listed) {
    static Call of(String operation, String path, String listed) {
      return new Call(operation, path, null, listed);
    }
  }

  /** In this order: one message was delivered before. */
  private static final List<Call> CALLS =
      List.of(
          Call.of("health", "/health", "200"),
          Call.of("health", "/health?x=1", "default"),
          Call.of("version", "/version", "200"),
          Call.of("version", "/version?x=1", "default"),
          Call.of("metrics", "/metrics", "200"),
          Call.of("metrics", "/metrics?x=1", "default"),
          Call.of("certificateAuthority", "/ca.pem", "200"),
          Call.of("certificateAuthority", "/ca.pem?x=1", "default"),
          new Call("issueClientCertificate", "/client-certificates", NAMES, "200"),
          new Call("issueClientCertificate", "/client-certificates", "{}", "default"),
          Call.of("description", "/openapi.yaml", "200"),
          Call.of("description", "/openapi.yaml?x=1", "default"),
          new Call("token", "/contoso.com" + TOKEN, FORM, "200"),
          new Call("token", "/contoso.com" + TOKEN, FORM.replace("scope", "skope"), "400"),
          new Call("token", "/contoso.com" + TOKEN, FORM.replace("secret", "sekret"), "401"),
          Call.of("tokenKeys", "/contoso.com/discovery/v2.0/keys", "200"),
          Call.of("tokenKeys", "/contoso.com/discovery/v2.0/keys?x=1", "default"),
          Call.of("tokenMetadata", "/contoso.com" + METADATA, "200"),
          Call.of("tokenMetadata", "/contoso.com" + METADATA + "?x=1", "default"),
          Call.of("tokenKey", "/token-key.pem", "200"),
          Call.of("tokenKey", "/token-key.pem?x=1", "default"),
          Call.of("events", "/events?after=x", "default"),
          Call.of("console", "/", "200"),
          Call.of("console", "/?x=1", "default"),
          Call.of("consoleFile", "/console/main.js", "200"),
          Call.of("consoleFile", "/console/console.css", "200"),
          Call.of("consoleFile", "/console/passwd", "default"),
          Call.of("endpoints", "/endpoints", "200"),
          Call.of("endpoints", "/endpoints?x=1", "default"),
          Call.of("profile", MX + "/profile", "200"),
          Call.of("profile", "/endpoints/client-submission/profile", "200"),
          Call.of("profile", MX + "/profile?changed=true", "200"),
          Call.of("profile", "/endpoints/my/profile", "default"),
          new Call("replaceProfile", MX + "/profile", "{}", "200"),
          new Call("replaceProfile", MX + "/profile", "[]", "default"),
          new Call("changeProfile", MX + "/profile", "{}", "200"),
          new Call("changeProfile", MX + "/profile", "[]", "default"),
          new Call("replaceFaults", MX + "/faults", A_FAULT, "200"),
          new Call("replaceFaults", MX + "/faults", TOO_LATE, "409"),
          new Call("replaceFaults", MX + "/faults", "{}", "default"),
          new Call("addFaults", MX + "/faults", A_FAULT.replace("MAIL", "RCPT"), "200"),
          new Call("addFaults", MX + "/faults", TOO_LATE, "409"),
          new Call("addFaults", MX + "/faults", "{}", "default"),
          Call.of("faults", MX + "/faults", "200"),
          Call.of("faults", MX + "/faults?unfired=maybe", "default"),
          Call.of("removeFaults", MX + "/faults", "204"),
          Call.of("removeFaults", "/endpoints/my/faults", "default"),
          new Call("replaceConnections", MX + "/connections", RULES, "200"),
          new Call("replaceConnections", MX + "/connections", RULES.replace("7", "1"), "409"),
          new Call("replaceConnections", MX + "/connections", "{}", "default"),
          new Call("addConnections", MX + "/connections", RULES.replace("7", "8"), "200"),
          new Call("addConnections", MX + "/connections", RULES.replace("7", "1"), "409"),
          new Call("addConnections", MX + "/connections", RULES, "default"),
          Call.of("connections", MX + "/connections", "200"),
          Call.of("connections", MX + "/connections?x=1", "default"),
          Call.of("removeConnections", MX + "/connections", "204"),
          Call.of("removeConnections", "/endpoints/my/connections", "default"),
          Call.of("sessions", MX + "/sessions", "200"),
          Call.of("sessions", MX + "/sessions?view=list&state=all", "200"),
          Call.of("sessions", MX + "/sessions?view=short", "default"),
          Call.of("sessions", MX + "/sessions?await=9&timeout=0s", "408"),
          Call.of("sessions", MX + "/sessions?await=x", "default"),
          Call.of("session", MX + "/sessions/1", "200"),
          Call.of("session", MX + "/sessions/7", "default"),
          Call.of("transcript", MX + "/sessions/1/transcript", "200"),
          Call.of("transcript", MX + "/sessions/x/transcript", "default"),
          Call.of("senderLog", MX + "/sessions/1/sender-log", "200"),
          Call.of("senderLog", MX + "/sessions/7/sender-log", "default"),
          Call.of("protocolLog", MX + "/protocol-log", "200"),
          Call.of("protocolLog", MX + "/protocol-log?side=sent", "default"),
          Call.of("tlsReport", MX + "/tls-report", "200"),
          Call.of("tlsReport", MX + "/tls-report?form=text", "200"),
          Call.of("tlsReport", MX + "/tls-report?form=csv", "200"),
          Call.of("tlsReport", MX + "/tls-report?form=xml", "default"),
          Call.of("message", MX + "/sessions/1/messages/1.eml", "200"),
          Call.of("message", MX + "/sessions/1/messages/2.eml", "default"),
          Call.of("evidence", MX + "/sessions/1/evidence", "200"),
          Call.of("evidence", MX + "/sessions/1/evidence?secrets=maybe", "default"),
          Call.of("removeSessions", MX + "/sessions", "200"),
          Call.of("removeSessions", "/endpoints/my/sessions", "default"),
          Call.of("scenarios", "/scenarios", "200"),
          Call.of("scenarios", "/scenarios?x=1", "default"),
          Call.of("scenario", "/scenarios/throttled", "200"),
          Call.of("scenario", "/scenarios/throtled", "default"),
          new Call("applyScenario", MX + "/scenario", "{\"scenario\": \"throttled\"}", "200"),
          new Call("applyScenario", MX + "/scenario", "{}", "default"),
          Call.of("reset", MX + "/reset", "204"),
          Call.of("reset", "/endpoints/my/reset", "default"));

  /** They need a server in another state, or an answer without end, and have tests of their own. */
  private static final Set<String> ELSEWHERE =
      Set.of("health 503", "message 410", "events 200", "token default", "evidence 409");

  private final Contract contract = Contract.read();
  private final TestProgram program = TestProgram.start();

  @BeforeEach
  void deliver() {
    program.deliver();
  }

  @AfterEach
  void stop() {
    program.close();
  }

  @Test
  void every_operation_answers_as_it_is_described() {
    Set<String> seen = new HashSet<>(ELSEWHERE);
    for (Call call : CALLS) {
      Operation operation = contract.operation(call.operation());
      Reply reply =
          operation.id().equals("token")
              ? program.form(call.path(), call.body())
              : program.send(operation.method(), call.path(), call.body());
      assertThat(contract.statusFor(operation, reply.status()))
          .as("%s: %d %s", call, reply.status(), reply.text())
          .isEqualTo(call.listed());
      contract.check(operation, reply);
      seen.add(call.operation() + " " + call.listed());
    }
    assertThat(seen)
        .containsExactlyInAnyOrderElementsOf(
            contract.operations().stream()
                .flatMap(op -> contract.statuses(op).stream().map(status -> op.id() + " " + status))
                .toList());
  }

  @Test
  void red_health_and_a_message_without_room_are_answered_as_described() {
    program.submission.close();
    Reply health = program.get("/health");
    assertThat(health.status()).isEqualTo(503);
    contract.check(contract.operation("health"), health);
    assertThat(health.json().at("/endpoints/client-submission").asText()).isEqualTo("DOWN");
    assertThat(health.json().at("/endpoints/mx").asText()).isEqualTo("UP");

    try (TestProgram small =
        TestProgram.of(
            MockExchangeOnlineServer.mx().journalLimits(new JournalLimits(10, 100_000, 100)))) {
      TestProgram.talk(
          small.mx,
          TestProgram.MESSAGE.replace("\r\n.\r\n", "\r\nhello".repeat(20_000) + "\r\n.\r\n"));
      small.mx.awaitSessions(1);
      Reply message = small.get(MX + "/sessions/1/messages/1.eml");
      assertThat(message.status()).as(message.text()).isEqualTo(410);
      contract.check(contract.operation("message"), message);
    }
  }

  @Test
  void events_are_answered_as_described() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(program.uri("/events")).build();
    var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
    try (var stream = response.body()) {
      assertThat(stream).isNotNull();
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    }
  }

  @Test
  void there_are_no_other_routes_than_those_described() {
    assertThat(
            program.control.routes().stream()
                .filter(route -> route.methods() != null)
                .flatMap(ContractTest::words))
        .containsExactlyInAnyOrderElementsOf(
            contract.operations().stream()
                .map(op -> op.method() + " " + op.path().replaceAll("\\{(\\w+)}", ":$1"))
                .toList());
  }

  private static Stream<String> words(Route route) {
    return route.methods().stream().map(method -> method + " " + route.getPath());
  }

  @Test
  void the_text_is_sound_by_the_judgement_of_others() {
    String text = program.get("/openapi.yaml").text();
    assertThat(judged(text).getMessages()).isEmpty();
    assertThat(judged(text).getOpenAPI().getPaths()).hasSize(29);
    assertThat(judged(text.replace("operationId:", "operationID:")).getMessages()).isNotEmpty();
  }

  private static SwaggerParseResult judged(String text) {
    return new OpenAPIV3Parser().readContents(text, null, options());
  }

  @Test
  void an_answer_of_another_form_would_be_noticed() {
    Reply version = program.get("/version");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> contract.check(contract.operation("health"), version))
        .withMessageContaining("status");
  }

  private static ParseOptions options() {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    return options;
  }

  @Test
  void examples_of_bodies_and_of_values_are_valid() {
    contract.forEach(
        (pointer, node) -> {
          if (pointer.endsWith("/example") || pointer.contains("/example/")) {
            return;
          }
          String schema = node.has("schema") ? pointer + "/schema" : pointer;
          if (node.has("example")) {
            contract.requireValid(schema, node.get("example"), pointer);
          }
          if (node.path("examples").isArray()) {
            node.get("examples").forEach(value -> contract.requireValid(pointer, value, pointer));
          } else if (node.has("schema")) {
            node.path("examples")
                .forEach(named -> contract.requireValid(schema, named.get("value"), pointer));
          }
        });
  }

  @Test
  void examples_of_requests_can_be_sent() {
    for (Operation operation : contract.operations()) {
      JsonNode body = contract.at(operation.pointer()).path("requestBody");
      JsonNode content =
          (body.has("$ref") ? contract.at(body.get("$ref").asText().substring(1)) : body)
              .path("content");
      content.properties().forEach(type -> sendExamples(operation, type.getKey(), type.getValue()));
    }
  }

  private void sendExamples(Operation operation, String type, JsonNode media) {
    List<JsonNode> examples =
        media.has("example")
            ? List.of(media.get("example"))
            : media.get("examples").valueStream().map(named -> named.get("value")).toList();
    assertThat(examples).isNotEmpty();
    for (JsonNode example : examples) {
      program.send("POST", MX + "/reset", null);
      URI uri = program.uri(operation.path().replace("{name}", "mx").replace("{tenant}", "common"));
      Reply reply =
          program.send(
              HttpRequest.newBuilder(uri)
                  .header("Content-Type", type)
                  .method(
                      operation.method(),
                      HttpRequest.BodyPublishers.ofString(body(type, example))));
      assertThat(reply.status()).as("%s %s", example, reply.text()).isEqualTo(200);
      contract.check(operation, reply);
    }
  }

  private static String body(String type, JsonNode example) {
    return type.endsWith("json")
        ? example.toString()
        : example.properties().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue().asText(), UTF_8))
            .collect(Collectors.joining("&"));
  }

  @Test
  void examples_of_parameters_can_be_sent() {
    program.send("POST", MX + "/reset", null);
    for (JsonNode parameter : contract.at("/paths/~1endpoints~1{name}~1sessions/get/parameters")) {
      if (parameter.has("example") && !parameter.get("name").asText().equals("timeout")) {
        String value = URLEncoder.encode(parameter.get("example").asText(), UTF_8);
        Reply reply = program.get(MX + "/sessions?" + parameter.get("name").asText() + "=" + value);
        contract.check(contract.operation("sessions"), reply);
        assertThat(reply.status()).isEqualTo(200);
      }
    }
  }

  @Test
  void the_example_of_a_problem_is_a_real_one() {
    JsonNode example =
        contract.at("/components/responses/Problem/content/application~1problem+json/example");
    Reply reply =
        program.send(
            "POST", MX + "/faults", "[{\"onConnection\": 7, \"at\": \"MAIL\", \"drop\": \"RTS\"}]");
    assertThat(reply.json()).isEqualTo(example);
  }
}
