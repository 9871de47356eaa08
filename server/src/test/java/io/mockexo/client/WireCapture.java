package io.mockexo.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What tcpdump sees on the loopback interface of one TCP port. */
final class WireCapture implements AutoCloseable {

  /**
   * A segment: from the server or to it, with its flags in tcpdump's letters and its length.
   *
   * @param clientPort the port at the other end
   */
  record Segment(boolean fromServer, int clientPort, String flags, int length) {
    boolean isConnect() {
      return !fromServer && flags.contains("S");
    }

    boolean isFin() {
      return flags.contains("F");
    }

    boolean isRst() {
      return flags.contains("R");
    }
  }

  private static final Pattern LINE =
      Pattern.compile("IP \\S+\\.(\\d+) > \\S+\\.(\\d+): Flags \\[([^]]*)].* length (\\d+).*");

  /** In immediate mode the buffer has places of this size; by default there are sixteen. */
  private static final String MAX_PACKET = "65535";

  /** Room for 256 packets that tcpdump has not had the time for. */
  private static final String BUFFER_KIB = "32768";

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final int port;
  private final Process process;
  private final BufferedReader output;
  private final List<Segment> segments = new ArrayList<>();

  private WireCapture(int port, Process process) {
    this.port = port;
    this.process = process;
    this.output = process.inputReader();
  }

  /** Begins to capture; the caller is skipped where that is not possible or not allowed. */
  static WireCapture start(int port) {
    return start(port, List.of());
  }

  /** As {@link #start(int)}; the packets go to {@code file}, too, for {@link Tshark}. */
  static WireCapture start(int port, Path file) {
    // -Z: else tcpdump becomes another user, who may not write there.
    return start(port, List.of("--print", "-U", "-Z", "root", "-w", file.toString()));
  }

  private static WireCapture start(int port, List<String> options) {
    List<String> command =
        new ArrayList<>(List.of(Tool.TCPDUMP.path(), "-i", "lo", "-n", "-t", "-l"));
    command.addAll(List.of("--immediate-mode", "-s", MAX_PACKET, "-B", BUFFER_KIB));
    command.addAll(options);
    command.add("tcp port " + port);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      WireCapture capture = new WireCapture(port, process);
      StringBuilder said = new StringBuilder();
      for (String line; (line = capture.output.readLine()) != null; ) {
        if (line.contains("listening on")) {
          capture.startReading();
          return capture;
        }
        said.append(line).append('\n');
      }
      throw Tool.missing("tcpdump cannot capture on lo: " + said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads on until the server has ended its side, and the client its own if it still has one. */
  synchronized List<Segment> untilClosed() {
    await(this::isClosed);
    return List.copyOf(segments);
  }

  /** The segments of each of the connections that there were before the {@code next} one began. */
  synchronized List<List<Segment>> connectionsBefore(int next) {
    await(() -> segments.stream().filter(Segment::isConnect).count() >= next);
    return segments.stream()
        .filter(Segment::isConnect)
        .limit(next - 1)
        .map(first -> segments.stream().filter(s -> s.clientPort == first.clientPort).toList())
        .toList();
  }

  /** On a thread of its own: tcpdump loses packets while nobody takes what it prints. */
  private void startReading() {
    Thread reader = new Thread(this::readToEnd, "tcpdump-reader");
    reader.setDaemon(true);
    reader.start();
  }

  private void readToEnd() {
    try {
      output.lines().forEach(this::add);
    } catch (UncheckedIOException e) {
      // the capture was closed
    }
  }

  private synchronized void add(String line) {
    Matcher matcher = LINE.matcher(line);
    if (matcher.matches()) {
      int from = Integer.parseInt(matcher.group(1));
      int to = Integer.parseInt(matcher.group(2));
      segments.add(
          new Segment(
              from == port,
              from == port ? to : from,
              matcher.group(3),
              Integer.parseInt(matcher.group(4))));
      notifyAll();
    }
  }

  private synchronized void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    try {
      while (!condition.getAsBoolean()) {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (millis <= 0) {
          throw new AssertionError("tcpdump has not shown it; it has seen " + segments);
        }
        wait(millis);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private boolean isClosed() {
    boolean reset = segments.stream().anyMatch(Segment::isRst);
    boolean serverFin = segments.stream().anyMatch(s -> s.fromServer() && s.isFin());
    boolean clientFin = segments.stream().anyMatch(s -> !s.fromServer() && s.isFin());
    return reset || (serverFin && clientFin);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
