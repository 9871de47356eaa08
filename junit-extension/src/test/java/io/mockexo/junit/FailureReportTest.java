package io.mockexo.junit;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.server.MockExchange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.AssertionFailedError;

/** What a test that failed tells of its servers. */
class FailureReportTest {

  abstract static class WithExchange {
    @MockExchangeOnline MockExchange exchange;
  }

  static class Compares extends WithExchange {
    @Test
    void test() {
      Client.visit(exchange);
      exchange.awaitSessions(1);
      throw new AssertionFailedError("not the same", "here", "there");
    }
  }

  @Test
  void the_transcripts_stand_below_the_message_and_in_a_report_entry() {
    Cases cases = Cases.run(Compares.class);

    assertThat(cases.failures())
        .singleElement()
        .isInstanceOfSatisfying(
            AssertionFailedError.class,
            failure -> {
              assertThat(failure.getExpected().getValue()).isEqualTo("here");
              assertThat(failure.getActual().getValue()).isEqualTo("there");
              assertThat(failure.getStackTrace()[0].getClassName())
                  .isEqualTo(Compares.class.getName());
              assertThat(failure)
                  .hasMessageStartingWith(
                      "not the same\n\nSessions of 'exchange':\n\nsession 1 (MX) from 127.0.0.1:")
                  .hasMessageContaining("C: QUIT\n")
                  .hasNoCause()
                  .hasNoSuppressedExceptions();
            });
    assertThat(cases.reports())
        .singleElement()
        .asString()
        .startsWith("Sessions of 'exchange':\n\nsession 1 (MX) from 127.0.0.1:");
  }

  static class Passes extends WithExchange {
    @Test
    void test() {
      Client.visit(exchange);
      exchange.awaitSessions(1);
    }
  }

  @Test
  void a_test_that_passes_says_nothing_unless_told_to() {
    assertThat(Cases.run(Passes.class).reports()).isEmpty();
    assertThat(Cases.run(Map.of("mockexo.transcripts", "always"), Passes.class).reports())
        .singleElement()
        .asString()
        .contains("C: EHLO client.example\n");
  }

  static class Aborts extends WithExchange {
    @Test
    void test() {
      Client.visit(exchange);
      Assumptions.abort("no reason");
    }
  }

  @Test
  void so_does_a_test_that_is_aborted() {
    assertThat(Cases.run(Aborts.class).reports()).isEmpty();
    assertThat(Cases.run(Map.of("mockexo.transcripts", "always"), Aborts.class).reports())
        .singleElement()
        .asString()
        .contains("C: EHLO client.example\n");
  }

  static class TimesOut extends WithExchange {
    @Test
    void test() {
      Client.visit(exchange);
      exchange.awaitSessions(1);
      exchange.awaitSessions(2);
    }
  }

  @Test
  void what_the_message_has_already_is_not_repeated() {
    Cases cases = Cases.run(Map.of("mockexo.await.timeout", "1ms"), TimesOut.class);

    // The first wait may time out as well, before the session has ended.
    assertThat(cases.failure()).containsOnlyOnce("C: EHLO client.example");
  }

  static class InLifecycleMethods {
    static class Before extends WithExchange {
      @BeforeEach
      void before() {
        Client.visit(exchange);
        throw new AssertionError("before");
      }

      @Test
      void test() {}
    }

    static class After extends WithExchange {
      @Test
      void test() {
        Client.visit(exchange);
      }

      @AfterEach
      void after() {
        throw new AssertionError("after");
      }
    }
  }

  @Test
  void methods_around_the_test_are_told_as_well() {
    for (Class<?> testClass :
        List.of(InLifecycleMethods.Before.class, InLifecycleMethods.After.class)) {
      Cases cases = Cases.run(testClass);
      assertThat(cases.failure()).contains("C: EHLO client.example\n");
      assertThat(cases.reports()).hasSize(1);
    }
  }

