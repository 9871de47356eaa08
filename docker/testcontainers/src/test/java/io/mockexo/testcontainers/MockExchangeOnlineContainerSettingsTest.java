package io.mockexo.testcontainers;

import static io.mockexo.fault.Connections.connection;
import static io.mockexo.fault.Drop.RST;
import static io.mockexo.fault.Fault.at;
import static io.mockexo.fault.Stage.MAIL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mockexo.exchange.Endpoint;
import io.mockexo.fault.Connections;
import io.mockexo.scenario.Scenarios;
import io.mockexo.tls.TlsVersion;
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
  void rules_become_a_configuration_that_a_reset_comes_back_to() {
    try (MockExchangeOnlineContainer container = new MockExchangeOnlineContainer()) {
      container.withMinimumTls(TlsVersion.TLS_1_3).withArguments("--json");

      container.configure();

      assertThat(container.getCommandParts())
          .containsExactly("serve", "--config=/mockexo-config.yaml", "--json");
    }
  }

  @Test
  void rules_are_written_as_a_configuration_has_them() {
    ContainerSettings settings = new ContainerSettings();
    settings.rules(rules -> rules.tls(tls -> tls.minimumTls(TlsVersion.TLS_1_3)));
    settings.rules(rules -> rules.blockClients("192.0.2.0/24"));
    settings.rules(Endpoint.CLIENT_SUBMISSION, rules -> rules.account("alice@contoso.com", "a\"b"));
    settings.faults(Endpoint.MX, connection(2), at(MAIL).drop(RST));

    assertThat(new String(settings.getBytes(), UTF_8))
        .isEqualTo(
            "{\"endpoints\":{\"mx\":{\"endpoint\":\"MX\",\"port\":2525,"
                + "\"blockClients\":[\"192.0.2.0/24\"],\"minimumTls\":\"TLS_1_3\","
                + "\"faults\":[{\"onConnection\":2,\"at\":\"MAIL\",\"drop\":\"RST\"}]},"
                + "\"client-submission\":{\"endpoint\":\"CLIENT_SUBMISSION\",\"port\":2587,"
                + "\"blockClients\":[\"192.0.2.0/24\"],\"minimumTls\":\"TLS_1_3\","
                + "\"accounts\":[{\"user\":\"alice@contoso.com\",\"password\":\"a\\\"b\"}]}}}");
    assertThat(settings.getSize()).isEqualTo(settings.getBytes().length);
  }

  @Test
  void rules_of_some_connections_differ_from_the_usual_ones_whatever_the_order() {
    try (MockExchangeOnlineContainer container = new MockExchangeOnlineContainer()) {
      container
          .withMxRules(
              Connections.every().each(2), p -> p.tls(t -> t.maximumTls(TlsVersion.TLS_1_2)))
          .withMxRules(connection(3), p -> p)
          .withSubmissionRules(connection(2), p -> p.account("bob@contoso.com", "b0b"))
          .withAccount("alice@contoso.com", "s3cret")
          .withMinimumTls(TlsVersion.TLS_1_1);

      assertThat(container.settings().text())
          .contains(
              "\"connections\":[{\"onConnection\":\"1-/2\",\"maximumTls\":\"TLS_1_2\"},"
                  + "{\"onConnection\":3,\"minimumTls\":\"TLS_1_1\"}]",
              "{\"onConnection\":2,\"accounts\":[{\"user\":\"alice@contoso.com\",\"password\":\"s3cret\"},"
                  + "{\"user\":\"bob@contoso.com\",\"password\":\"b0b\"}]}");
      assertThatThrownBy(() -> container.withMxRules(Connections.connections(5, 9).each(2), p -> p))
          .hasMessageContaining("the rules for 5-9/2 never hold");
      assertThatThrownBy(() -> container.withMxRules(Connections.attempt(1), p -> p))
          .hasMessageContaining("attempts are counted at EHLO");
    }
  }

  @Test
  void a_scenario_is_for_the_endpoints_that_can_behave_so_and_its_faults_come_first() {
    ContainerSettings settings = new ContainerSettings();
    settings.faults(Endpoint.MX, connection(9), at(MAIL).drop(RST));
    settings.scenario(Scenarios.named("throttled"));

    assertThat(settings.text())
        .containsSubsequence(
            "SERVER_BUSY", "\"onConnection\":9", "client-submission", "\"port\":2587}}}");
  }

  @Test
  void a_scenario_that_there_is_not_is_told_at_once() {
    try (MockExchangeOnlineContainer container = new MockExchangeOnlineContainer()) {
      assertThatThrownBy(() -> container.withScenario("throtled"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("throttled");
    }
  }

  @Test
  void rules_are_set_by_methods_or_by_a_configuration() {
    try (MockExchangeOnlineContainer container = new MockExchangeOnlineContainer()) {
      container.withAccount("alice@contoso.com", "s3cret");
      assertThatThrownBy(() -> container.withConfig("endpoints: {}"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("withConfig would replace them");
    }
    try (MockExchangeOnlineContainer container = new MockExchangeOnlineContainer()) {
      container.withConfig("endpoints: {}");
      assertThatThrownBy(() -> container.withBlockedClients("192.0.2.0/24"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("this container has a configuration (withConfig)");
    }
  }

  @Test
  void what_does_not_run_yet_has_no_endpoints() {
    try (MockExchangeOnlineContainer container = new MockExchangeOnlineContainer()) {
      assertThatThrownBy(container::mx).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(container::caPem).isInstanceOf(IllegalStateException.class);
    }
  }
}
