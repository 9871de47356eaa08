package io.mockexo.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The health check of the image, which has no shell and no other client. A process for each
 * question: hence the client that starts fastest.
 */
@Command(
    name = "health",
    description = {
      "Asks a running serve whether all its endpoints are up.",
      "Exit code 0 if they are, 1 if not or if it cannot be reached."
    },
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class)
final class HealthCommand implements Callable<Integer> {

  private static final int PATIENCE_MILLIS = 3_000;
  private static final int MOST_OF_BODY = 500;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8025/health",
      description = "Where the control API answers; default: ${DEFAULT-VALUE}.")
  private URI url = URI.create("http://127.0.0.1:8025/health");

  @Override
  public Integer call() {
    if (!"http".equalsIgnoreCase(url.getScheme()) || url.getHost() == null) {
      throw new ParameterException(
          program(), "--url: expected http://HOST:PORT/health, not '%s'".formatted(url));
    }
    try {
      return ask();
    } catch (IOException e) {
      program().getErr().println("cannot ask %s: %s".formatted(url, e.getMessage()));
      return ExitCode.SOFTWARE;
    }
  }

  private int ask() throws IOException {
    HttpURLConnection http = (HttpURLConnection) url.toURL().openConnection(Proxy.NO_PROXY);
    http.setInstanceFollowRedirects(false);
    http.setConnectTimeout(PATIENCE_MILLIS);
    http.setReadTimeout(PATIENCE_MILLIS);
    try {
      int status = http.getResponseCode();
      if (status == HttpURLConnection.HTTP_OK) {
        program().getOut().println("up");
        return ExitCode.OK;
      }
      program().getErr().println("%s: %d %s".formatted(url, status, why(http)).strip());
      return ExitCode.SOFTWARE;
    } finally {
      http.disconnect();
    }
  }

  /** What the answer says, on one line. */
  private static String why(HttpURLConnection http) throws IOException {
    try (InputStream body = http.getErrorStream()) {
      return body == null
          ? ""
          : new String(body.readNBytes(MOST_OF_BODY), UTF_8).replaceAll("[\\s\\p{Cntrl}]+", " ");
    }
  }

  private CommandLine program() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets spec before it calls a command");
    }
    return spec.commandLine();
  }
}
