package io.mockexo.standalone.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client has sent stays text, and its credentials stay with it. */
@Timeout(120)
class HostileContentTest {

  private static final String SCRIPT = "<script>alert(1)</script>";

  private static final String MESSAGE =
      ("EHLO %s\r\nNOOP %s\r\nMAIL FROM:<a@client.example>\r\nRCPT TO:<b@contoso.com>\r\nDATA\r\n"
              + "Message-ID: <%s@x>\r\nSubject: %s\r\nContent-Type: text/html\r\n\r\n%s\r\n.\r\nQUIT\r\n")
          .replace("%s", SCRIPT);

  private final TestProgram program = TestProgram.start();

  @BeforeEach
  void deliver() {
    TestProgram.talk(program.mx, MESSAGE.replace("EHLO " + SCRIPT, "EHLO client.example"));
    program.mx.awaitSessions(1);
  }

  @AfterEach
  void stop() {
    program.close();
  }

  @Test
  void a_transcript_is_plain_text() {
    Reply reply = program.get("/endpoints/mx/sessions/1/transcript");
    assertThat(reply.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(reply.text()).contains("NOOP " + SCRIPT);
    isNoPage(reply);
  }

  @Test
  void a_message_is_to_be_saved() {
    Reply reply = program.get("/endpoints/mx/sessions/1/messages/1.eml");
    assertThat(reply.header("Content-Type")).isEqualTo("message/rfc822");
    assertThat(reply.header("Content-Disposition")).startsWith("attachment");
    assertThat(reply.header("Content-Length")).isEqualTo(Integer.toString(reply.text().length()));
    assertThat(reply.text()).contains("Subject: " + SCRIPT + "\r\n");
    isNoPage(reply);
  }

  @Test
  void a_session_is_json() {
    Reply reply = program.get("/endpoints/mx/sessions/1?contents=base64");
    assertThat(reply.mediaType()).isEqualTo("application/json");
    JsonNode events = reply.json().get("events");
    assertThat(events.findValuesAsText("line")).contains("NOOP " + SCRIPT);
    byte[] message = Base64.getDecoder().decode(events.findValuesAsText("base64").get(0));
    assertThat(message)
        .asString()
        .isEqualTo(program.get("/endpoints/mx/sessions/1/messages/1.eml").text());
    isNoPage(reply);
  }

  private static void isNoPage(Reply reply) {
    assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(reply.header("Content-Security-Policy")).startsWith("default-src 'none'");
  }

  @Test
  void no_answer_has_credentials_in_it() {
    String login =
        Base64.getEncoder().encodeToString(("\0alice\0" + TestProgram.PASSWORD).getBytes(UTF_8));
    TestProgram.talk(
        program.submission, "EHLO client.example\r\nAUTH PLAIN " + login + "\r\nQUIT\r\n");
    program.submission.awaitSessions(1);
    String change =
        "{\"accounts\": [{\"user\": \"x@contoso.com\", \"password\": \"%s\", \"accessToken\": \"%s\"}]}"
            .formatted(TestProgram.PASSWORD, login);
    String base = "/endpoints/client-submission";
    Stream.of(
            program.send("PATCH", base + "/profile", change),
            program.get(base + "/profile"),
            program.get(base + "/sessions?contents=base64&state=all"),
            program.get(base + "/sessions/1"),
            program.get(base + "/sessions/1/transcript"),
            program.get(base + "/sessions/1/sender-log"),
            program.get(base + "/protocol-log"),
            program.get(base + "/protocol-log?side=send"),
            program.get(base + "/tls-report"),
            program.get(base + "/faults"),
            program.get(base + "/sessions?await=9&timeout=0s"),
            program.get("/metrics"),
            program.send("PUT", base + "/profile", change),
            program.send("DELETE", base + "/sessions", null))
        .forEach(
            reply ->
                assertThat(reply.text())
                    .isNotEmpty()
                    .doesNotContain(TestProgram.PASSWORD)
                    .doesNotContain(login));
    assertThat(program.submission.profile().tenant().accounts().get(0).password())
        .isEqualTo(TestProgram.PASSWORD);
  }
}
