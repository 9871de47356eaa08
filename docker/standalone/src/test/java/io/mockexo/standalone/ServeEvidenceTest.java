package io.mockexo.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Evidence as part of the program. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a read is not interrupted
class ServeEvidenceTest {

  @TempDir private Path folder;

  private record Outcome(int exitCode, String err) {}

  private static Outcome refused(String option) {
    StringWriter err = new StringWriter();
    CommandLine program = MockExchangeOnline.commandLine();
    program.setOut(new PrintWriter(new StringWriter())).setErr(new PrintWriter(err));
    int exitCode =
        program.execute("serve", "--mx-port=0", "--submission-port=0", "--control-port=0", option);
    return new Outcome(exitCode, err.toString());
  }

  @Test
  void a_run_leaves_the_evidence_of_its_sessions() throws Exception {
    Path evidence = folder.resolve("a/b");
    Path ca = folder.resolve("ca.pem");
    Process process =
        ProgramTest.serve("--evidence=" + evidence, "--evidence-secrets", "--ca-file=" + ca);
    try (BufferedReader out = process.inputReader(UTF_8)) {
      int mx = ProgramTest.port(out.readLine());
      int submission = ProgramTest.port(out.readLine());
      try (TlsClient first = TlsClient.startTls(mx, TlsClient.trusting(ca));
          TlsClient second = TlsClient.startTls(submission, TlsClient.trusting(ca))) {
        first.quit();
        second.quit();
      }
      ProgramTest.sigterm(process);
      assertThat(out.lines()).isNotEmpty();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }

    try (Stream<Path> files = Files.list(evidence)) {
      assertThat(files.map(file -> file.getFileName().toString().replaceFirst(".*?Z-", "")))
          .containsExactlyInAnyOrder(
              "mx-000001.txt",
              "mx-000001.json",
              "mx-000001-receive.log",
              "mx-000001-send.log",
              "mx-000001-sender.txt",
              "mx-000001-with-secrets.pcapng",
              "protocol-logs",
              "tls-report-mx.csv",
              "tls-report-client-submission.csv",
              "client-submission-000001.txt",
              "client-submission-000001.json",
              "client-submission-000001-receive.log",
              "client-submission-000001-send.log",
              "client-submission-000001-sender.txt",
              "client-submission-000001-with-secrets.pcapng");
    }
  }

  @Test
  void what_can_be_no_folder_is_wrong_use() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThat(refused("--evidence=" + file))
        .isEqualTo(new Outcome(2, "--evidence: " + file + ": this is no folder\n"));
    assertThat(refused("--evidence=" + file.resolve("below")).err())
        .startsWith("--evidence: " + file.resolve("below") + ": this folder cannot be made");
  }

  /** Not even root may write there. */
  @Test
  void a_folder_that_cannot_be_written_is_told_and_the_mock_runs() throws Exception {
    Path readOnly = Path.of("/sys/kernel");
    assumeTrue(Files.isDirectory(readOnly), "this system has no folder that nobody can write to");
    Path err = folder.resolve("err");
    Process process = ProgramTest.serve(err, "--evidence=" + readOnly);
    try (BufferedReader out = process.inputReader(UTF_8)) {
      int mx = ProgramTest.port(out.readLine());
      ProgramTest.sayQuit(mx);
      ProgramTest.sayQuit(mx);
      ProgramTest.sigterm(process);
      assertThat(out.lines()).anyMatch(line -> line.startsWith("mx: session 2 (MX)"));
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }

    assertThat(Files.readAllLines(err))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("--evidence: /sys/kernel: cannot be written: ")
                    .endsWith("; sessions have no evidence until it can be"),
            line ->
                assertThat(line).isEqualTo("--evidence: /sys/kernel: 2 sessions have no evidence"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {foldr: x}         | 1:12: evidence.foldr: there is no such key; did you mean 'folder'? keys here are captureBytes, folder, maxBytes, maxSessions, secrets
          {secrets: perhaps} | 1:21: evidence.secrets: expected true or false, found 'perhaps'
          {maxSessions: 0}   | 1:25: evidence.maxSessions: expected a whole number from 1 to
          {captureBytes: -1} | 1:26: evidence.captureBytes: expected a number of bytes
          {folder: "a\\0b"}   | 1:20: evidence.folder: this cannot be the path of a file
          """)
  void a_mistake_is_told_with_its_place(String evidence, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("c.yaml"), "evidence: " + evidence + "\n");
    Outcome outcome = refused("--config=" + file);

    assertThat(outcome.err()).startsWith(file + ":" + message);
    assertThat(outcome.exitCode()).isEqualTo(2);
  }
}
