package io.mockexo.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What needs no engine. */
class MockExchangeOnlineContainerSettingsTest {

  @Test
  void settings_become_arguments_of_serve() {
    try (MockExchangeOnlineContainer container = new MockExchangeOnlineContainer()) {
      container.withArguments("--json").withConfig("endpoints: {}").withControlToken("secret");

      container.configure();

      assertThat(container.getCommandParts())
          .containsExactly(
              "serve",
              "--config=/mockexo-config.yaml",
              "--control-token-file=/mockexo-control-token",
              "--json");
    }
  }

  @Test
  void what_does_not_run_yet_has_no_endpoints() {
    try (MockExchangeOnlineContainer container = new MockExchangeOnlineContainer()) {
      assertThatThrownBy(container::mx).isInstanceOf(IllegalStateException.class);
    }
  }
}
