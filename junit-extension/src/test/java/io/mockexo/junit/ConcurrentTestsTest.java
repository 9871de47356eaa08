package io.mockexo.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.server.MockExchangeOnlineServer;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests that run at the same time. */
class ConcurrentTestsTest {

  private static final Map<String, String> PARALLEL =
      Map.of(
          "junit.jupiter.execution.parallel.enabled", "true",
          "junit.jupiter.execution.parallel.mode.default", "concurrent",
          "junit.jupiter.execution.parallel.config.strategy", "fixed",
          "junit.jupiter.execution.parallel.config.fixed.parallelism", "4");

  static class OneForAll {
    @MockExchangeOnline private static MockExchangeOnlineServer shared;

    private static final CountDownLatch oneHasFailed = new CountDownLatch(1);

    @RegisterExtension
    static final AfterEachCallback watch =
        test -> test.getExecutionException().ifPresent(failure -> oneHasFailed.countDown());

    /**
     * The one that gets the server stays until another has been turned away. Many, because the pool
     * that runs them does not promise to wake a second thread for the second of two.
     */
    @RepeatedTest(32)
    void test() throws InterruptedException {
      assertThat(oneHasFailed.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(shared.isRunning()).isTrue();
    }
  }

  @Test
  void on_one_shared_server_they_are_an_error_that_says_so() {
    Cases cases = Cases.run(PARALLEL, OneForAll.class);

    cases.tests().assertStatistics(statistics -> statistics.finished(32));
    assertThat(cases.failures())
        .hasSizeBetween(1, 31)
        .allSatisfy(
            failure ->
                assertThat(failure)
                    .isInstanceOf(ExtensionConfigurationException.class)
                    .hasMessageMatching(
                        "@MockExchangeOnline on field shared of OneForAll is shared by tests that"
                            + " run at the same time, now repetition \\d+ of 32 and repetition"
                            + " \\d+ of 32, so that nobody can tell whose sessions are whose. Give"
                            + " each test its own \\(an instance field without static, or a"
                            + " parameter\\), or run them one after another:"
                            + " @Execution\\(ExecutionMode.SAME_THREAD\\) on the class"));
  }

  @Execution(ExecutionMode.SAME_THREAD)
  static class OneAfterAnother {
    @MockExchangeOnline private static MockExchangeOnlineServer shared;

    @RepeatedTest(4)
    void test() {
      Client.visit(shared);
      assertThat(shared.awaitSessions(1).only().number()).isEqualTo(1);
    }
  }

  static class OneForEach {
    @MockExchangeOnline MockExchangeOnlineServer own;

    @RepeatedTest(20)
    void test(@MockExchangeOnline MockExchangeOnlineServer another) {
      Client.visit(own);
      Client.visit(another);
      assertThat(own.awaitSessions(1).only().number()).isEqualTo(1);
      assertThat(another.awaitSessions(1).only().number()).isEqualTo(1);
    }
  }

  @Test
  void each_on_its_own_server_they_are_safe() {
    Cases cases = Cases.run(PARALLEL, OneForEach.class, OneAfterAnother.class);

    assertThat(cases.failures()).isEmpty();
    cases.tests().assertStatistics(statistics -> statistics.succeeded(24));
  }
}
