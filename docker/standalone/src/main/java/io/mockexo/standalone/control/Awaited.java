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
    Duration quiet = duration(context, "quiet").orElse(Duration.ZERO);
    Duration otherwise = quiet.plus(MockExchange.DEFAULT_TIMEOUT);
    return new Awaited(
        given.get(0),
        Query.count(context, given.get(0).equals("quiet") ? "" : given.get(0)).orElse(0),
        quiet,
        duration(context, "timeout").orElse(otherwise));
  }

  private static Optional<Duration> duration(RoutingContext context, String name) {
    Optional<Duration> given = Query.duration(context, name);
    given
        .filter(time -> time.isNegative() || time.compareTo(LONGEST) > 0)
        .ifPresent(
            time -> {
              throw new Problem(400, "%s has to be from 0s to 1h, not %s".formatted(name, time));
            });
    return given;
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
