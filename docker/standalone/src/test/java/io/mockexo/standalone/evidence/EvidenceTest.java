package io.mockexo.standalone.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mockexo.client.wire.SessionForm;
import io.mockexo.client.wire.Wire;
import io.mockexo.journal.SmtpSession;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.standalone.evidence.capture.WireMemory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Evidence of sessions in a folder. */
@Timeout(120)
class EvidenceTest {

  private static final String NAME = "\\d{8}T\\d{6}\\.\\d{6}Z-mx-00000";

  @TempDir private Path temporary;
  private final StringWriter err = new StringWriter();

  private Path folder() {
    return temporary.resolve("evidence");
  }

  private Evidence evidence(boolean secrets, EvidenceLimits limits) throws IOException {
    return Evidence.in(folder(), secrets, limits, 8 << 20, new PrintWriter(err));
  }

  private static MockExchangeOnlineServer mx(Evidence evidence) {
    MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx()
            .profile(profile -> profile.keyLog(true))
            .wireListener(Objects.requireNonNull(evidence.wireListener("mx")))
            .build();
    evidence.follow("mx", exchange);
    return exchange.start();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> !file.equals(ProtocolLogFiles.FOLDER) && !file.startsWith("tls-report"))
          .sorted()
          .toList();
    }
  }

  private String content(String suffix) throws IOException {
    String name = files().stream().filter(file -> file.endsWith(suffix)).findFirst().orElseThrow();
    return Files.readString(folder().resolve(name));
  }

  private static void session(MockExchangeOnlineServer exchange) throws IOException {
    int before = exchange.accepted();
    TalkingClient.hello(exchange).startTls("TLSv1.3").deliver("hello\r\n").quit();
    exchange.awaitSessions(before + 1);
  }

  @Test
  void there_is_a_set_of_files_for_each_session() throws Exception {
    SmtpSession session;
    try (Evidence evidence = evidence(false, EvidenceLimits.defaults());
        MockExchangeOnlineServer exchange = mx(evidence)) {
      session(exchange);
      session(exchange);
      session = exchange.sessions().list().get(0);
    }

    assertThat(files()).hasSize(14).isSorted();
    assertThat(files().subList(0, 7))
        .satisfiesExactly(
            message -> assertThat(message).matches(NAME + "1-1\\.eml"),
            receive -> assertThat(receive).matches(NAME + "1-receive\\.log"),
            send -> assertThat(send).matches(NAME + "1-send\\.log"),
            sender -> assertThat(sender).matches(NAME + "1-sender\\.txt"),
            json -> assertThat(json).matches(NAME + "1\\.json"),
            capture -> assertThat(capture).matches(NAME + "1\\.pcapng"),
            text -> assertThat(text).matches(NAME + "1\\.txt"));
    assertThat(content("-1.eml")).endsWith("Subject: hello\r\n\r\nhello\r\n\r\n");
    assertThat(content("1.txt")).isEqualTo(session.transcript());
    assertThat(Wire.mapper().readTree(content(".json")))
        .isEqualTo(
            Wire.mapper()
                .readTree(new SessionForm(Wire.mapper(), false).write(session).toString()));
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void there_is_a_table_of_tls_at_the_end() throws Exception {
    try (Evidence evidence = evidence(false, EvidenceLimits.defaults());
        MockExchangeOnlineServer exchange = mx(evidence)) {
      session(exchange);
    }

    assertThat(Files.readAllLines(folder().resolve("tls-report-mx.csv")))
        .hasSize(2)
        .last()
        .asString()
        .contains("TLS_1_3: 1");
  }

  @Test
  void a_capture_with_secrets_says_so_and_is_for_its_owner_alone() throws Exception {
    try (Evidence evidence = evidence(true, EvidenceLimits.defaults());
        MockExchangeOnlineServer exchange = mx(evidence)) {
      session(exchange);
    }
    String capture =
        files().stream().filter(file -> file.endsWith(".pcapng")).findFirst().orElseThrow();

    assertThat(capture).matches(NAME + "1-with-secrets\\.pcapng");
    assertThat(new String(Files.readAllBytes(folder().resolve(capture)), UTF_8))
        .contains("CLIENT_TRAFFIC_SECRET_0 ");
    assertThat(folder()).isDirectoryNotContaining("glob:**.part");
    assumeTrue(
        folder().getFileSystem().supportedFileAttributeViews().contains("posix"),
        "this file system has no permissions");
    assertThat(Files.getPosixFilePermissions(folder().resolve(capture)))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void the_oldest_go_first_also_those_of_earlier_runs_and_nothing_else() throws Exception {
    Files.createDirectories(folder());
    Files.writeString(folder().resolve("notes.txt"), "mine");
    Files.writeString(folder().resolve("20250101T000000.000000Z-mx-000007.txt"), "of an old run");
    Files.writeString(folder().resolve("20250101T000000.000000Z-mx-000007-2.eml"), "as well");
    try (Evidence evidence = evidence(false, new EvidenceLimits(2, 1 << 20));
        MockExchangeOnlineServer exchange = mx(evidence)) {
      for (int i = 0; i < 4; i++) {
        session(exchange);
      }
    }

    assertThat(files()).hasSize(15).contains("notes.txt");
    assertThat(files().subList(0, 8)).allMatch(file -> file.matches(NAME + "[34].*"));
  }

  @Test
  void a_folder_of_so_many_bytes_keeps_the_newest() throws Exception {
    try (Evidence evidence = evidence(false, new EvidenceLimits(10, 1));
        MockExchangeOnlineServer exchange = mx(evidence)) {
      session(exchange);
      session(exchange);
    }

    assertThat(files()).hasSize(7).allMatch(file -> file.matches(NAME + "2.*"));
  }

  /** Renamed instead of removed, so that nothing can be written between two steps of the test. */
  @Test
  void a_folder_that_vanishes_is_told_once_and_used_again_when_it_is_back() throws Exception {
    try (Evidence evidence = evidence(false, EvidenceLimits.defaults());
        MockExchangeOnlineServer exchange = mx(evidence)) {
      Path away = temporary.resolve("away");
      Files.move(folder(), away);
      session(exchange);
      untilSaid("cannot be written: there is no such folder");
      Files.move(away, folder());
      session(exchange);
      session(exchange);
    }

    assertThat(err.toString().lines())
        .containsExactly(
            "--evidence: "
                + folder()
                + ": cannot be written: there is no such folder; sessions"
                + " have no evidence until it can be",
            "--evidence: " + folder() + ": can be written again; 1 session has no evidence",
            "--evidence: " + folder() + ": 1 session has no evidence");
    assertThat(files()).hasSize(14).allMatch(file -> file.matches(NAME + "[23].*"));
  }

  private void untilSaid(String words) {
    while (!err.toString().contains(words)) {
      Thread.onSpinWait();
    }
  }

  @Test
  void what_cannot_be_finished_is_not_there_at_all() throws Exception {
    Files.createDirectories(folder());
    EvidenceFolder there = new EvidenceFolder(folder(), EvidenceLimits.defaults());
    EvidenceFile whole =
        new EvidenceFile("a.txt", false, () -> new ByteArrayInputStream(new byte[] {'a'}));
    EvidenceFile broken =
        new EvidenceFile(
            "b.txt",
            false,
            () -> {
              throw new IOException("No space left on device");
            });

    assertThatIOException()
        .isThrownBy(() -> there.write(List.of(whole, broken)))
        .withMessage("No space left on device");
    assertThat(folder()).isEmptyDirectory();
  }

  /** Whatever a file is made of may fail in any way; the thread that writes goes on. */
  @Test
  void what_fails_with_an_error_leaves_nothing_either() throws Exception {
    Files.createDirectories(folder());
    EvidenceFolder there = new EvidenceFolder(folder(), EvidenceLimits.defaults());
    EvidenceFile broken =
        new EvidenceFile(
            "b.txt",
            false,
            () -> {
              throw new AssertionError("broken");
            });

    assertThatThrownBy(() -> there.write(List.of(broken))).hasMessage("broken");
    assertThat(folder()).isEmptyDirectory();
  }

  @Test
  void a_log_that_cannot_be_written_takes_no_evidence_with_it_and_no_thread() throws Exception {
    Files.createDirectories(folder());
    WireMemory wires = new WireMemory(0);
    EvidenceReport report = new EvidenceReport(folder(), new PrintWriter(err), System::nanoTime);
    RunLog broken =
        (folder, endpoint, session) -> {
          throw new AssertionError("broken");
        };
    try (EvidenceWriter writer =
            new EvidenceWriter(
                new EvidenceFolder(folder(), EvidenceLimits.defaults()),
                new SessionEvidence(wires),
                false,
                List.of(broken),
                report);
        MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().build()) {
      writer.start();
      exchange.onSessionComplete(session -> writer.offer("mx", session));
      exchange.start();
      session(exchange);
      session(exchange);
    }

    assertThat(files()).hasSize(12);
    assertThat(err.toString().lines())
        .containsExactly(
            "--evidence: "
                + folder()
                + ": a protocol log cannot be written: broken; 1 session is missing in a protocol"
                + " log",
            "--evidence: " + folder() + ": 2 sessions are missing in a protocol log");
  }

  @Test
  void what_a_killed_run_left_half_written_goes() throws Exception {
    Files.createDirectories(folder());
    Files.writeString(folder().resolve("20250101T000000.000000Z-mx-000007.txt.part"), "half");
    Files.writeString(folder().resolve("probe.part"), "");
    Files.writeString(folder().resolve("mine.txt.part"), "mine");

    evidence(false, EvidenceLimits.defaults()).close();

    assertThat(files()).containsExactly("mine.txt.part");
  }

  @Test
  void names_are_safe_whatever_an_endpoint_is_called() throws Exception {
    try (Evidence evidence = evidence(false, EvidenceLimits.defaults());
        MockExchangeOnlineServer exchange = mx(evidence)) {
      TalkingClient.hello(exchange).quit();
      SmtpSession session = exchange.awaitSessions(1).only();

      assertThat(EvidenceName.of("../ä/x", session)).matches(".*Z-\\.\\.%2F%C3%A4%2Fx-000001");
      assertThat(EvidenceName.of("n".repeat(1000), session)).hasSizeLessThan(200);
      assertThat(EvidenceName.ofFile(EvidenceName.of("../ä/x", session) + "-12.eml")).isPresent();
    }
  }
}
