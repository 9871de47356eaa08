package io.mockexo.standalone.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * The program as it was built, under {@code -Xmx128m}: 10,000 connections that stay and say nothing
 * while 200,000 sessions with mixed faults go by, or as many as the time allows. Prints a table,
 * and fails if something is lost or leaked. CONTRIBUTING.md has the command. Both processes need a
 * limit of open files beyond 10,000.
 */
public final class SoakRun {

  private static final int IDLE = 10_000;
  private static final int SESSIONS = 200_000;
  private static final int QUARTERS = 4;

  /** Live bytes, once the journal is full: after the first quarter. */
  private static final long FLAT = 3_000_000;

  /** Threads and files that come and go by themselves: the control API's. */
  private static final int SLACK = 4;

  /**
   * From the first connection behind the idle ones on, every tenth one each. The journal has more
   * room than it gives itself in so small a heap: of that the idle ones leave nothing, and what is
   * given up before the counters have it is not counted.
   */
  private static final String CONFIGURATION =
      """
      endpoints:
        mx:
          endpoint: MX
          port: 0
          idleTimeout: 6h
          faults:
            - {onConnection: 10001-/10, at: CONNECT, drop: RST}
            - {onConnection: 10002-/10, at: GREETING, reply: "421 4.3.2 Service not active"}
            - {onConnection: 10003-/10, at: STARTTLS, reply: "454 4.7.0 TLS not available"}
            - {onConnection: 10004-/10, at: CLIENT_HELLO, drop: FIN}
            - {onConnection: 10005-/10, at: RCPT, reply: "451 4.7.500 Server busy"}
            - {onConnection: 10006-/10, at: BODY, afterBytes: 1000, drop: RST}
            - {onConnection: 10007-/10, at: END_OF_DATA, drop: FIN}
            - {onConnection: 10008-/10, at: MAIL, garbage: 64}
            - {onConnection: 10009-/10, at: QUIT, delay: 5ms}
        client-submission: {endpoint: CLIENT_SUBMISSION, port: 0}
      journal: {maxBytes: 64MiB}
      """;

  private final ServeProcess program;
  private final SoakClients clients;
  private final List<String> problems = new ArrayList<>();

  private SoakRun(ServeProcess program, SoakClients clients) {
    this.program = program;
    this.clients = clients;
  }

  /**
   * Runs it.
   *
   * @param arguments how many seconds it may take
   */
  public static void main(String[] arguments) throws Exception {
    int seconds = Integer.parseInt(arguments[0]);
    Path classes =
        Path.of(SoakRun.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path jar = classes.resolveSibling("mock-exchange-online.jar");
    Path configuration = Files.writeString(Files.createTempFile("soak", ".yaml"), CONFIGURATION);
    List<String> java = List.of("-Xmx128m", "-XX:+ExitOnOutOfMemoryError", "-jar", jar.toString());
    try (ServeProcess program = ServeProcess.start(java, "--config=" + configuration)) {
      SoakClients clients = new SoakClients(program.port(), Load.trusting(program.certificate()));
      new SoakRun(program, clients).run(seconds);
    } finally {
      Files.delete(configuration);
    }
  }

  private void run(int seconds) throws Exception {
    Footprint before = tell("started", program.footprint());
    Footprint idle;
    Footprint last;
    try (Load load = new Load(program)) {
      load.openSilent(IDLE);
      awaitOpen(IDLE);
      idle = tell(IDLE + " idle connections", program.footprint());
      last = quarters(seconds);
      require("idle connections still served", IDLE, load.stillServed());
    }
    awaitOpen(0);
    Footprint after = tell("all clients gone", program.footprint());
    requireAtMost("threads leaked", SLACK, last.threads() - idle.threads());
    requireAtMost("files leaked while idle ones stayed", SLACK, last.files() - idle.files());
    requireAtMost("files leaked in all", SLACK, after.files() - before.files());
    counts();
    if (!problems.isEmpty()) {
      throw new IllegalStateException("lost or leaked: " + String.join("; ", problems));
    }
  }

  private Footprint quarters(int seconds) throws Exception {
    long begin = System.nanoTime();
    long[] live = new long[QUARTERS];
    Footprint last = null;
    for (int quarter = 1; quarter <= QUARTERS; quarter++) {
      int sessionsBefore = clients.made();
      long started = System.nanoTime();
      clients.run(
          SESSIONS / QUARTERS * quarter,
          begin + TimeUnit.SECONDS.toNanos((long) seconds * quarter / QUARTERS));
      double took = (System.nanoTime() - started) / 1e9;
      awaitOpen(IDLE);
      last = program.footprint();
      live[quarter - 1] = last.liveBytes();
      double rate = (clients.made() - sessionsBefore) / took;
      tell("quarter %d: %7d sessions, %5.0f/s".formatted(quarter, clients.made(), rate), last);
    }
    long spread =
        LongStream.of(live).skip(1).max().orElse(0) - LongStream.of(live).skip(1).min().orElse(0);
    System.out.printf("%-40s %.1f MB%n", "spread of quarters 2 to 4", spread / 1e6);
    if (spread > FLAT) {
      problems.add("memory is not flat");
    }
    return Objects.requireNonNull(last);
  }

  private void counts() throws IOException {
    String metrics = program.metrics();
    long complete = count(metrics, "mockexo_sessions_total", "");
    long kept = count(metrics, "mockexo_journal_sessions", "");
    long evicted = count(metrics, "mockexo_journal_evicted", "");
    long fired =
        count(metrics, "mockexo_faults_fired_total", "")
            - count(metrics, "mockexo_faults_fired_total", "stage=\"QUIT\"");
    System.out.printf("%-40s %d%n", "faults that ended something", fired);
    System.out.printf("%-40s %d%n", "handshakes refused", clients.refused());
    System.out.printf("%-40s %d kept, %d evicted%n", "complete sessions", kept, evicted);
    require("sessions recorded", clients.made() + IDLE, complete);
    require("sessions kept and evicted", complete, kept + evicted);
    require(
        "messages delivered", clients.delivered(), count(metrics, "mockexo_messages_total", ""));
    requireAtMost("clients that failed without a fault", 0, clients.failed() - fired);
  }

  /** Those of the MX, of all labels; a fraction is never counted. */
  private static long count(String metrics, String name, String label) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + "{") && line.contains("endpoint=\"mx\""))
        .filter(line -> line.contains(label))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** The end of a connection is recorded a little after the client has seen it. */
  private void awaitOpen(int expected) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    long open;
    do {
      Thread.sleep(200);
      open = count(program.metrics(), "mockexo_sessions_open", "");
    } while (open != expected && System.nanoTime() < end);
    if (open != expected) {
      problems.add("%d connections are open, not %d".formatted(open, expected));
    }
  }

  private static Footprint tell(String when, Footprint footprint) {
    System.out.printf("%-40s %s%n", when, footprint);
    return footprint;
  }

  private void require(String what, long expected, long actual) {
    System.out.printf("%-40s %d of %d%n", what, actual, expected);
    if (actual != expected) {
      problems.add("%s: %d, not %d".formatted(what, actual, expected));
    }
  }

  private void requireAtMost(String what, long limit, long actual) {
    System.out.printf("%-40s %d%n", what, Math.max(0, actual));
    if (actual > limit) {
      problems.add("%s: %d".formatted(what, actual));
    }
  }
}
