package io.mockexo.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The catalogue is complete in itself. */
class ScenariosTest {

  @Test
  void names_are_unique_and_easy_to_type() {
    assertThat(Scenarios.names())
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[a-z]+(-[a-z0-9]+)*"));
  }

  @ParameterizedTest
  @MethodSource("io.mockexo.scenario.Scenarios#all")
  void each_says_what_a_support_engineer_needs(Scenario scenario) {
    assertThat(scenario.title()).isNotBlank().doesNotContain("\n").doesNotEndWith(".");
    assertThat(scenario.symptoms()).isNotEmpty().allMatch(symptom -> !symptom.isBlank());
    assertThat(scenario.cause()).endsWith(".");
    assertThat(scenario.opportunisticClient().words()).isNotBlank();
    assertThat(scenario.tlsRequiringClient().words()).isNotBlank();
    assertThat(scenario.remedy()).endsWith(".");
    assertThat(scenario.source()).isNotBlank();
    assertThat(Scenarios.named(scenario.name())).isSameAs(scenario);
    assertThat(scenario).hasToString(scenario.name() + ": " + scenario.title());
  }

  @ParameterizedTest
  @MethodSource("io.mockexo.scenario.Scenarios#all")
  void nobody_who_requires_tls_sends_without_it(Scenario scenario) {
    assertThat(scenario.tlsRequiringClient().outcome())
        .isNotEqualTo(Conduct.Outcome.DELIVERED_IN_CLEARTEXT);
  }

  @ParameterizedTest
  @MethodSource("io.mockexo.scenario.Scenarios#all")
  void it_is_for_its_endpoints_and_keeps_what_it_does_not_need(Scenario scenario) {
    Set<Endpoint> endpoints = EnumSet.copyOf(scenario.endpoints());
    for (Endpoint endpoint : endpoints) {
      ExchangeProfile usual = usual(endpoint);
      assertThat(scenario.rules(usual).timeouts()).isEqualTo(usual.timeouts());
      assertThat(scenario.rules(usual).maxRecipients()).isEqualTo(7);
    }
    for (Endpoint other : EnumSet.complementOf(EnumSet.copyOf(endpoints))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> scenario.rules(usual(other)))
          .withMessageStartingWith("%s is a scenario of ", scenario.name())
          .withMessageContaining("this endpoint is " + other);
    }
  }

  private static ExchangeProfile usual(Endpoint endpoint) {
    return ExchangeProfile.builder(endpoint).maxRecipients(7).build();
  }

  @Test
  void an_unknown_name_is_answered_with_the_nearest() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Scenarios.named("old-tls-refsued"))
        .withMessageStartingWith(
            "there is no scenario 'old-tls-refsued'; did you mean 'old-tls-refused'? known are");
  }
}
