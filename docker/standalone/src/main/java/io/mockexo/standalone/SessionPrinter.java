package io.mockexo.standalone;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.mockexo.client.wire.Host;
import io.mockexo.fault.ScriptedFault;
import io.mockexo.journal.SmtpSession;
import io.mockexo.scenario.Scenario;
import io.mockexo.server.MockExchangeOnlineServer;
import java.io.PrintWriter;
import java.lang.ref.SoftReference;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Prints sessions as they are completed, on a thread of its own, so that a slow terminal holds up
 * no client. Twice a second it also tells who has connected since and is still there, and, when
 * nothing was completed meanwhile, what several sessions mean together: fallbacks and retries.
 */
final class SessionPrinter implements AutoCloseable {

  private static final int BACKLOG = 1000;
  private static final long LOOK_NANOS = Duration.ofMillis(500).toNanos();
  private static final long PATIENCE_MILLIS = 5_000;

  private record Connection(String endpointName, int number) {}

  /**
   * A session to print. The journal decides how long it is kept: the memory of those that nobody
   * prints must not come on top of the journal's limit.
   */
  private record Completed(Connection connection, SoftReference<SmtpSession> session) {}

  private final PrintWriter out;
  private final PrintWriter err;
  private final OutputForm form;
  private final BlockingQueue<Completed> waiting = new ArrayBlockingQueue<>(BACKLOG);
  private final AtomicLong skipped = new AtomicLong();
  private final Map<String, MockExchangeOnlineServer> servers = new ConcurrentHashMap<>();
  private final Set<Connection> announced = ConcurrentHashMap.newKeySet();
  private final Map<String, Set<String>> told = new HashMap<>();
  private final Thread thread = new Thread(this::run, "mockexo-printer");

  /** These two, and {@code told}, are the thread's own. */
  private boolean printedSinceLook;

  private boolean untold;

  /**
   * A printer.
   *
   * @param err gets a line if sessions could not be printed
   */
  SessionPrinter(PrintWriter out, PrintWriter err, OutputForm form) {
    this.out = out;
    this.err = err;
    this.form = form;
    this.thread.setDaemon(true);
  }

  /** Prints the sessions of {@code server} from now on. */
  void follow(String endpointName, MockExchangeOnlineServer server) {
    servers.put(endpointName, server);
    server.onSessionComplete(session -> offer(endpointName, session));
  }

  /**
   * Says that the endpoints are ready, a line for each; sessions are printed after it.
   *
   * @param begun the scenarios that some of them begin in, by the name of the endpoint
   */
  void ready(
      RunningEndpoints endpoints, Map<String, Scenario> begun, Host controlHost, int controlPort) {
    endpoints.forEach(
        (name, server, host) ->
            out.println(form.ready(name, server.profile(), host, server.port())));
    begun.forEach((name, scenario) -> out.println(form.scenario(name, scenario)));
    out.println(form.control(controlHost, controlPort));
    out.flush();
    thread.start();
  }

  /** Prints what is still waiting, unless nobody reads it. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      err.println("sessions could not be printed: nobody reads the output");
      err.flush();
    }
  }

  private void offer(String endpointName, SmtpSession session) {
    Connection connection = new Connection(endpointName, session.number());
    if (!waiting.offer(new Completed(connection, new SoftReference<>(session)))) {
      skipped.incrementAndGet();
      announced.remove(connection);
    }
  }

  private void run() {
    long nextLook = System.nanoTime() + LOOK_NANOS;
    try {
      while (true) {
        Completed next = waiting.poll(nextLook - System.nanoTime(), NANOSECONDS);
        if (next != null) {
          print(next);
          printedSinceLook = true;
        }
        if (nextLook - System.nanoTime() <= 0) {
          look();
          nextLook = System.nanoTime() + LOOK_NANOS;
        }
        out.flush();
      }
    } catch (InterruptedException e) {
      printRest();
    }
  }

  private void look() {
    announceConnected();
    if (printedSinceLook) {
      untold = true;
    } else if (untold) {
      tellVerdicts();
      untold = false;
    }
    printedSinceLook = false;
  }

  private void printRest() {
    for (Completed completed; (completed = waiting.poll()) != null; ) {
      print(completed);
    }
    tellVerdicts();
    servers.forEach(this::tellUnfired);
    out.flush();
  }

  private void tellUnfired(String endpointName, MockExchangeOnlineServer server) {
    List<ScriptedFault> unfired = server.unfiredFaults();
    if (!unfired.isEmpty()) {
      out.println(form.unfired(endpointName, unfired));
    }
  }

  private void print(Completed completed) {
    String endpointName = completed.connection().endpointName();
    boolean isAnnounced = announced.remove(completed.connection());
    SmtpSession session = completed.session().get();
    if (session == null) {
      skipped.incrementAndGet();
      return;
    }
    if (!isAnnounced && form.tellsEveryConnection()) {
      out.println(form.connected(endpointName, session));
    }
    out.println(form.session(endpointName, session));
  }

  private void announceConnected() {
    servers.forEach(
        (name, server) ->
            server.open().stream()
                .filter(session -> announced.add(new Connection(name, session.number())))
                .forEach(session -> out.println(form.connected(name, session))));
  }

  /** What no single session shows. Each is told once, and again only if it has grown. */
  private void tellVerdicts() {
    long missed = skipped.getAndSet(0);
    if (missed > 0) {
      out.println(form.skipped(missed));
    }
    servers.forEach(
        (name, server) -> {
          List<String> verdicts = form.verdicts(name, server.sessions().attempts());
          Set<String> known = told.getOrDefault(name, Set.of());
          verdicts.stream().filter(verdict -> !known.contains(verdict)).forEach(out::println);
          told.put(name, Set.copyOf(verdicts));
        });
  }
}
