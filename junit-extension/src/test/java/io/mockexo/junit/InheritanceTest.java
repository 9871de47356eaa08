package io.mockexo.junit;

import static io.mockexo.fault.Stage.EHLO;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.fault.Drop;
import io.mockexo.server.MockExchange;
import io.mockexo.server.MockExchangeOnlineServer;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servers and faults of classes that others inherit from, and servers that were there before. */
class InheritanceTest {

  private static final String BUSY = "451 4.7.500 Server busy";

  abstract static class BaseWithNested {
    @MockExchangeOnline MockExchange exchange;

    @Nested
    class Inner {
      @Test
      void inherited() {
        assertThat(Client.visit(exchange)).isEqualTo(BUSY);
      }
    }
  }

  @InjectFault(onConnection = 1, at = EHLO, reply = BUSY, thenClose = true)
  static class WithFault extends BaseWithNested {}

  @Test
  void a_fault_of_a_subclass_is_for_the_nested_classes_that_it_inherits() {
    Cases cases = Cases.run(WithFault.class);
    assertThat(cases.failures()).isEmpty();
    cases.tests().assertStatistics(statistics -> statistics.succeeded(1));
  }

  abstract static class BaseWithServer {
    @MockExchangeOnline static MockExchangeOnlineServer exchange;
  }

  static class InheritsTwice extends BaseWithServer {
    @Nested
    class Inner extends BaseWithServer {
      @Test
      @InjectFault(onConnection = 1, at = EHLO, reply = BUSY, thenClose = true)
      void test() {
        assertThat(Client.visit(exchange)).isEqualTo(BUSY);
      }
    }
  }

  @Test
  void a_static_field_that_a_nested_class_inherits_too_is_one_server() {
    assertThat(Cases.run(InheritsTwice.class).failures()).isEmpty();
  }

  abstract static class BaseThatAdopts {
    @MockExchangeOnline
    static final MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().build();

    @Test
    void test() {
      Client.visit(exchange);
      assertThat(exchange.awaitSessions(1).only().number()).isEqualTo(1);
    }
  }

  static class FirstAdopter extends BaseThatAdopts {}

  static class SecondAdopter extends BaseThatAdopts {}

  @Test
  void an_adopted_static_field_serves_all_subclasses_and_is_closed_after_them() {
    assertThat(Cases.run(FirstAdopter.class, SecondAdopter.class).failures()).isEmpty();
    assertThat(BaseThatAdopts.exchange.isRunning()).isFalse();
  }

  abstract static class BaseThatShares {
    @MockExchangeOnline static MockExchangeOnlineServer exchange;
  }

  private static final CountDownLatch otherClassIsOver = new CountDownLatch(1);
  private static final CountDownLatch firstClassIsAtWork = new CountDownLatch(1);

  static class AtWork extends BaseThatShares {
    @Test
    void test() throws InterruptedException {
      firstClassIsAtWork.countDown();
      assertThat(otherClassIsOver.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(exchange.isRunning()).isTrue();
    }
  }

  static class ComesToo extends BaseThatShares {
    @RegisterExtension
    static final AfterAllCallback watch = testClass -> otherClassIsOver.countDown();

    static {
      try {
        firstClassIsAtWork.await(30, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Test
    void test() {}
  }

  @Test
  void a_static_field_that_two_classes_use_at_the_same_time_is_an_error() {
    Cases cases =
        Cases.run(
            Map.of(
                "junit.jupiter.execution.parallel.enabled", "true",
                "junit.jupiter.execution.parallel.mode.classes.default", "concurrent",
                "junit.jupiter.execution.parallel.config.strategy", "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "2"),
            AtWork.class,
            ComesToo.class);

    assertThat(cases.failures()).hasSize(1);
    assertThat(cases.failures().get(0))
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessageContaining("Subclasses share a static field: leave out static");
  }

  static class AdoptsRunning {
    static final MockExchangeOnlineServer RUNNING = MockExchangeOnlineServer.mx().start();

    @MockExchangeOnline final MockExchange exchange = RUNNING;

    @Test
    @InjectFault(onConnection = 2, at = EHLO, drop = Drop.RST, optional = true)
    void leaves_a_session_and_a_fault() {
      Client.visit(exchange);
    }

    @Test
    void finds_neither() {
      Client.visit(exchange);
      assertThat(exchange.awaitSessions(1).only().number()).isEqualTo(1);
      assertThat(exchange.script().faults()).isEmpty();
    }

    @Test
    @InjectFault(onConnection = 2, at = EHLO, drop = Drop.RST, optional = true)
    void leaves_them_again() {
      Client.visit(exchange);
    }
  }

  @Test
  void a_server_that_was_running_before_is_put_back_before_each_test() {
    try {
      assertThat(Cases.run(AdoptsRunning.class).failures()).isEmpty();
    } finally {
      AdoptsRunning.RUNNING.close();
    }
  }
}
