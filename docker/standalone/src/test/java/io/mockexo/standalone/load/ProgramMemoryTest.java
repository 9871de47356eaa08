package io.mockexo.standalone.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.standalone.MockExchangeOnline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program in little memory, with clients that want much; {@link MemoryRun} does it at length.
 */
@Timeout(120)
class ProgramMemoryTest {

  private static List<String> javaWith(String heap) {
    return List.of(
        "-Xmx" + heap,
        "-XX:+ExitOnOutOfMemoryError",
        "-cp",
        System.getProperty("java.class.path"),
        MockExchangeOnline.class.getName());
  }

  /** Messages of more than a megabyte are the hardest to keep: nothing may round them up. */
  @Test
  void silent_connections_and_a_journal_full_of_large_messages_fit_into_96_megabytes()
      throws Exception {
    try (ServeProcess program = ServeProcess.start(javaWith("96m"));
        Load load = new Load(program)) {
      load.openSilent(1000);
      load.deliver(60, 1_200_000);

      assertThat(load.stillServed()).isEqualTo(1000);
    }
  }

  @Test
  void refused_handshakes_take_no_more_memory_once_the_journal_is_full(@TempDir Path folder)
      throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("c.yaml"),
            """
            endpoints:
              mx: {endpoint: MX, port: 0}
              client-submission: {endpoint: CLIENT_SUBMISSION, port: 0}
            journal: {maxSessions: 200, maxBytes: 8MiB}
            evidence: {captureBytes: 1MiB}
            """);
    try (ServeProcess program = ServeProcess.start(javaWith("64m"), "--config=" + config);
        Load load = new Load(program)) {
      load.beRefused(1000);
      long full = program.footprint().liveBytes();
      load.beRefused(3000);

      assertThat(program.footprint().liveBytes()).isLessThan(full + 2_000_000);
    }
  }
}
