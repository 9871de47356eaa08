package io.mockexo.standalone.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code serve} in a JVM of its own, with a limit to its heap, and somebody who reads its output.
 */
final class ServeProcess implements AutoCloseable {

  private static final Pattern MX = Pattern.compile("mx: MX on 127\\.0\\.0\\.1:(\\d+),.*");

  private static final String CONTROL = "control API on ";

  private final Process process;
  private final Path certificate;
  private final int port;
  private final URI control;

  private ServeProcess(Process process, Path certificate, int port, URI control) {
    this.process = process;
    this.certificate = certificate;
    this.port = port;
    this.control = control;
  }

  /**
   * Starts the program; it is ready when this returns.
   *
   * @param java what to run, as arguments of the {@code java} command
   * @param options of {@code serve}, besides ports and certificate
   */
  static ServeProcess start(List<String> java, String... options) throws IOException {
    Path certificate = Files.createTempFile("mockexo", ".pem");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(java);
    command.addAll(List.of("serve", "--mx-port=0", "--submission-port=0", "--control-port=0"));
    command.add("--ca-file=" + certificate);
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    String ready = output.readLine();
    Matcher mx = MX.matcher(String.valueOf(ready));
    if (!mx.matches()) {
      process.destroyForcibly();
      throw new IOException("the program did not get ready: " + ready);
    }
    URI control = control(output);
    drain(output);
    return new ServeProcess(process, certificate, Integer.parseInt(mx.group(1)), control);
  }

  private static URI control(BufferedReader output) throws IOException {
    for (String line; (line = output.readLine()) != null; ) {
      if (line.startsWith(CONTROL)) {
        return URI.create(line.substring(CONTROL.length()));
      }
    }
    throw new EOFException("the program did not say where its control API is");
  }

  /** A program whose output nobody reads waits for its reader. */
  private static void drain(BufferedReader output) {
    Thread thread =
        new Thread(
            () -> {
              try (output) {
                output.transferTo(java.io.Writer.nullWriter());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            "output of serve");
    thread.setDaemon(true);
    thread.start();
  }

  /** The port of the MX. */
  int port() {
    return port;
  }

  /** What it has counted, in the text form of Prometheus. */
  String metrics() throws IOException {
    try (InputStream in = control.resolve("/metrics").toURL().openStream()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  /** The certificate of the CA, in PEM. */
  Path certificate() {
    return certificate;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  Footprint footprint() throws IOException, InterruptedException {
    return Footprint.of(process.pid());
  }

  @Override
  public void close() throws IOException {
    process.toHandle().destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Files.deleteIfExists(certificate);
  }
}
