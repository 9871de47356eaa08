package io.mockexo.standalone.control;

import io.mockexo.journal.Sessions;
import io.mockexo.server.MockExchange;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.server.SessionFutures;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What a request waits for: so many sessions, so many messages, or quiet. */
record Awaited(String what, int count, Duration quiet, Duration timeout) {

  private static final Duration LONGEST = Duration.ofHours(1);

  /** What the parameters ask for. */
  static Awaited in(RoutingContext context) {
    List<String> given =
        List.of("await", "messages", "quiet").stream()
            .filter(name -> !context.queryParam(name).isEmpty())
            .toList();
    if (given.size() != 1) {
      throw new Problem(
          400,
          "one thing can be awaited, await=2 (sessions), messages=1 or quiet=500ms, but this asks for "
              + (given.isEmpty() ? "none" : String.join(" and ", given)));
    }
    Optional<Duration> quiet = Query.duration(context, "quiet");
    Duration otherwise = quiet.orElse(Duration.ZERO).plus(MockExchange.DEFAULT_TIMEOUT);
    Duration timeout = Query.duration(context, "timeout").orElse(otherwise);
    if (timeout.isNegative() || timeout.compareTo(LONGEST) > 0) {
      throw new Problem(400, "timeout has to be from 0s to 1h, not " + timeout);
    }
    return new Awaited(
        given.get(0),
        Query.count(context, given.get(0).equals("quiet") ? "" : given.get(0)).orElse(0),
        quiet.orElse(Duration.ZERO),
        timeout);
  }

  CompletableFuture<Sessions> of(MockExchangeOnlineServer server) {
    SessionFutures futures = server.futures();
    return switch (what) {
      case "await" -> futures.sessions(count, timeout);
      case "messages" -> futures.messages(count, timeout);
      default -> futures.quiet(quiet, timeout);
    };
  }
}
