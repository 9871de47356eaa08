package io.mockexo.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.server.MockExchange;
import io.mockexo.server.MockExchangeOnlineServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** How long the server in a parameter lives, and who has it. */
@ResourceLock("ParameterScopeTest.VISITS")
class ParameterScopeTest {

  private static final Visits VISITS = new Visits();

  static class Parameters {
    @Test
    void one(@MockExchangeOnline MockExchangeOnlineServer exchange) {
      VISITS.use(exchange);
    }

    @Test
    void two(@MockExchangeOnline MockExchange first, @MockExchangeOnline MockExchange second) {
      VISITS.use(first);
      assertThat(second.port()).isNotEqualTo(first.port());
    }
  }

  @Test
  void a_parameter_has_one_for_itself() {
    VISITS.run(2, 2, Parameters.class);
  }

  static class ConstructorParameter {
    private final MockExchangeOnlineServer exchange;

    ConstructorParameter(@MockExchangeOnline MockExchangeOnlineServer exchange) {
      this.exchange = exchange;
    }

    @Test
    void one() {
      VISITS.use(exchange);
    }

    @Test
    void two() {
      VISITS.use(exchange);
    }
  }

  record AsRecord(@MockExchangeOnline MockExchangeOnlineServer exchange) {
    @Test
    void one() {
      VISITS.use(exchange);
    }

    @Test
    void two() {
      VISITS.use(exchange);
    }
  }

  @Test
  void a_parameter_of_the_constructor_and_a_component_of_a_record_have_one_for_each_test() {
    VISITS.run(2, 2, ConstructorParameter.class);
    VISITS.run(2, 2, AsRecord.class);
  }

  static class BeforeAllParameter {
    private static MockExchange exchange;

    @BeforeAll
    static void keep(@MockExchangeOnline MockExchange given) {
      exchange = given;
    }

    @Test
    void one() {
      VISITS.use(exchange);
    }

    @Test
    void two() {
      VISITS.use(exchange);
    }
  }

  @Test
  void a_parameter_of_before_all_has_one_for_the_class() {
    VISITS.run(2, 1, BeforeAllParameter.class);
  }

  static class Fails {
    @Test
    void test(@MockExchangeOnline MockExchangeOnlineServer exchange) {
      throw new AssertionError("no reason");
    }
  }

  /** Tests are compiled without names of parameters; {@code arg0} would tell nobody anything. */
  @Test
  void the_only_one_is_called_the_exchange_where_its_name_is_not_known() {
    assertThat(Cases.run(Fails.class).failure()).contains("No client has connected to 'exchange'.");
  }

  static class FailsWithTwo {
    @Test
    void test(@MockExchangeOnline MockExchange first, @MockExchangeOnline MockExchange second) {
      throw new AssertionError("no reason");
    }
  }

  @Test
  void of_several_none_is_called_so() {
    assertThat(Cases.run(FailsWithTwo.class).failure()).doesNotContain("'exchange'");
  }
}
