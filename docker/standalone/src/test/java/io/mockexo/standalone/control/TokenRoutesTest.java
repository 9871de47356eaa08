package io.mockexo.standalone.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mockexo.journal.SessionEvent.AuthenticationFailed;
import io.mockexo.journal.Sessions;
import io.mockexo.standalone.Tool;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class TokenRoutesTest {

  private static final String PATH = "/contoso.onmicrosoft.com/oauth2/v2.0/token";
  private static final String APP =
      "grant_type=client_credentials&client_id=my-app&client_secret=any"
          + "&scope=https%3A%2F%2Foutlook.office365.com%2F.default";
  private static final String USER =
      "grant_type=password&client_id=my-app&username=alice%40contoso.com&password=any&client_info=1"
          + "&scope=openid+https%3A%2F%2Foutlook.office.com%2FSMTP.Send+offline_access";

  /** A program whose changes need a token. */
  private final TestProgram program = TestProgram.start("t0ken");

  @AfterEach
  void stop() {
    program.close();
  }

  @Test
  void an_application_gets_a_token_as_from_microsoft_entra_id() throws IOException {
    JsonNode answer = program.form(PATH, APP).json();

    assertThat(answer.fieldNames())
        .toIterable()
        .containsExactly("token_type", "expires_in", "ext_expires_in", "access_token");
    assertThat(answer.get("token_type").asText()).isEqualTo("Bearer");
    assertThat(answer.get("expires_in").asInt()).isEqualTo(3599);
    JsonNode claims = claims(answer);
    assertThat(claims.get("aud").asText()).isEqualTo("https://outlook.office365.com");
    assertThat(claims.get("appid").asText()).isEqualTo("my-app");
    assertThat(claims.at("/roles/0").asText()).isEqualTo("SMTP.SendAsApp");
  }

  @Test
  void a_user_gets_a_token_for_the_resource_of_the_scope() throws IOException {
    JsonNode answer = program.form(PATH, USER).json();
    assertThat(answer.get("scope").asText()).isEqualTo("https://outlook.office.com/SMTP.Send");
    assertThat(claims(answer).get("aud").asText()).isEqualTo("https://outlook.office.com");
    assertThat(claims(answer).get("scp").asText()).isEqualTo("SMTP.Send");
    assertThat(claims(answer).get("upn").asText()).isEqualTo("alice@contoso.com");

    JsonNode graph =
        claims(program.form(PATH, USER.replaceAll("scope=.*", "scope=Mail.Send+User.Read")).json());
    assertThat(graph.get("aud").asText()).isEqualTo("https://graph.microsoft.com");
    assertThat(graph.get("scp").asText()).isEqualTo("Mail.Send User.Read");
  }

  @Test
  void a_token_can_live_shorter() throws IOException {
    JsonNode answer = program.form(PATH, USER + "&lifetime=5m").json();
    assertThat(answer.get("expires_in").asInt()).isEqualTo(299);
    JsonNode claims = claims(answer);
    assertThat(claims.get("exp").asLong() - claims.get("nbf").asLong()).isEqualTo(300);
  }

  @Test
  void an_application_may_say_who_it_is_in_the_header() {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(program.uri(PATH))
            .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
            .POST(BodyPublishers.ofString(APP.replace("&client_id=my-app&client_secret=any", "")));
    assertThat(program.send(request.header("Authorization", "Basic bXktYXBwOmFueQ==")).status())
        .isEqualTo(200);
    Reply garbled = program.send(request.setHeader("Authorization", "Basic bXktYXBw"));
    assertThat(garbled.json().get("error").asText()).isEqualTo("invalid_request");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          grant_type=  | 400 | invalid_request        | 900144  | must contain the following parameter: 'grant_type'
          client_id=   | 400 | invalid_request        | 900144  | must contain the following parameter: 'client_id'
          scope=       | 400 | invalid_request        | 900144  | must contain the following parameter: 'scope'
          grant_type=x | 400 | unsupported_grant_type | 70003   | unsupported grant type 'x'
          client_secret= | 401 | invalid_client       | 7000216 | 'client_secret' or 'request' is required
          scope=https://outlook.office.com/SMTP.Send | 400 | invalid_scope | 1002012 | with /.default suffixed
          scope=openid | 400 | invalid_scope          | 70011   | has to name one resource
          scope=https://a/b https://c/d | 400 | invalid_scope | 70011 | has to name one resource
          flaw=EXPIRD  | 400 | invalid_request        | 90014   | did you mean EXPIRED?
          x=1&x=2      | 400 | invalid_request        | 9000411 | The parameter 'x' is duplicated
          lifetime=5   | 400 | invalid_request        | 90014   | 5
          lifetime=0s  | 400 | invalid_request        | 90014   | from a second to ten years
          """)
  void mistakes_are_told_as_by_microsoft_entra_id(
      String field, int status, String error, int code, String description) {
    String key = field.substring(0, field.indexOf('=') + 1);
    String form = APP.contains(key) ? APP.replaceAll(key + "[^&]*", field) : APP + "&" + field;
    Reply reply = program.form(PATH, form);

    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    assertThat(reply.json().get("error").asText()).isEqualTo(error);
    assertThat(reply.json().at("/error_codes/0").asInt()).isEqualTo(code);
    assertThat(reply.json().get("error_description").asText())
        .startsWith("AADSTS" + code + ": ")
        .contains(description);
  }

  @Test
  void only_a_form_of_a_reasonable_size_is_read() {
    HttpRequest.Builder json =
        HttpRequest.newBuilder(program.uri(PATH))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{}"));
    assertThat(program.send(json).json().get("error_description").asText())
        .contains("'Content-Type: application/x-www-form-urlencoded'");
    unreadable(APP + "&x=" + "y".repeat(100_000));
    unreadable(APP + "&x=y".repeat(10_000));
    unreadable("x=%");
  }

  private void unreadable(String form) {
    Reply reply = program.form(PATH, form);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().get("error").asText()).isEqualTo("invalid_request");
    assertThat(reply.json().get("error_description").asText())
        .contains("The form in the body cannot be read.");
  }

  /** That needs no control token, but no page of another origin may ask. */
  @Test
  void pages_of_other_origins_get_no_token() {
    Reply reply =
        program.send(
            HttpRequest.newBuilder(program.uri(PATH))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", "http://evil.example")
                .POST(BodyPublishers.ofString(APP)));
    Contract contract = Contract.read();
    contract.check(contract.operation("token"), reply.isProblem(403));
  }

  @Test
  void the_metadata_lead_to_the_endpoint_and_to_the_key() {
    JsonNode metadata = program.json("/common/v2.0/.well-known/openid-configuration?appid=my-app");
    String base = program.uri("/common").toString();
    assertThat(metadata.get("token_endpoint").asText()).isEqualTo(base + "/oauth2/v2.0/token");
    assertThat(metadata.get("jwks_uri").asText()).isEqualTo(base + "/discovery/v2.0/keys");
    assertThat(program.json("/common/discovery/v2.0/keys").at("/keys/0/alg").asText())
        .isEqualTo("RS256");
    assertThat(program.get("/token-key.pem").text())
        .startsWith("-----BEGIN PRIVATE KEY-----\n")
        .endsWith("\n-----END PRIVATE KEY-----\n");
  }

  private static final String MAILER =
      """
      import base64, json, os, smtplib, ssl, subprocess, sys, tempfile, time
      import urllib.parse, urllib.request
      base, port = sys.argv[1], int(sys.argv[2])

      def get(path):
          return urllib.request.urlopen(base + path).read()

      def token(**more):
          form = dict(client_id="my-app", scope="https://outlook.office365.com/SMTP.Send",
                      grant_type="password", username="alice@contoso.com", password="any", **more)
          data = urllib.parse.urlencode(form).encode()
          return json.load(urllib.request.urlopen(base + "/common/oauth2/v2.0/token", data))["access_token"]

      def send(token):
          trust = ssl.create_default_context(cadata=get("/ca.pem").decode())
          with smtplib.SMTP("localhost", port, timeout=30) as smtp:
              smtp.starttls(context=trust)
              smtp.ehlo()
              try:
                  smtp.auth("XOAUTH2", lambda challenge=None:
                      "user=alice@contoso.com\\x01auth=Bearer %s\\x01\\x01" % token)
              except smtplib.SMTPAuthenticationError as e:
                  return "%d %s" % (e.smtp_code, e.smtp_error.decode()[:33])
              smtp.sendmail("alice@contoso.com", ["bob@contoso.com"], "Subject: hello\\n\\nhello")
              return "sent"

      def encoded(part):
          return base64.urlsafe_b64encode(part).rstrip(b"=")

      def own_token(**claims):  # signed here, with the key of the mock
          signed = encoded(b'{"alg":"RS256"}') + b"." + encoded(json.dumps(claims).encode())
          with tempfile.NamedTemporaryFile() as key:
              key.write(get("/token-key.pem"))
              key.flush()
              signature = subprocess.run(["openssl", "dgst", "-sha256", "-sign", key.name],
                                         input=signed, stdout=subprocess.PIPE, check=True).stdout
          return (signed + b"." + encoded(signature)).decode()

      print(send(token()))
      print(send(token(flaw="EXPIRED")))
      good = dict(aud="https://outlook.office.com", scp="SMTP.Send", upn="alice@contoso.com")
      print(send(own_token(exp=time.time() + 60, **good)))
      print(send(own_token(**good)))
      """;

  @Test
  void python_sends_with_tokens_from_the_endpoint_and_with_tokens_of_its_own() throws Exception {
    String base = "http://127.0.0.1:" + program.control.port();
    String port = Integer.toString(program.submission.port());
    Tool.OPENSSL.run("", "version"); // the mailer needs it, too
    Tool.Run run = Tool.PYTHON.run(MAILER, "-", base, port);

    assertThat(run.output())
        .isEqualTo(
            """
            sent
            535 5.7.3 Authentication unsuccessful
            sent
            535 5.7.3 Authentication unsuccessful
            """);
    Sessions sessions = program.submission.awaitSessions(4);
    assertThat(sessions.list().get(1).events(AuthenticationFailed.class).get(0).reason())
        .startsWith("the access token is not good: it expired at ");
    assertThat(sessions.list().get(3).events(AuthenticationFailed.class).get(0).reason())
        .isEqualTo("the access token is not good: it does not say when it expires");
    assertThat(sessions.list().get(3).transcript())
        .contains("AUTH XOAUTH2 refused for alice@contoso.com: the access token is not good")
        .doesNotContain("eyJ");
  }

  private static JsonNode claims(JsonNode answer) throws IOException {
    String token = answer.get("access_token").asText();
    String payload = token.substring(token.indexOf('.') + 1, token.lastIndexOf('.'));
    return new ObjectMapper().readTree(new String(Base64.getUrlDecoder().decode(payload), UTF_8));
  }
}
