package io.mockexo.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.server.MockExchangeOnlineServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A server that a test has made itself. */
@ResourceLock("AdoptionTest.VISITS")
class AdoptionTest {

  private static final Visits VISITS = new Visits();

  static class Adopting {
    @MockExchangeOnline
    static final MockExchangeOnlineServer shared =
        MockExchangeOnlineServer.mx().blockClients("127.0.0.1").build();

    @MockExchangeOnline
    private final MockExchangeOnlineServer own =
        MockExchangeOnlineServer.clientSubmission().build();

    @Test
    void one() {
      VISITS.use(shared);
      assertThat(own.isRunning()).isTrue();
    }

    @Test
    void two() {
      VISITS.use(shared);
      assertThat(shared.profile().blocklist().clients()).hasSize(1);
      VISITS.use(own);
    }
  }

  @Test
  void an_initialized_field_is_adopted_started_and_closed() {
    Cases cases = Cases.run(Adopting.class);
    assertThat(cases.failures()).isEmpty();
    VISITS.requireClosed(2);
  }

  static class AdoptsRunning {
    @MockExchangeOnline
    private static final MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start();

    @Test
    void one() {
      VISITS.use(exchange);
    }
  }

  @Test
  void a_server_that_was_running_already_is_left_running() {
    try {
      assertThat(Cases.run(AdoptsRunning.class).failures()).isEmpty();
      assertThat(AdoptsRunning.exchange.isRunning()).isTrue();
    } finally {
      AdoptsRunning.exchange.close();
    }
  }
}
