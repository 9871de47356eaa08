package io.mockexo.junit;

import static io.mockexo.fault.Drop.RST;
import static io.mockexo.fault.Fault.at;
import static io.mockexo.fault.Stage.EHLO;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.server.MockExchange;
import io.mockexo.server.MockExchangeOnlineServer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A fault must fire, unless it is said that it need not. */
class UnfiredFaultTest {

  private static final String BUSY = "451 4.7.500 Server busy";

  static class Unfired {
    @MockExchangeOnline MockExchange exchange;

    @Test
    @InjectFault(onConnection = 1, at = EHLO, reply = BUSY, thenClose = true)
    @InjectFault(onConnection = 2, at = EHLO, drop = RST)
    @InjectFault(onConnection = 3, at = EHLO, drop = RST, optional = true)
    void never_comes_again() {
      Client.visit(exchange);
    }
  }

  @Test
  void a_fault_that_never_fired_fails_a_test_that_passed() {
    assertThat(Cases.run(Unfired.class).failure())
        .startsWith(
            """
            Expecting
              every fault of 'exchange' to fire, since a test in which nothing went wrong proves nothing
            but this one did not
              onConnection: 2, at(EHLO).drop(RST)
            If the test may pass without, say so: @InjectFault(..., optional = true)

            Sessions of 'exchange':

            session 1 (MX) from 127.0.0.1:\
            """)
        .contains("C: EHLO client.example\n", "S: 451 4.7.500 Server busy\n");
  }

  static class AddedLater {
    @MockExchangeOnline MockExchange exchange;

    @Test
    @InjectFault(onConnection = 2, at = EHLO, drop = RST)
    void adds_another() {
      exchange.onConnection(3, at(EHLO).drop(RST));
      Client.visit(exchange);
    }
  }

  @Test
  void each_fault_that_did_not_fire_is_told_with_its_own_way_out() {
    assertThat(Cases.run(AddedLater.class).failure())
        .contains(
            """
            but these did not
              onConnection: 2, at(EHLO).drop(RST)
              onConnection: 3, at(EHLO).drop(RST)
            If the test may pass without, say so: @InjectFault(..., optional = true)
            If the test may pass without, have it from the annotation that can say so: \
            @InjectFault(..., optional = true)

            """);
  }

  static class NotCounted {
    @MockExchangeOnline MockExchange exchange;

    @Test
    @InjectFault(onConnection = 1, at = EHLO, reply = BUSY, thenClose = true)
    void without_a_client() {}

    @Test
    @InjectFault(onConnection = 1, at = EHLO, reply = BUSY, thenClose = true)
    void aborted() {
      Client.visit(exchange);
      exchange.onConnection(2, at(EHLO).stall());
      Assumptions.abort("no reason");
    }

    @Test
    @InjectFault(onConnection = 2, at = EHLO, drop = RST)
    void failed() {
      Client.visit(exchange);
      throw new IllegalStateException("of its own");
    }
  }

  @Test
  void it_is_not_counted_where_no_client_came_and_where_the_test_failed_anyway() {
    Cases cases = Cases.run(NotCounted.class);
    cases.tests().assertStatistics(s -> s.succeeded(1).aborted(1).failed(1));
    assertThat(cases.failures())
        .extracting(Throwable::getMessage)
        .noneMatch(message -> message.contains("proves nothing"));
  }

  static class BuiltIn {
    @MockExchangeOnline
    final MockExchangeOnlineServer strict =
        MockExchangeOnlineServer.mx().onConnection(2, at(EHLO).drop(RST)).build();

    @MockExchangeOnline(optionalFaults = true)
    final MockExchangeOnlineServer lenient =
        MockExchangeOnlineServer.mx().onConnection(2, at(EHLO).drop(RST)).build();

    @Test
    void uses_the_lenient_one() {
      Client.visit(lenient);
    }

    @Test
    void uses_the_strict_one() {
      Client.visit(strict);
    }

    @Test
    @InjectFault(onConnection = 3, at = EHLO, drop = RST, server = "lenient")
    void has_one_of_its_own() {
      Client.visit(lenient);
    }
  }

  @Test
  void faults_of_an_adopted_server_count_unless_it_says_otherwise() {
    Cases cases = Cases.run(BuiltIn.class);
    cases.tests().assertStatistics(s -> s.succeeded(1).failed(2));
    assertThat(cases.failures())
        .extracting(Throwable::getMessage)
        .anySatisfy(
            m ->
                assertThat(m)
                    .contains("'strict'", "onConnection: 2, at(EHLO).drop(RST)")
                    .contains(
                        "If the test may pass without, say so where the server is:"
                            + " @MockExchangeOnline(optionalFaults = true) on field strict of"
                            + " BuiltIn\n\n")
                    .doesNotContain("@InjectFault"))
        .anySatisfy(
            m ->
                assertThat(m)
                    .contains("'lenient'", "onConnection: 3, at(EHLO).drop(RST)")
                    .contains("say so: @InjectFault(..., optional = true)\n")
                    .doesNotContain("onConnection: 2"));
  }
}
