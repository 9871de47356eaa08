package io.mockexo.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.client.MockExchangeClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The control API as part of the program. */
@Timeout(120)
class ServeControlTest {

  private record Outcome(int exitCode, String err) {}

  private static Outcome run(String... arguments) {
    StringWriter err = new StringWriter();
    CommandLine program = MockExchangeOnline.commandLine();
    program.setOut(new PrintWriter(new StringWriter())).setErr(new PrintWriter(err));
    return new Outcome(program.execute(arguments), err.toString());
  }

  /** With free ports, unless the options say otherwise. */
  private static Outcome serve(String option) {
    return run("serve", "--mx-port=0", "--submission-port=0", option);
  }

  private static Path configuration(Path folder, String control) throws IOException {
    return Files.writeString(
        folder.resolve("c.yaml"),
        "endpoints: {mx: {endpoint: MX, port: 0}, client-submission: {endpoint: CLIENT_SUBMISSION, port: 0}}\ncontrol: "
            + control
            + "\n");
  }

  @Test
  void a_port_in_use_is_named_with_what_asked_for_it(@TempDir Path folder) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      Outcome option = serve("--control-port=" + port);
      assertThat(option.exitCode()).isEqualTo(1);
      assertThat(option.err())
          .isEqualToIgnoringNewLines(
              "--control-port: cannot listen on 127.0.0.1:%d: Address already in use"
                  .formatted(port));

      Path file = configuration(folder, "{port: " + port + "}");
      Outcome configured = run("serve", "--config=" + file);
      assertThat(configured.exitCode()).isEqualTo(1);
      assertThat(configured.err())
          .isEqualToIgnoringNewLines(
              "%s:2:17: control.port: cannot listen on 127.0.0.1:%d: Address already in use"
                  .formatted(file, port));
    }
  }

  @Test
  void an_address_of_another_machine_is_named_with_what_asked_for_it() {
    Outcome outcome = serve("--control-host=192.0.2.1");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .isEqualToIgnoringNewLines(
            "--control-host: cannot listen on 192.0.2.1:8025: Cannot assign requested address");
  }

  @Test
  void the_port_of_an_endpoint_is_not_free() {
    Outcome outcome = run("serve", "--control-port=2525");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith("--control-port: port 2525 is that of the endpoint 'mx' already");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {prot: 1}            | 2:11: control.prot: there is no such key; did you mean 'port'? keys here are host, hostNames, port, tokenFile
          {port: 70000}        | 2:17: control.port: expected a whole number from 0 to 65535, found '70000'
          {host: no such host} | 2:17: control.host: 'no such host' is not known as an address
          {hostNames: lab}     | 2:22: control.hostNames: expected a list, found 'lab'
          {tokenFile: nowhere} | 2:22: control.tokenFile: nowhere cannot be read: there is no such file
          {tokenFile: "a\\0b"}  | 2:22: control.tokenFile: this cannot be the path of a file: Nul character not allowed
          {host: "a\\0b"}       | 2:17: control.host: 'a
          {tokenFile: }        | 2:21: control.tokenFile: expected text, found nothing
          []                   | 2:10: control: expected a mapping of keys to values, found a list
          """)
  void a_mistake_is_told_with_its_place(String control, String message, @TempDir Path folder)
      throws IOException {
    Path file = configuration(folder, control);
    Outcome outcome = run("serve", "--control-port=0", "--config=" + file);
    assertThat(outcome.err()).startsWith(file + ":" + message);
    assertThat(outcome.exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "two words", "two\nlines", "t\u00f6ken"})
  void what_is_no_token_is_refused_and_not_quoted(String text, @TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("token"), text);
    Outcome outcome = serve("--control-token-file=" + file);
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("--control-token-file: " + file + " ");
    if (!text.isBlank()) {
      assertThat(outcome.err()).doesNotContain(text);
    }
    Files.write(file, new byte[] {(byte) 0xff});
    assertThat(serve("--control-token-file=" + file).err()).contains("is not a text file");
    assertThat(serve("--control-token-file=" + folder).err()).contains("cannot be read: ");
  }

  @Test
  void options_that_make_no_sense_are_wrong_use() {
    assertThat(serve("--control-port=70000").err())
        .contains("--control-port: a port is a number from 0 to 65535, not 70000");
    assertThat(serve("--control-host=no such host").err())
        .contains("--control-host: 'no such host' is not known as an address");
  }

  private static URI control(BufferedReader out) throws IOException {
    String line = requireNonNull(out.readLine());
    Matcher uri = Pattern.compile("http://127\\.0\\.0\\.1:\\d+").matcher(line);
    while (!uri.find()) {
      line = requireNonNull(out.readLine());
      uri.reset(line);
    }
    return URI.create(uri.group());
  }

  @Test
  void it_stops_at_once_with_a_listener_and_a_wait(@TempDir Path folder) throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "t0ken\n");
    Process process = ProgramTest.serve("--control-token-file=" + token);
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      URI uri = control(out);
      try (MockExchangeClient client = MockExchangeClient.connect(uri, "t0ken")) {
        client.mx().updateProfile(profile -> profile.maxRecipients(7));
        assertThat(client.mx().profile().maxRecipients()).isEqualTo(7);
      }
      HttpClient http = HttpClient.newHttpClient();
      HttpRequest events = HttpRequest.newBuilder(uri.resolve("/events")).build();
      var listening = http.send(events, BodyHandlers.ofInputStream());
      HttpRequest sessions =
          HttpRequest.newBuilder(uri.resolve("/endpoints/mx/sessions?await=1&timeout=1h")).build();
      CompletableFuture<HttpResponse<String>> waiting =
          http.sendAsync(sessions, BodyHandlers.ofString());
      assertThat(http.send(events, BodyHandlers.ofInputStream()).statusCode()).isEqualTo(200);

      ProgramTest.sigterm(process);

      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(128 + 15);
      assertThat(waiting.handle((reply, cutOff) -> cutOff != null || reply.statusCode() == 503))
          .succeedsWithin(Duration.ofSeconds(30))
          .isEqualTo(true);
      assertThat(listening.body()).isNotNull();
    } finally {
      process.destroyForcibly();
    }
  }
}
