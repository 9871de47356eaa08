package io.mockexo.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.server.MockExchange;
import io.mockexo.server.MockExchangeOnlineServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The servers that the tests of a case have met, one entry for each test. */
final class Visits {

  private final List<MockExchange> seen = new CopyOnWriteArrayList<>();

  /** Each test expects that it is the first on its server, and leaves one session. */
  void use(MockExchange exchange) {
    assertThat(exchange.sessions()).isEmpty();
    assertThat(Client.visit(exchange)).startsWith("221 ");
    assertThat(exchange.awaitSessions(1).only().number()).isEqualTo(1);
    note(exchange);
  }

  void note(MockExchange exchange) {
    seen.add(exchange);
  }

  /** Runs a case whose tests all pass, and meet so many servers, which are closed then. */
  void run(int tests, int servers, Class<?>... testClasses) {
    seen.clear();
    Cases cases = Cases.run(testClasses);
    assertThat(cases.failures()).isEmpty();
    cases.tests().assertStatistics(statistics -> statistics.succeeded(tests));
    assertThat(seen).hasSize(tests);
    requireClosed(servers);
  }

  void requireClosed(int servers) {
    assertThat(seen.stream().distinct())
        .hasSize(servers)
        .allSatisfy(
            exchange -> assertThat(((MockExchangeOnlineServer) exchange).isRunning()).isFalse());
  }
}
