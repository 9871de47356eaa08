package io.mockexo.standalone;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.mockexo.journal.SmtpSession;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.tls.TlsPolicy;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Prints sessions as they are completed, on a thread of its own, so that a slow terminal holds up
 * no client. When there is a pause it adds what several sessions mean together: fallbacks and
 * retries.
 */
final class SessionPrinter implements AutoCloseable {

  private static final int BACKLOG = 1000;
  private static final long PAUSE_MILLIS = 500;
  private static final long PATIENCE_MILLIS = 5_000;

  private record Completed(String endpointName, SmtpSession session) {}

  private final PrintWriter out;
  private final @Nullable SessionJson json;
  private final BlockingQueue<Completed> waiting = new ArrayBlockingQueue<>(BACKLOG);
  private final AtomicLong skipped = new AtomicLong();
  private final Map<String, MockExchangeOnlineServer> servers = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> told = new HashMap<>();
  private final Thread thread = new Thread(this::run, "mockexo-printer");

  /**
   * A printer.
   *
   * @param json whether sessions are printed as lines of JSON instead of transcripts
   */
  SessionPrinter(PrintWriter out, boolean json) {
    this.out = out;
    this.json = json ? new SessionJson() : null;
    this.thread.setDaemon(true);
  }

  /** Prints the sessions of {@code server} from now on. */
  void follow(String endpointName, MockExchangeOnlineServer server) {
    servers.put(endpointName, server);
    server.onSessionComplete(session -> offer(new Completed(endpointName, session)));
  }

  /** Says that the endpoints are ready, a line for each; sessions are printed after it. */
  void ready(Map<String, MockExchangeOnlineServer> endpoints) {
    endpoints.forEach(
        (name, server) ->
            out.println(
                json != null
                    ? json.ready(name, server.endpoint(), server.host(), server.port())
                    : readyLine(name, server)));
    out.flush();
    thread.start();
  }

  private static String readyLine(String name, MockExchangeOnlineServer server) {
    TlsPolicy tls = server.profile().tls();
    return "%s: %s on %s:%d, %s to %s, other clients get %s"
        .formatted(
            name,
            server.endpoint(),
            server.host(),
            server.port(),
            tls.minimumTls(),
            tls.maximumTls(),
            tls.refuseOldTlsWith());
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
  }

  private void offer(Completed completed) {
    if (!waiting.offer(completed)) {
      skipped.incrementAndGet();
    }
  }

  private void run() {
    boolean pending = false;
    try {
      while (true) {
        Completed next = pending ? waiting.poll(PAUSE_MILLIS, MILLISECONDS) : waiting.take();
        if (next != null) {
          print(next);
        } else {
          tellStories();
        }
        out.flush();
        pending = next != null;
      }
    } catch (InterruptedException e) {
      printRest();
    }
  }

  private void printRest() {
    for (Completed completed; (completed = waiting.poll()) != null; ) {
      print(completed);
    }
    tellStories();
    out.flush();
  }

  private void print(Completed completed) {
    if (json != null) {
      out.println(json.line(completed.endpointName(), completed.session()));
    } else {
      out.println(completed.session().transcript());
    }
  }

  /** What no single session shows. Each is told once, and again only if it has grown. */
  private void tellStories() {
    long missed = skipped.getAndSet(0);
    if (missed > 0) {
      out.println(
          json != null
              ? json.skipped(missed)
              : "(" + missed + " sessions ended faster than they could be printed)");
    }
    if (json != null) {
      return;
    }
    servers.forEach(
        (name, server) -> {
          List<String> stories = server.sessions().attempts().stories();
          Set<String> known = told.getOrDefault(name, Set.of());
          stories.stream()
              .filter(story -> !known.contains(story))
              .forEach(story -> out.println("== " + name + ": " + story));
          told.put(name, Set.copyOf(stories));
        });
  }
}
