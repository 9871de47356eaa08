package io.mockexo.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The program as a process, and its command line. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a read is not interrupted
class ProgramTest {

  private record Outcome(int exitCode, String out, String err) {}

  private static Outcome run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine = MockExchangeOnline.commandLine();
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return new Outcome(commandLine.execute(arguments), out.toString(), err.toString());
  }

  static Process serve(String... options) throws IOException {
    return serve(ProcessBuilder.Redirect.INHERIT, options);
  }

  /** What it says of errors goes to a file. */
  static Process serve(Path err, String... options) throws IOException {
    return serve(ProcessBuilder.Redirect.to(err.toFile()), options);
  }

  private static Process serve(ProcessBuilder.Redirect err, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                MockExchangeOnline.class.getName(),
                "serve",
                "--mx-port=0",
                "--submission-port=0",
                "--control-port=0"));
    command.addAll(List.of(options));
    return new ProcessBuilder(command).redirectError(err).start();
  }

  static int port(String readyLine) {
    Matcher matcher = Pattern.compile("on 127\\.0\\.0\\.1:(\\d+),").matcher(readyLine);
    assertThat(matcher.find()).as(readyLine).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  /** With a command that is refused: by itself leaving is no attempt at anything. */
  static void sayQuit(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write("EHLO client.example\r\nAUTH LOGIN\r\nQUIT\r\n".getBytes(UTF_8));
      byte[] replies = socket.getInputStream().readAllBytes();
      assertThat(new String(replies, UTF_8)).startsWith("220 ").contains("\r\n221 2.0.0 ");
    }
  }

  /** Unlike {@link Process#destroy} this leaves its output open. */
  static void sigterm(Process process) {
    process.toHandle().destroy();
  }

  @Test
  void serve_says_when_it_is_ready_prints_transcripts_and_stops_on_sigterm() throws Exception {
    Process process = serve();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      String mx = out.readLine();
      String submission = out.readLine();
      assertThat(mx).startsWith("mx: MX on 127.0.0.1:").contains("TLS 1.2 to TLS 1.3");
      assertThat(submission).startsWith("client-submission: CLIENT_SUBMISSION on 127.0.0.1:");

      sayQuit(port(mx));
      assertThat(nextThat(out, line -> line.startsWith("mx: session 1 (MX) from 127.0.0.1:")))
          .endsWith(", sent no mail");

      sigterm(process);
      assertThat(out.lines()).anyMatch(line -> line.endsWith("C: QUIT"));
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(128 + 15);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Reads on, past what was printed earlier. */
  private static String nextThat(BufferedReader out, Predicate<String> wanted) throws IOException {
    String line = out.readLine();
    while (line != null && !wanted.test(line)) {
      line = out.readLine();
    }
    return requireNonNull(line, "the output has ended");
  }

  @Test
  void a_client_that_stays_is_told_before_it_leaves() throws Exception {
    Process process = serve();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      int port = port(out.readLine());
      out.readLine();
      assertThat(out.readLine()).startsWith("control API on http://127.0.0.1:");
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(out.readLine())
            .isEqualTo("mx: session 1 connected from 127.0.0.1:" + socket.getLocalPort());
      }
      assertThat(out.readLine()).startsWith("mx: session 1 (MX)");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void who_has_read_that_it_is_ready_finds_the_certificate(@TempDir Path folder) throws Exception {
    Path certificate = folder.resolve("ca.pem");
    Process process = serve("--ca-file=" + certificate);
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      assertThat(out.readLine()).startsWith("mx: ");
      assertThat(certificate).content().startsWith("-----BEGIN CERTIFICATE-----");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void the_address_that_it_listens_on_is_told_as_it_is() throws Exception {
    Process process = serve("--host=0.0.0.0", "--minimum-tls=tls_1_3");
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      assertThat(out.readLine())
          .matches("mx: MX on 0\\.0\\.0\\.0:\\d+, TLS 1\\.3 only, other clients get FIN");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void what_is_still_open_at_sigterm_is_printed() throws Exception {
    Process process = serve();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      int port = port(out.readLine());
      out.readLine();
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(socket.getInputStream().read()).isEqualTo('2');
        sigterm(process);
        assertThat(out.lines()).anyMatch(line -> line.startsWith("mx: session 1 (MX)"));
      }
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void json_lines_can_be_asked_for() throws Exception {
    Process process = serve("--json");
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      String ready = out.readLine();
      assertThat(ready).startsWith("{\"event\":\"ready\",\"name\":\"mx\",");
      Matcher port = Pattern.compile("\"port\":(\\d+)").matcher(ready);
      assertThat(port.find()).isTrue();
      out.readLine();
      assertThat(out.readLine())
          .matches("\\{\"event\":\"control\",\"host\":\"127.0.0.1\",\"port\":\\d+}");
      sayQuit(Integer.parseInt(port.group(1)));
      assertThat(out.readLine()).startsWith("{\"event\":\"connected\",\"name\":\"mx\",");
      assertThat(out.readLine())
          .startsWith("{\"event\":\"session\",\"name\":\"mx\",")
          .contains("\"EHLO client.example\"");
      assertThat(out.readLine())
          .startsWith("{\"event\":\"attempts\",\"name\":\"mx\",")
          .contains("\"session\":1,\"outcome\":\"NO_MAIL\"");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void a_port_in_use_is_named_with_what_asked_for_it(@TempDir Path folder) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Outcome outcome =
          run(
              "serve",
              "--submission-port=0",
              "--control-port=0",
              "--mx-port=" + taken.getLocalPort());

      assertThat(outcome.exitCode()).isEqualTo(1);
      assertThat(outcome.err())
          .isEqualToIgnoringNewLines(
              "--mx-port: cannot listen on 127.0.0.1 port %d: Address already in use"
                  .formatted(taken.getLocalPort()));

      Path file =
          Files.writeString(
              folder.resolve("c.yaml"),
              "endpoints: {mx: {endpoint: MX, port: %d}}\n".formatted(taken.getLocalPort()));
      assertThat(run("serve", "--config", file.toString()).err())
          .startsWith(file + ":1:38: endpoints.mx.port: cannot listen on 127.0.0.1 port");
    }
  }

  @Test
  void faults_of_the_configuration_happen(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("c.yaml"),
            """
            endpoints:
              mx: {endpoint: MX, port: 0, faults: [{onConnection: 1, at: MAIL, drop: FIN}, {onConnection: 9, at: QUIT, stall: true}]}
              client-submission: {endpoint: CLIENT_SUBMISSION, port: 0}
            """);
    Process process = serve("--config=" + file);
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      try (Socket socket =
          new Socket(InetAddress.getLoopbackAddress(), port(requireNonNull(out.readLine())))) {
        socket.getOutputStream().write("EHLO c.example\r\nMAIL FROM:<>\r\n".getBytes(UTF_8));
        assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
            .endsWith("250 SMTPUTF8\r\n");
      }
      assertThat(nextThat(out, line -> line.contains("-- fault: ")))
          .endsWith("-- fault: at(MAIL).drop(FIN)");
      process.toHandle().destroy(); // which leaves the output open
      assertThat(nextThat(out, line -> line.contains("never fired")))
          .isEqualTo("== mx: never fired: onConnection: 9, at(QUIT).stall()");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void a_mistake_in_the_configuration_is_wrong_use(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("c.yaml"), "endpoint: {}\n");

    Outcome outcome = run("serve", "--config", file.toString());

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith(file + ":1:1: endpoint: there is no such key; did you mean 'endpoints'?");
  }

  @Test
  void options_that_make_no_sense_are_wrong_use() {
    assertThat(run("serve", "--mx-port=70000").err())
        .contains("--mx-port: a port is a number from 0 to 65535, not 70000");
    assertThat(run("serve", "--account=alice").err()).contains("expected USER:PASSWORD");
    assertThat(run("serve", "--account=a:x", "--account=A:y").err())
        .contains("--account: a user is there twice");
    assertThat(run("serve", "--minimum-tls=TLS_1_9").err())
        .contains("expected one of SSL_3, TLS_1_0, TLS_1_1, TLS_1_2, TLS_1_3, not 'TLS_1_9'");
    assertThat(run("serve", "--host=no such host").err())
        .contains("--host: 'no such host' is not known as an address");
    assertThat(run("serve", "--mx-port=2587").err())
        .contains("client-submission: port 2587 is that of the endpoint 'mx' already");
    assertThat(run("srve").err()).contains("serve");
    assertThat(run("serve", "--nonsense").exitCode()).isEqualTo(2);
  }

  @Test
  void options_that_do_not_fit_the_configuration_are_wrong_use(@TempDir Path folder)
      throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("c.yaml"),
            "endpoints: {lab: {endpoint: MX, port: 0, maximumTls: TLS_1_2}}\n");
    String config = "--config=" + file;

    assertThat(run("serve", config, "--mx-port=0").err())
        .contains("--mx-port: the configuration has no endpoint named 'mx'");
    assertThat(run("serve", config, "--account=a:b").err())
        .contains("--account: no endpoint is CLIENT_SUBMISSION");
    assertThat(run("serve", config, "--minimum-tls=TLS_1_3").err())
        .contains("--minimum-tls: lab: minimumTls TLS_1_3 is above maximumTls TLS_1_2");
  }

  @Test
  void help_tells_the_options_and_their_values() {
    Outcome help = run("serve", "--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.out())
        .contains("--config", "--mx-port", "TLS_1_2", "REPLY", "--json", "--ca-file", "--key-log");
    assertThat(help.out()).doesNotContain("TLS 1.2");
    assertThat(run("--version").out()).startsWith("mock-exchange-online ");
  }

  @Test
  void without_a_command_the_usage_is_shown() {
    Outcome outcome = run();
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("Usage: mock-exchange-online", "serve");
  }
}
