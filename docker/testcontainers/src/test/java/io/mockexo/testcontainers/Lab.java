package io.mockexo.testcontainers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mockexo.client.MockExchangeClient;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.opentest4j.TestAbortedException;

/**
 * The lab of {@code docker/lab}, up with the images that are there: under a name of its own and on
 * free ports, beside one that somebody may have running.
 */
final class Lab implements AutoCloseable {

  private static final Path FOLDER = Path.of("..", "lab");
  private static final List<List<String>> COMPOSE =
      List.of(List.of("docker", "compose"), List.of("docker-compose"));
  private static final String MISSING = "Docker Compose is not installed; .ci/run installs it";

  private final List<String> compose;

  private Lab(List<String> compose) {
    this.compose = compose;
  }

  /** Starts it; the test that asks is skipped if there is no Compose. */
  static Lab up() {
    Lab lab = new Lab(installed());
    try {
      lab.run("up", "--detach", "--no-build");
      lab.awaitHealth();
      return lab;
    } catch (RuntimeException | AssertionError e) {
      lab.close();
      throw e;
    }
  }

  private static List<String> installed() {
    String project = "mockexo-lab-" + UUID.randomUUID();
    for (List<String> command : COMPOSE) {
      if (start(command, "version").exitCode() == 0) {
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of("--project-name", project));
        return line;
      }
    }
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(MISSING);
    }
    System.err.println("LabTest is skipped: " + MISSING);
    throw new TestAbortedException(MISSING);
  }

  private void awaitHealth() {
    URI health = control().resolve("/health");
    while (!isUp(health)) {
      pause();
    }
  }

  /** That a port can be connected to says nothing: the engine accepts before the program does. */
  private static boolean isUp(URI health) {
    try {
      HttpURLConnection http = (HttpURLConnection) health.toURL().openConnection(Proxy.NO_PROXY);
      http.setReadTimeout(2_000);
      return http.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false; // not yet
    }
  }

  /** The time limit of the test is the end of all that is waited for. */
  private static void pause() {
    LockSupport.parkNanos(50_000_000);
    if (Thread.interrupted()) {
      throw new IllegalStateException("interrupted while the lab started");
    }
  }

  private URI control() {
    return URI.create("http://" + published("mock", 8025));
  }

  MockExchangeClient connect() {
    return MockExchangeClient.connect(control());
  }

  /** Hands a message to the Postfix, as soon as it listens. */
  void submit(String messageId) {
    String[] address = published("postfix", 25).split(":", 2);
    while (!accepts(address[0], Integer.parseInt(address[1]), messageId)) {
      pause();
    }
  }

  private static boolean accepts(String host, int port, String messageId) {
    try {
      Delivery.sendInCleartext(host, port, messageId);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Where a container's port is on this machine: address and port. */
  String published(String service, int port) {
    return run("port", service, Integer.toString(port)).strip();
  }

  String logs() {
    return run("logs", "--no-color");
  }

  private String run(String... arguments) {
    Outcome outcome = start(compose, arguments);
    if (outcome.exitCode() != 0) {
      throw new IllegalStateException(
          "compose %s: %s%s"
              .formatted(String.join(" ", arguments), outcome.output(), outcome.errors()));
    }
    return outcome.output();
  }

  private record Outcome(int exitCode, String output, String errors) {}

  private static Outcome start(List<String> command, String... arguments) {
    List<String> line = new ArrayList<>(command);
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).directory(FOLDER.toFile());
    for (String port :
        List.of(
            "MOCKEXO_CONTROL_PORT", "MOCKEXO_MX_PORT", "MOCKEXO_SUBMISSION_PORT", "POSTFIX_PORT")) {
      builder.environment().put(port, "0");
    }
    try {
      Path errors = Files.createTempFile("mockexo-compose", ".err");
      try {
        Process process = builder.redirectError(errors.toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Outcome(process.waitFor(), output, Files.readString(errors, UTF_8));
      } finally {
        Files.delete(errors);
      }
    } catch (IOException e) {
      return new Outcome(-1, "", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Leaves nothing but the images. */
  @Override
  public void close() {
    run("down", "--volumes", "--timeout", "10");
  }
}
