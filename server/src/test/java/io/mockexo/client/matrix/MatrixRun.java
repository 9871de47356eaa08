package io.mockexo.client.matrix;

import io.mockexo.client.matrix.MailServer.Route;
import io.mockexo.client.matrix.MailServer.Running;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.tls.TestAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Lets all clients meet all failures, several at a time. */
final class MatrixRun {

  /** One-shot clients wait in one failure only; else they work. */
  private static final int AT_A_TIME = 4;

  /** A mail server that has come this often, and may not fall back, will come again. */
  private static final int ENOUGH_SESSIONS = 3;

  /** One that may has had reason enough. */
  private static final int TOO_MANY_SESSIONS = 10;

  private final Path ca;

  private MatrixRun(Path ca) {
    this.ca = ca;
  }

  /** Runs them; what has gone wrong, as a missing tool, is in the future. */
  static Map<Cell, Future<Seen>> all(List<Cell> cells) {
    try {
      Path folder = Files.createTempDirectory("mockexo-matrix");
      Path ca = folder.resolve("ca.pem");
      Files.writeString(ca, TestAuthority.shared().trustAnchor().pem());
      folder.toFile().setExecutable(true, false);
      folder.toFile().setReadable(true, false);
      try {
        return new MatrixRun(ca).run(cells);
      } finally {
        Files.delete(ca);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Map<Cell, Future<Seen>> run(List<Cell> cells) throws InterruptedException {
    Map<Cell, Future<Seen>> seen = new HashMap<>();
    ExecutorService few = Executors.newFixedThreadPool(AT_A_TIME);
    ExecutorService many = Executors.newCachedThreadPool();
    try {
      List<Future<Map<Cell, Future<Seen>>>> servers = new ArrayList<>();
      Map<Sender, List<Cell>> bySender =
          cells.stream().collect(Collectors.groupingBy(Cell::sender));
      bySender.forEach(
          (sender, own) -> {
            if (sender.client() instanceof MailServer server) {
              servers.add(many.submit(() -> send(server, own, many)));
            } else if (sender.client() instanceof OneShot client) {
              own.forEach(cell -> seen.put(cell, few.submit(() -> send(client, cell))));
            }
          });
      few.shutdown();
      few.awaitTermination(10, TimeUnit.MINUTES);
      for (Future<Map<Cell, Future<Seen>>> server : servers) {
        seen.putAll(Futures.get(server));
      }
      return seen;
    } finally {
      few.shutdownNow();
      many.shutdownNow();
    }
  }

  private Seen send(OneShot client, Cell cell) {
    try (MockExchangeOnlineServer exchange = cell.failure().start(cell.host())) {
      String told = client.send(cell, exchange, ca);
      Sessions sessions = exchange.awaitQuiet(Duration.ZERO, Waiting.LONGEST);
      String silence = told.equals(OneShot.NO_END) ? Waiting.ON : "no further attempt";
      return new Seen(Conclusion.of(sessions, silence), told);
    }
  }

  private Map<Cell, Future<Seen>> send(MailServer server, List<Cell> cells, ExecutorService pool)
      throws InterruptedException {
    Map<Cell, MockExchangeOnlineServer> receivers = new LinkedHashMap<>();
    try {
      cells.forEach(cell -> receivers.put(cell, cell.failure().start(cell.host())));
      Map<Cell, Route> routes = new LinkedHashMap<>();
      receivers.forEach((cell, to) -> routes.put(cell, new Route(to.host(), to.port())));
      try (Running running = server.start(routes, ca)) {
        List<Callable<Seen>> tasks =
            cells.stream()
                .map(cell -> (Callable<Seen>) () -> follow(running, cell, receivers.get(cell)))
                .toList();
        Map<Cell, Future<Seen>> seen = new HashMap<>();
        List<Future<Seen>> all = pool.invokeAll(tasks);
        cells.forEach(cell -> seen.put(cell, all.get(cells.indexOf(cell))));
        return seen;
      }
    } catch (RuntimeException | AssertionError e) {
      return cells.stream()
          .collect(Collectors.toMap(cell -> cell, cell -> CompletableFuture.failedFuture(e)));
    } finally {
      receivers.values().forEach(MockExchangeOnlineServer::close);
    }
  }

  private static Seen follow(Running sender, Cell cell, MockExchangeOnlineServer exchange) {
    sender.submit(cell);
    Waiting.until(
        () -> isDone(sender.log(cell)) || comesAgain(cell, exchange) || Waiting.isHanging(exchange),
        () -> sender.log(cell) + "\n" + exchange.sessions().transcript());
    List<String> log = sender.log(cell);
    return isDone(log) ? whenQuiet(exchange, log) : soFar(exchange, log);
  }

  private static Seen whenQuiet(MockExchangeOnlineServer exchange, List<String> log) {
    Sessions sessions = exchange.awaitQuiet(Waiting.SILENCE, Waiting.LONGEST);
    String silence = "no further attempt within %d s".formatted(Waiting.SILENCE.toSeconds());
    return new Seen(Conclusion.of(sessions, silence), told(log));
  }

  private static Seen soFar(MockExchangeOnlineServer exchange, List<String> log) {
    List<SmtpSession> all = new ArrayList<>(exchange.sessions().list());
    List<SmtpSession> open = exchange.open();
    all.addAll(open);
    Sessions sessions = new Sessions(all, 0, open.size(), false);
    return new Seen(
        Conclusion.of(sessions, Waiting.ON), log.isEmpty() ? OneShot.NO_END : told(log));
  }

  private static String told(List<String> log) {
    return log.stream().distinct().collect(Collectors.joining(", then "));
  }

  private static boolean isDone(List<String> log) {
    return log.stream().anyMatch(line -> line.startsWith("sent") || line.startsWith("bounced"));
  }

  private static boolean comesAgain(Cell cell, MockExchangeOnlineServer exchange) {
    boolean mayFallBack = cell.mode() == Mode.OPPORTUNISTIC;
    return exchange.sessions().size() >= (mayFallBack ? TOO_MANY_SESSIONS : ENOUGH_SESSIONS);
  }
}
