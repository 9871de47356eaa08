package io.mockexo.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mockexo.client.wire.ProfileSettings;
import io.mockexo.client.wire.ScenarioForm;
import io.mockexo.client.wire.Wire;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.scenario.Scenario;
import io.mockexo.scenario.Scenarios;
import io.mockexo.standalone.config.ScenarioFolder;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenariosCommandTest {

  @TempDir private Path folder;

  @Test
  void lists_a_line_for_each() {
    CommandRun run = CommandRun.of("scenarios");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines())
        .hasSameSizeAs(Scenarios.all())
        .anyMatch(
            line -> line.matches("cipher-mismatch +No cipher suite is common \\(MX, CLIENT_SUB.*"));
  }

  @Test
  void tells_one_in_full() {
    CommandRun run = CommandRun.of("scenarios", "hybrid-old-tls");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("hybrid-old-tls: A hybrid connector that requires TLS queues for two days\n")
        .contains("What the customer sees\n  LED=451 4.4.397 Error communicating")
        .contains("\n  minimumTls: TLS_1_2\n")
        .endsWith("serve --scenario hybrid-old-tls\n");
    assertThat(CommandRun.of("scenarios", "throttled").out())
        .contains("  onConnection: 1-2, at(RCPT).reply(SERVER_BUSY).everyTime()");
  }

  @Test
  void tells_it_in_json_as_the_control_api_does() throws Exception {
    JsonNode one = Wire.mapper().readTree(CommandRun.of("scenarios", "throttled", "--json").out());
    JsonNode all = Wire.mapper().readTree(CommandRun.of("scenarios", "--json").out());

    assertThat(one).isEqualTo(ScenarioForm.of(Scenarios.named("throttled"), Wire.mapper()));
    assertThat(all).hasSameSizeAs(Scenarios.all()).contains(one);
  }

  @Test
  void an_unknown_name_is_answered_with_the_nearest() {
    CommandRun run = CommandRun.of("scenarios", "throtled");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("there is no scenario 'throtled'; did you mean 'throttled'?");
  }

  @Test
  void so_many_mistakes_are_told_and_how_many_more_there_are() throws Exception {
    String faults = "  - {onConnection: 1, at: NOWHERE, drop: RST}\n".repeat(1_500);
    Path file =
        Files.writeString(
            folder.resolve("many.yaml"),
            "name: many\ntitle: Many\nendpoints: [MX]\nfaults:\n" + faults);

    CommandRun run = CommandRun.of("scenarios", "validate", file.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1_001).endsWith("and 500 more");
  }

  @Test
  void a_folder_without_scenarios_is_told() {
    CommandRun run = CommandRun.of("scenarios", "validate", folder.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith(folder + ": there is no file of a scenario in it");
  }

  @Test
  void what_is_validated_may_be_based_on_what_is_in_the_folder() throws Exception {
    Path others = Files.createDirectory(folder.resolve("others"));
    Files.writeString(others.resolve("base.yaml"), "{name: base, basedOn: throttled, title: B}");
    Files.writeString(others.resolve("bad.yaml"), "{name: bad}");
    Path file = Files.writeString(folder.resolve("x.yaml"), "{name: x, basedOn: base}");

    assertThat(CommandRun.of("scenarios", "validate", file.toString()).exitCode()).isEqualTo(2);
    assertThat(
            CommandRun.of("scenarios", "--scenario-folder=" + others, "validate", file.toString())
                .out())
        .isEqualTo("1 scenario is right\n");
  }

  /** On an endpoint as it comes, and on one that is otherwise where the scenario may matter. */
  @ParameterizedTest
  @MethodSource("io.mockexo.scenario.Scenarios#all")
  void what_is_exported_is_the_same_scenario_when_it_is_read(Scenario scenario) throws Exception {
    String yaml = CommandRun.of("scenarios", scenario.name(), "--yaml").out();
    Path file = folder.resolve("exported.yaml");
    Files.writeString(file, yaml.replaceFirst("name: .*", "name: exported"));
    assertThat(CommandRun.of("scenarios", "validate", file.toString()).out())
        .isEqualTo("1 scenario is right\n");

    Scenario read = ScenarioFolder.read(folder).named("exported");

    assertThat(read.title()).isEqualTo(scenario.title());
    assertThat(read.endpoints()).isEqualTo(scenario.endpoints());
    assertThat(read.symptoms()).isEqualTo(scenario.symptoms());
    assertThat(read.cause()).isEqualTo(scenario.cause());
    assertThat(read.opportunisticClient()).isEqualTo(scenario.opportunisticClient());
    assertThat(read.tlsRequiringClient()).isEqualTo(scenario.tlsRequiringClient());
    assertThat(read.remedy()).isEqualTo(scenario.remedy());
    assertThat(read.source()).isEqualTo(scenario.source());
    assertThat(read.script()).isEqualTo(scenario.script());
    for (Endpoint endpoint : scenario.endpoints()) {
      for (ExchangeProfile usual : List.of(plain(endpoint), odd(endpoint))) {
        assertThat(ProfileSettings.write(read.rules(usual)))
            .isEqualTo(ProfileSettings.write(scenario.rules(usual)));
      }
    }
  }

  private static ExchangeProfile plain(Endpoint endpoint) {
    return ExchangeProfile.builder(endpoint).build();
  }

  private static ExchangeProfile odd(Endpoint endpoint) {
    return ExchangeProfile.builder(endpoint)
        .tls(tls -> tls.minimumTls(TlsVersion.TLS_1_0).refuseOldTlsWith(TlsRefusal.RST))
        .maxRecipients(7)
        .build();
  }
}
