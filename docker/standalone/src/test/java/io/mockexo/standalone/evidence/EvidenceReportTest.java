package io.mockexo.standalone.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A million sessions are no reason for a million lines. */
class EvidenceReportTest {

  private static final Path FOLDER = Path.of("evidence");

  private final StringWriter err = new StringWriter();
  private long now;
  private final EvidenceReport report = new EvidenceReport(FOLDER, new PrintWriter(err), () -> now);

  private List<String> said() {
    return err.toString().lines().map(line -> line.replace("--evidence: evidence: ", "")).toList();
  }

  private void fail(IOException e) {
    report.missed();
    report.failed(e);
  }

  @Test
  void a_full_disk_is_told_once_and_what_is_missing_at_the_end() {
    for (int i = 0; i < 1_000_000; i++) {
      fail(new IOException("No space left on device"));
    }
    report.end(false);

    assertThat(said())
        .containsExactly(
            "cannot be written: No space left on device; sessions have no evidence until it can be",
            "1000000 sessions have no evidence");
  }

  /** A disk that is nearly full takes small files, and large ones not. */
  @Test
  void one_that_fails_now_and_then_is_told_once_a_minute() {
    for (int i = 0; i < 1000; i++) {
      fail(new FileSystemException("x", null, "Read-only file system"));
      report.written();
    }
    assertThat(said()).hasSize(2);
    now += Duration.ofMinutes(1).toNanos();
    fail(new IOException("No space left on device"));
    report.written();

    assertThat(said())
        .containsExactly(
            "cannot be written: Read-only file system; sessions have no evidence until it can be",
            "can be written again; 1 session has no evidence",
            "cannot be written: No space left on device; sessions have no evidence until it can be",
            "can be written again; 1001 sessions have no evidence");
  }

  @Test
  void captures_that_are_cut_or_missing_are_counted() {
    report.captureCut("mx", 7, 1_000);
    report.captureCut("mx", 8, 1_000);
    report.captureGone("mx", 9);
    report.end(true);

    assertThat(said())
        .containsExactly(
            "mx session 7: 1000 bytes are not in its capture, for which there was no room",
            "mx session 9: it has no capture, its bytes had to go before they were written",
            "could not be written in time; the last sessions have no evidence",
            "3 captures are missing or cut");
  }

  @Test
  void a_failure_soon_after_a_recovery_is_told_when_the_minute_is_over() {
    fail(new IOException("No space left on device"));
    report.written();
    fail(new IOException("Input/output error"));
    assertThat(said()).hasSize(2);
    now += Duration.ofMinutes(1).toNanos();
    fail(new IOException("Input/output error"));

    assertThat(said())
        .endsWith(
            "cannot be written: Input/output error; sessions have no evidence until it can be");
  }

  @Test
  void a_failure_that_lasts_to_the_end_is_told_at_the_end() {
    fail(new IOException("No space left on device"));
    report.written();
    fail(new IOException("Input/output error"));
    report.end(false);

    assertThat(said())
        .endsWith(
            "cannot be written: Input/output error; sessions have no evidence until it can be",
            "2 sessions have no evidence");
  }

  @Test
  void a_recovery_that_was_held_back_is_told_by_the_next_session() {
    fail(new IOException("No space left on device"));
    report.written();
    fail(new IOException("No space left on device"));
    report.written();
    now += Duration.ofMinutes(1).toNanos();
    report.written();

    assertThat(said()).endsWith("can be written again; 2 sessions have no evidence").hasSize(3);
  }

  @Test
  void a_session_that_is_only_missing_in_a_log_has_its_evidence() {
    report.notLogged("Is a directory");
    report.notLogged("Is a directory");
    report.end(false);

    assertThat(said())
        .containsExactly(
            "a protocol log cannot be written: Is a directory; 1 session is missing in a protocol"
                + " log",
            "2 sessions are missing in a protocol log");
  }
}
