package io.mockexo.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.server.MockExchange;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.tls.TlsVersion;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a server lives, and who has it. */
@ResourceLock("ScopeTest.seen")
class ScopeTest {

  /** The servers that the cases have met, one entry for each test; emptied before each case. */
  private static final List<MockExchange> seen = new CopyOnWriteArrayList<>();

  @BeforeEach
  void forget() {
    seen.clear();
  }

  /** Each test expects that it is the first on its server, and leaves one session. */
  private static void use(MockExchange exchange) {
    assertThat(exchange.sessions()).isEmpty();
    assertThat(Client.visit(exchange)).startsWith("221 ");
    assertThat(exchange.awaitSessions(1).only().number()).isEqualTo(1);
    seen.add(exchange);
  }

  private static void requireClosed() {
    assertThat(seen)
        .allSatisfy(
            exchange -> assertThat(((MockExchangeOnlineServer) exchange).isRunning()).isFalse());
  }

  private static void run(int tests, int servers, Class<?>... testClasses) {
    Cases cases = Cases.run(testClasses);
    assertThat(cases.failures()).isEmpty();
    cases.tests().assertStatistics(statistics -> statistics.succeeded(tests));
    assertThat(seen).hasSize(tests);
    assertThat(seen.stream().distinct()).hasSize(servers);
    requireClosed();
  }

  static class StaticField {
    @MockExchangeOnline(minimumTls = TlsVersion.TLS_1_3)
    private static MockExchangeOnlineServer exchange;

    @BeforeAll
    static void is_there_before_all() {
      assertThat(exchange.isRunning()).isTrue();
    }

    @Test
    void one() {
      use(exchange);
      assertThat(exchange.profile().tls().minimumTls()).isEqualTo(TlsVersion.TLS_1_3);
    }

    @Test
    void two() {
      use(exchange);
    }

    @Nested
    class Inner {
      @Test
      void three() {
        use(exchange);
      }
    }
  }

  @Test
  void a_static_field_has_one_for_its_class_put_back_before_each_test() {
    run(3, 1, StaticField.class);
    assertThat(StaticField.exchange).isNull();
  }

  static class InstanceField {
    @MockExchangeOnline MockExchange exchange;

    @BeforeEach
    void is_there_before_each() {
      assertThat(exchange.port()).isPositive();
    }

    @Test
    void one() {
      use(exchange);
    }

    @RepeatedTest(2)
    void repeated() {
      use(exchange);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void parameterized(int n) {
      use(exchange);
    }

    @Nested
    class Inner {
      @MockExchangeOnline private MockExchangeOnlineServer own;

      @Test
      void has_its_own_and_the_outer_one() {
        use(own);
        assertThat(exchange).isNotSameAs(own);
        assertThat(exchange.sessions()).isEmpty();
      }
    }
  }

  @Test
  void an_instance_field_has_one_for_each_test() {
    run(6, 6, InstanceField.class);
  }

  static class Inherits extends InstanceField {
    @Test
    void inherited() {
      use(exchange);
    }
  }

  @Test
  void an_inherited_field_is_filled() {
    run(7, 7, Inherits.class);
  }

  @TestInstance(Lifecycle.PER_CLASS)
  static class PerClass {
    @MockExchangeOnline MockExchangeOnlineServer exchange;

    @BeforeAll
    void is_there_before_all() {
      assertThat(exchange.isRunning()).isTrue();
    }

    @Test
    void one() {
      use(exchange);
    }

    @Test
    void two() {
      use(exchange);
    }
  }

  @Test
  void an_instance_that_lives_as_long_as_the_class_keeps_its_server() {
    run(2, 1, PerClass.class);
  }

  static class Parameters {
    @Test
    void one(@MockExchangeOnline MockExchangeOnlineServer exchange) {
      use(exchange);
    }

    @Test
    void two(@MockExchangeOnline MockExchange first, @MockExchangeOnline MockExchange second) {
      use(first);
      assertThat(second.port()).isNotEqualTo(first.port());
    }
  }

  @Test
  void a_parameter_has_one_for_itself() {
    run(2, 2, Parameters.class);
  }

  static class ConstructorParameter {
    private final MockExchangeOnlineServer exchange;

    ConstructorParameter(@MockExchangeOnline MockExchangeOnlineServer exchange) {
      this.exchange = exchange;
    }

    @Test
    void one() {
      use(exchange);
    }

    @Test
    void two() {
      use(exchange);
    }
  }

  record AsRecord(@MockExchangeOnline MockExchangeOnlineServer exchange) {
    @Test
    void one() {
      use(exchange);
    }

    @Test
    void two() {
      use(exchange);
    }
  }

  @Test
  void a_parameter_of_the_constructor_and_a_component_of_a_record_have_one_for_each_test() {
    run(2, 2, ConstructorParameter.class);
    seen.clear();
    run(2, 2, AsRecord.class);
  }

  static class BeforeAllParameter {
    private static MockExchange exchange;

    @BeforeAll
    static void keep(@MockExchangeOnline MockExchange given) {
      exchange = given;
    }

    @Test
    void one() {
      use(exchange);
    }

    @Test
    void two() {
      use(exchange);
    }
  }

  @Test
  void a_parameter_of_before_all_has_one_for_the_class() {
    run(2, 1, BeforeAllParameter.class);
  }

  static class Factory {
    @MockExchangeOnline MockExchangeOnlineServer exchange;

    @TestFactory
    Stream<DynamicTest> share_the_server_of_their_factory() {
      return Stream.of(1, 2)
          .map(
              n ->
                  DynamicTest.dynamicTest(
                      "visit " + n,
                      () -> {
                        Client.visit(exchange);
                        assertThat(exchange.awaitSessions(n).size()).isEqualTo(n);
                        seen.add(exchange);
                      }));
    }
  }

  @Test
  void dynamic_tests_share_the_server_of_their_factory() {
    run(2, 1, Factory.class);
  }

  static class Adopting {
    @MockExchangeOnline
    static final MockExchangeOnlineServer shared =
        MockExchangeOnlineServer.mx().blockClients("127.0.0.1").build();

    @MockExchangeOnline
    private final MockExchangeOnlineServer own =
        MockExchangeOnlineServer.clientSubmission().build();

    @Test
    void one() {
      use(shared);
      assertThat(own.isRunning()).isTrue();
    }

    @Test
    void two() {
      use(shared);
      assertThat(shared.profile().blocklist().clients()).hasSize(1);
      use(own);
    }
  }

  @Test
  void an_initialized_field_is_adopted_started_and_closed() {
    Cases cases = Cases.run(Adopting.class);
    assertThat(cases.failures()).isEmpty();
    assertThat(seen.stream().distinct()).hasSize(2);
    requireClosed();
  }

  static class AdoptsRunning {
    @MockExchangeOnline
    private static final MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start();

    @Test
    void one() {
      use(exchange);
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
