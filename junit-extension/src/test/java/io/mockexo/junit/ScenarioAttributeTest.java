package io.mockexo.junit;

import static io.mockexo.fault.Drop.FIN;
import static io.mockexo.fault.Stage.QUIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.exchange.AuthRefusal;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.Middlebox;
import io.mockexo.scenario.Scenarios;
import io.mockexo.server.MockExchange;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A server that begins in a scenario. */
class ScenarioAttributeTest {

  @MockExchangeOnline(scenario = "greeting-masked")
  static MockExchange shared;

  @RepeatedTest(2)
  void it_is_in_its_scenario_in_every_test() {
    assertThat(shared.profile().middleboxes()).containsExactly(Middlebox.MASKS_GREETING);
    shared.updateProfile(profile -> profile.middleboxes());
  }

  @Test
  void other_attributes_change_it(
      @MockExchangeOnline(scenario = "old-tls-refused", minimumTls = TlsVersion.TLS_1_3)
          MockExchange exchange) {
    assertThat(exchange.profile().tls().minimumTls()).isEqualTo(TlsVersion.TLS_1_3);
    assertThat(exchange.profile().tls().refuseOldTlsWith()).isEqualTo(TlsRefusal.FIN);
  }

  @Test
  void it_is_of_the_endpoint_that_the_scenario_is_of(
      @MockExchangeOnline(scenario = "basic-auth-disabled") MockExchange exchange) {
    assertThat(exchange.profile().endpoint()).isEqualTo(Endpoint.CLIENT_SUBMISSION);
    assertThat(exchange.profile().tenant().authRefusal())
        .isEqualTo(AuthRefusal.BASIC_AUTH_DISABLED);
  }

  @Test
  @InjectFault(onConnection = 1, at = QUIT, drop = FIN, server = "busy")
  void its_faults_stand_beside_those_of_the_test(
      @MockExchangeOnline(name = "busy", scenario = "throttled", optionalFaults = true)
          MockExchange exchange) {
    assertThat(exchange.script().faults())
        .hasSize(2)
        .containsAll(Scenarios.named("throttled").script().faults());
    Client.visit(exchange);
  }

  static class NeverThrottled {
    @MockExchangeOnline(scenario = "throttled")
    MockExchange exchange;

    @Test
    void only_looks() {
      Client.visit(exchange);
    }
  }

  @Test
  void a_scenario_that_never_came_about_fails_the_test() {
    assertThat(Cases.run(NeverThrottled.class).failure())
        .contains("onConnection: 1-2, at(RCPT).reply(SERVER_BUSY).everyTime()")
        .contains(
            "If the test may pass without, say so where the server is:"
                + " @MockExchangeOnline(optionalFaults = true) on field exchange of NeverThrottled");
  }
}
