package io.mockexo.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * A program that tests need and that not every machine has. Without it a test is skipped and says
 * why; in CI, which installs it, that is a failure.
 */
public enum Tool {
  OPENSSL("openssl"),
  GNUTLS_CLI("gnutls-cli"),
  SWAKS("swaks"),
  POSTFIX("postfix"),
  POSTCONF("postconf"),
  SENDMAIL("sendmail"),
  TCPDUMP("tcpdump"),
  TSHARK("tshark"),
  CHMOD("chmod"),
  CHOWN("chown"),
  CHROOT("chroot"),
  CURL("curl"),
  MSMTP("msmtp"),
  PYTHON("python3"),
  NODE("node"),
  SSLSCAN("sslscan"),
  TESTSSL("testssl");

  private static final List<String> DIRECTORIES =
      Stream.concat(
              Stream.of(System.getenv().getOrDefault("PATH", "").split(":")),
              Stream.of("/usr/sbin", "/sbin", "/usr/local/sbin"))
          .distinct()
          .toList();

  private static final long LONGEST_TALK = TimeUnit.SECONDS.toNanos(60);

  private final String command;

  Tool(String command) {
    this.command = command;
  }

  /** What a program printed, both streams together, and how it ended. */
  public record Run(String output, int exitCode) {}

  /** The path of the program; the test that asks is skipped if there is none. */
  public String path() {
    for (String directory : DIRECTORIES) {
      Path candidate = Path.of(directory, command);
      if (Files.isExecutable(candidate)) {
        return candidate.toString();
      }
    }
    throw missing(command + " is not installed; .ci/run installs it");
  }

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

  /** Runs the program with {@code input} on its standard input until it ends. */
  public Run run(String input, String... arguments) {
    try {
      Process process = start(arguments);
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // it ended without reading all of its input
      }
      try (InputStream stdout = process.getInputStream()) {
        String output = new String(stdout.readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
        return new Run(output, process.waitFor());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Runs the program, keeping its standard input open behind {@code input}, so that it ends only
   * when the other side, or {@code enough}, makes it. It may print no more than a pipe holds.
   */
  public Run talk(String input, BooleanSupplier enough, String... arguments) {
    try {
      Process process = start(arguments);
      writeTo(process.getOutputStream(), input); // which is closed when the process has ended
      return end(process, enough);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@link #run(String, String...)}, and ends the program when it is {@code enough}. */
  public Run run(String input, BooleanSupplier enough, String... arguments) {
    try {
      Process process = start(arguments);
      try (var stdin = process.getOutputStream()) {
        writeTo(stdin, input);
      } catch (IOException e) {
        // it ended without reading all of its input
      }
      return end(process, enough);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Run end(Process process, BooleanSupplier enough) throws IOException {
    try (var stdout = process.getInputStream()) {
      long begin = System.nanoTime();
      while (!process.waitFor(5, TimeUnit.MILLISECONDS)) {
        if (enough.getAsBoolean()) {
          process.toHandle().destroy(); // the other destroy would close the streams, too
        } else if (System.nanoTime() - begin > LONGEST_TALK) {
          process.toHandle().destroyForcibly();
        }
      }
      String output = new String(stdout.readAllBytes(), StandardCharsets.UTF_8);
      return new Run(output, process.exitValue());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Process start(String... arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(path());
    line.addAll(List.of(arguments));
    return new ProcessBuilder(line).redirectErrorStream(true).start();
  }

  private static void writeTo(OutputStream stdin, String input) {
    try {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
      stdin.flush();
    } catch (IOException e) {
      return; // it ended without reading all of its input
    }
  }
}
