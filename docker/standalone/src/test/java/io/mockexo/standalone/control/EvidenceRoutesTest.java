package io.mockexo.standalone.control;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mockexo.client.ControlApiException;
import io.mockexo.client.MockExchangeClient;
import io.mockexo.server.MockExchangeOnlineServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** All that there is of a session, over HTTP. */
@Timeout(120)
class EvidenceRoutesTest {

  private static final String EVIDENCE = "/endpoints/mx/sessions/1/evidence";

  /** The content of each file, by what its name ends with. */
  private static Map<String, String> files(TestProgram program, boolean secrets) {
    try (MockExchangeClient client = MockExchangeClient.connect(program.uri("/"), "t0ken");
        ZipInputStream zip =
            new ZipInputStream(new ByteArrayInputStream(client.evidence("mx", 1, secrets)))) {
      Map<String, String> files = new LinkedHashMap<>();
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        assertThat(entry.getName()).matches("\\d{8}T\\d{6}\\.\\d{6}Z-mx-000001.*");
        files.put(
            entry.getName().replaceFirst(".*-mx-000001", ""),
            new String(zip.readAllBytes(), ISO_8859_1));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TestProgram keepingSecrets() {
    return TestProgram.of(MockExchangeOnlineServer.mx().profile(profile -> profile.keyLog(true)));
  }

  @Test
  void a_session_has_transcript_json_messages_and_capture() {
    try (TestProgram program = TestProgram.start()) {
      program.deliver();
      Map<String, String> files = files(program, false);

      assertThat(files)
          .containsOnlyKeys(
              ".txt", ".json", "-1.eml", "-receive.log", "-send.log", "-sender.txt", ".pcapng");
      assertThat(files.get(".txt"))
          .isEqualTo(program.get("/endpoints/mx/sessions/1/transcript").text());
      assertThat(files.get(".json")).contains("\"number\":1");
      assertThat(files.get("-1.eml")).contains("Subject: hello");
      assertThat(files.get(".pcapng")).startsWith("\n\r\r\n").contains("220 ", "MAIL FROM:<a@");
      assertThat(program.get(EVIDENCE).header("Content-Disposition"))
          .matches("attachment; filename=\"[\\w.]+-mx-000001\\.zip\"");
    }
  }

  @Test
  void secrets_are_in_it_when_they_are_asked_for() throws Exception {
    try (TestProgram program = keepingSecrets()) {
      Tls.deliver(program.mx.port(), program.mx.clientSslContext());
      program.mx.awaitSessions(1);

      assertThat(files(program, false).get(".pcapng")).doesNotContain("CLIENT_");
      assertThat(files(program, true).get("-with-secrets.pcapng")).contains("CLIENT_");
    }
  }

  @Test
  void secrets_that_were_not_kept_are_no_reason_for_a_file_without() throws Exception {
    try (TestProgram program = TestProgram.start()) {
      Tls.deliver(program.mx.port(), program.mx.clientSslContext());
      program.mx.awaitSessions(1);
      Reply reply = program.get(EVIDENCE + "?secrets=true");

      reply.isProblem(409);
      assertThat(reply.detail()).contains("--evidence-secrets");
      Contract contract = Contract.read();
      contract.check(contract.operation("evidence"), reply);
    }
  }

  @Test
  void what_is_secret_needs_the_token_and_the_rest_does_not() {
    try (TestProgram program = TestProgram.start("t0ken");
        MockExchangeClient nobody = MockExchangeClient.connect(program.uri("/"))) {
      program.deliver();

      assertThat(program.get(EVIDENCE).status()).isEqualTo(200);
      assertThat(program.get(EVIDENCE + "?secrets=true").isProblem(401).detail())
          .startsWith("TLS secrets need the token");
      assertThatExceptionOfType(ControlApiException.class)
          .isThrownBy(() -> nobody.evidence("mx", 1, true));
      assertThat(files(program, true)).containsKey(".pcapng");
    }
  }

  /** What no transcript shows is not to be had from a capture either, unless asked for. */
  @Test
  void credentials_in_the_clear_are_in_no_capture_without_secrets() {
    try (TestProgram program = TestProgram.start()) {
      TestProgram.talk(
          program.mx, "EHLO c.example\r\nAUTH PLAIN AGFsaWNlAFMzY3JldC1QYTU1\r\nQUIT\r\n");
      program.mx.awaitSessions(1);
      Map<String, String> shut = files(program, false);
      Map<String, String> open = files(program, true);

      assertThat(String.join("", shut.values())).doesNotContain("AGFsaWNl");
      assertThat(shut.get(".pcapng")).contains("220 ", "What the client sent is not in this");
      assertThat(open.get("-with-secrets.pcapng")).contains("AUTH PLAIN AGFsaWNlAFMzY3JldC1QYTU1");
    }
  }

  @Test
  void who_asks_for_what_is_not_there_is_told() {
    try (TestProgram program = TestProgram.start();
        MockExchangeClient client = MockExchangeClient.connect(program.uri("/"))) {
      program.get(EVIDENCE).isProblem(404);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client.evidence("my", 1, false))
          .withMessageContaining("did you mean mx?");
      program.deliver();
      program.get(EVIDENCE + "?secret=true").isProblem(400);
    }
  }
}
