package io.mockexo.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.containers.Container.ExecResult;

/** The image, as those have it who write no Java. */
@NeedsEngine
@Timeout(180)
class ImageTest {

  private static final String JAR = "/opt/mockexo/mock-exchange-online.jar";

  @Test
  void it_runs_with_all_that_can_be_taken_away_taken_away() throws Exception {
    try (MockExchangeOnlineContainer exchange = new MockExchangeOnlineContainer()) {
      exchange.withCreateContainerCmdModifier(
          command -> harden(Objects.requireNonNull(command.getHostConfig())));
      exchange.start();

      Delivery.send(exchange.getHost(), exchange.getMxPort(), exchange.mx().clientSslContext());

      assertThat(exchange.mx().awaitMessages(1)).hasSize(1);
      assertThat(exchange.isRunning()).isTrue();
    }
  }

  private static void harden(HostConfig host) {
    host.withReadonlyRootfs(true)
        .withCapDrop(Capability.ALL)
        .withSecurityOpts(List.of("no-new-privileges"))
        .withMemory(96L << 20);
  }

  /** And its health check, which is another process, finds it. */
  @Test
  void any_user_can_run_it() throws Exception {
    try (MockExchangeOnlineContainer exchange = new MockExchangeOnlineContainer()) {
      exchange.withCreateContainerCmdModifier(command -> command.withUser("12345"));
      exchange.start();

      ExecResult health = exchange.execInContainer("java", "-jar", JAR, "health");

      assertThat(health.getStdout()).isEqualTo("up\n");
      assertThat(health.getExitCode()).isZero();
    }
  }

  /** With AOTMode=on the JVM ends where it cannot use the cache. */
  @ParameterizedTest
  @ValueSource(strings = {"-XX:AOTMode=on", "-XX:+UseParallelGC", "-XX:+UseSerialGC -Xmx64m"})
  void the_cache_fits_and_the_garbage_collector_can_be_chosen(String options) {
    try (MockExchangeOnlineContainer exchange = new MockExchangeOnlineContainer()) {
      exchange.withEnv("JAVA_TOOL_OPTIONS", options).start();

      assertThat(exchange.getLogs()).contains("control API on http://0.0.0.0:8025");
    }
  }

  @Test
  void sigterm_ends_it_and_what_is_open_is_told() throws Exception {
    try (MockExchangeOnlineContainer exchange = new MockExchangeOnlineContainer()) {
      exchange.start();
      exchange.getDockerClient().stopContainerCmd(exchange.getContainerId()).exec();

      assertThat(exchange.getCurrentContainerInfo().getState().getExitCodeLong())
          .isEqualTo(128 + 15);
    }
  }

  @Test
  void a_port_that_is_wanted_twice_ends_it_with_a_line_and_a_code() {
    try (MockExchangeOnlineContainer exchange = new MockExchangeOnlineContainer()) {
      exchange.withArguments("--control-port=2525");

      assertThatThrownBy(exchange::start)
          .hasStackTraceContaining("exited with code 2")
          .hasStackTraceContaining(
              "the program has ended: --control-port: port 2525 is that of the endpoint 'mx' already");
    }
  }

  @Test
  void a_port_that_cannot_be_bound_ends_it_with_a_line_and_a_code() {
    try (MockExchangeOnlineContainer exchange = new MockExchangeOnlineContainer()) {
      exchange.withArguments("--host=192.0.2.1");

      assertThatThrownBy(exchange::start)
          .hasStackTraceContaining("exited with code 1")
          .hasStackTraceContaining("the program has ended: --host: cannot listen on 192.0.2.1");
    }
  }

  @Test
  void an_image_that_is_not_there_is_not_pulled() {
    try (MockExchangeOnlineContainer exchange =
        new MockExchangeOnlineContainer("mock-exchange-online:no-such-tag")) {
      exchange.withImagePullPolicy(new LocalImage());

      assertThatThrownBy(exchange::start)
          .hasStackTraceContaining(
              "there is no image mock-exchange-online:no-such-tag on this machine")
          .hasStackTraceContaining("docker build -t mock-exchange-online:no-such-tag docker");
    }
  }
}