  static class Factory extends WithExchange {
    @TestFactory
    @InjectFault(onConnection = 9, at = io.mockexo.fault.Stage.MAIL, stall = true)
    Stream<DynamicTest> tests() {
      return Stream.of(
          DynamicTest.dynamicTest(
              "fails",
              () -> {
                Client.visit(exchange);
                throw new AssertionError("dynamic");
              }),
          DynamicTest.dynamicTest("passes", () -> {}));
    }
  }

  @Test
  void dynamic_tests_are_told_as_well() {
    Cases cases = Cases.run(Factory.class);

    assertThat(cases.failure()).startsWith("dynamic\n").contains("C: EHLO client.example\n");
    assertThat(cases.reports()).hasSize(1);
  }

  static class Many extends WithExchange {
    @Test
    void test() {
      for (int i = 0; i < 25; i++) {
        Client.visit(exchange);
      }
      exchange.awaitSessions(25);
      throw new AssertionError("too many");
    }
  }

  @Test
  void of_many_sessions_the_first_and_the_last_are_shown() {
    assertThat(Cases.run(Many.class).failure())
        .contains("session 10 (MX)", "... 5 sessions left out\n", "session 16 (MX)")
        .doesNotContain("session 11 (MX)", "session 15 (MX)");
  }

  static class Waits extends WithExchange {
    @Test
    void test() {
      assertThat(exchange.awaitTimeout()).isEqualTo(Duration.ofSeconds(7));
      exchange.awaitQuiet(ofMillis(1));
    }
  }

  @Test
  void the_timeout_of_waits_is_a_configuration_parameter() {
    assertThat(Cases.run(Map.of("mockexo.await.timeout", "7s"), Waits.class).failures()).isEmpty();
  }

  static class FailsBeforeAll {
    @MockExchangeOnline static MockExchange exchange;

    @BeforeAll
    static void application() {
      Client.visit(exchange);
      throw new IllegalStateException("did not start");
    }

    @Test
    void test() {}
  }

  @Test
  void what_fails_before_all_tests_is_told_as_well() {
    Cases cases = Cases.run(FailsBeforeAll.class);

    assertThat(cases.failure()).isEqualTo("did not start");
    assertThat(cases.failures().get(0).getSuppressed())
        .singleElement()
        .satisfies(beside -> assertThat(beside).hasMessageContaining("C: EHLO client.example\n"));
    assertThat(cases.reports()).hasSize(1);
  }

  static class InContainer extends WithExchange {
    @TestFactory
    @InjectFault(onConnection = 9, at = io.mockexo.fault.Stage.MAIL, stall = true)
    Stream<DynamicContainer> tests() {
      return Stream.of(
          DynamicContainer.dynamicContainer(
              "container",
              Stream.of(
                  DynamicTest.dynamicTest(
                      "fails",
                      () -> {
                        Client.visit(exchange);
                        throw new AssertionError();
                      }))));
    }
  }

  @Test
  void dynamic_tests_in_containers_are_told_as_well() {
    Cases cases = Cases.run(InContainer.class);

    assertThat(cases.failure())
        .startsWith("java.lang.AssertionError\n")
        .contains("C: EHLO client.example\n");
    assertThat(cases.reports()).hasSize(1);
  }

  static class Unfired {
    @Test
    @InjectFault(onConnection = 9, at = io.mockexo.fault.Stage.MAIL, stall = true, server = "a")
    @InjectFault(onConnection = 9, at = io.mockexo.fault.Stage.QUIT, stall = true, server = "b")
    void test(
        @MockExchangeOnline(name = "a") MockExchange a,
        @MockExchangeOnline(name = "b") MockExchange b) {
      Client.visit(a);
      Client.visit(b);
    }
  }

  @Test
  void faults_that_did_not_fire_are_told_of_all_servers_and_reported() {
    Cases cases = Cases.run(Unfired.class);

    assertThat(cases.failure())
        .contains("every fault of 'a'", "at(MAIL).stall()", "every fault of 'b'", "at(QUIT)");
    assertThat(cases.reports()).hasSize(2);
  }
}
