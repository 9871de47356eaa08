package io.mockexo.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * A program that tests need and that not every machine has. Without it a test is skipped and says
 * why; in CI, which installs it, that is a failure.
 */
public enum Tool {
  PROMTOOL("promtool"),
  TSHARK("tshark"),
  NODE("node"),
  PYTHON("python3"),
  OPENSSL("openssl");

  private final String command;

  Tool(String command) {
    this.command = command;
  }

  /** What a program printed, both streams together, and how it ended. */
  public record Run(String output, int exitCode) {}

  /**
   * How a test ends that cannot run here: skipped with the reason, or failed in CI, which should
   * have what it needs.
   */
  public static RuntimeException missing(String reason) {
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(reason);
    }
    return new TestAbortedException(reason);
  }

  private String path() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .map(folder -> Path.of(folder, command))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElseThrow(() -> missing(command + " is not installed; .ci/run installs it"));
  }

  /** Runs the program with {@code input} on its standard input until it ends. */
  public Run run(String input, String... arguments) throws IOException, InterruptedException {
    return run(Path.of("."), Map.of(), input, arguments);
  }

  /**
   * Runs the program in {@code folder}, with {@code environment} in addition to that of the JVM.
   */
  public Run run(Path folder, Map<String, String> environment, String input, String... arguments)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(path());
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return new Run(output, process.waitFor());
  }
}
