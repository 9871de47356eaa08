package io.mockexo.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
      assertThat(scenario.rules(withMarks(usual)).maxRecipients()).isEqualTo(7);
    }
    for (Endpoint other : EnumSet.complementOf(EnumSet.copyOf(endpoints))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> scenario.rules(usual(other)))
          .withMessageStartingWith("%s is a scenario of ", scenario.name())
          .withMessageContaining("this endpoint is " + other);
    }
  }

  /** What is of some versions alone: a scenario that changes these sees to it. */
  private static ExchangeProfile withMarks(ExchangeProfile profile) {
    return profile.toBuilder()
        .tls(tls -> tls.encryptThenMac(true).sessionResumption(true))
        .tls(tls -> profile.endpoint().isExchangeOnline() ? tls.sessionTickets(1) : tls)
        .build();
  }

  private static ExchangeProfile usual(Endpoint endpoint) {
    return ExchangeProfile.builder(endpoint).maxRecipients(7).build();
  }

  @Test
  void the_readme_has_a_row_for_each_and_no_other() throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));
    String section = readme.split("\n## Scenarios\n", 2)[1].split("\n##", 2)[0];

    assertThat(section.lines().filter(line -> line.startsWith("| `")))
        .map(row -> row.substring(0, row.indexOf(" | ", row.indexOf(" | ") + 1) + 2))
        .containsExactlyElementsOf(Scenarios.all().stream().map(ScenariosTest::row).toList());
  }

  /** Its beginning: name and endpoints. What the customer sees is told in words of the README. */
  private static String row(Scenario scenario) {
    return "| `%s` | %s |"
        .formatted(
            scenario.name(),
            scenario.endpoints().stream().map(Endpoint::name).collect(Collectors.joining(", ")));
  }

  @Test
  void the_tests_that_the_readme_names_for_the_articles_exist() throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));
    String section = readme.split("\n### What the articles describe\n", 2)[1].split("\n## ", 2)[0];
    List<String> named =
        Pattern.compile("`(\\w+Test)`").matcher(section).results().map(m -> m.group(1)).toList();
    Set<String> existing = new HashSet<>();
    for (String module : List.of("server", "junit-extension")) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "test", "java"))) {
        files
            .map(file -> file.getFileName().toString().replace(".java", ""))
            .forEach(existing::add);
      }
    }

    assertThat(named).hasSizeGreaterThan(10);
    assertThat(existing).containsAll(named);
  }

  @Test
  void an_unknown_name_is_answered_with_the_nearest() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Scenarios.named("old-tls-refsued"))
        .withMessageStartingWith(
            "there is no scenario 'old-tls-refsued'; did you mean 'old-tls-refused'? known are");
  }
}
