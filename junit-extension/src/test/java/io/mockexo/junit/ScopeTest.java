package io.mockexo.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.server.MockExchange;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.tls.TlsVersion;
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

/** How long the server in a field lives, and who has it. */
@ResourceLock("ScopeTest.VISITS")
class ScopeTest {

  private static final Visits VISITS = new Visits();

  static class StaticField {
    @MockExchangeOnline(minimumTls = TlsVersion.TLS_1_3)
    private static MockExchangeOnlineServer exchange;

    @BeforeAll
    static void is_there_before_all() {
      assertThat(exchange.isRunning()).isTrue();
    }

    @Test
    void one() {
      VISITS.use(exchange);
      assertThat(exchange.profile().tls().minimumTls()).isEqualTo(TlsVersion.TLS_1_3);
    }

    @Test
    void two() {
      VISITS.use(exchange);
    }

    @Nested
    class Inner {
      @Test
      void three() {
        VISITS.use(exchange);
      }
    }
  }

  @Test
  void a_static_field_has_one_for_its_class_put_back_before_each_test() {
    VISITS.run(3, 1, StaticField.class);
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
      VISITS.use(exchange);
    }

    @RepeatedTest(2)
    void repeated() {
      VISITS.use(exchange);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void parameterized(int n) {
      VISITS.use(exchange);
    }

    @Nested
    class Inner {
      @MockExchangeOnline private MockExchangeOnlineServer own;

      @Test
      void has_its_own_and_the_outer_one() {
        VISITS.use(own);
        assertThat(exchange).isNotSameAs(own);
        assertThat(exchange.sessions()).isEmpty();
      }
    }
  }

  @Test
  void an_instance_field_has_one_for_each_test() {
    VISITS.run(6, 6, InstanceField.class);
  }

  static class Inherits extends InstanceField {
    @Test
    void inherited() {
      VISITS.use(exchange);
    }
  }

  @Test
  void an_inherited_field_is_filled() {
    VISITS.run(7, 7, Inherits.class);
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
      VISITS.use(exchange);
    }

    @Test
    void two() {
      VISITS.use(exchange);
    }
  }

  @Test
  void an_instance_that_lives_as_long_as_the_class_keeps_its_server() {
    VISITS.run(2, 1, PerClass.class);
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
                        VISITS.note(exchange);
                      }));
    }
  }

  @Test
  void dynamic_tests_share_the_server_of_their_factory() {
    VISITS.run(2, 1, Factory.class);
  }
}
