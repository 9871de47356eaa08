package io.mockexo.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.client.wire.ProfileSettings;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.fault.Connections;
import io.mockexo.fault.Drop;
import io.mockexo.fault.Fault;
import io.mockexo.fault.FaultScript;
import io.mockexo.fault.ScriptedFault;
import io.mockexo.fault.Stage;
import io.mockexo.scenario.Catalogue;
import io.mockexo.scenario.Scenarios;
import io.mockexo.standalone.config.Configuration;
import io.mockexo.standalone.config.Configuration.EndpointConfiguration;
import io.mockexo.tls.TlsVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code serve --scenario}. */
class ScenarioOptionsTest {

  @TempDir private Path folder;

  private static List<EndpointConfiguration> endpoints(String... options) {
    ScenarioOptions read = CommandLine.populateCommand(new ScenarioOptions(), options);
    List<EndpointConfiguration> endpoints = new ArrayList<>(Configuration.defaults().endpoints());
    read.applyTo(endpoints, read.catalogue());
    return endpoints;
  }

  @Test
  void endpoints_that_can_begin_in_it() {
    List<EndpointConfiguration> endpoints = endpoints("--scenario=handshake-reset");

    assertThat(endpoints)
        .allSatisfy(
            endpoint -> {
              ExchangeProfile profile = endpoint.profile().build();
              assertThat(profile.tls().maximumTls()).isEqualTo(TlsVersion.TLS_1_2);
              assertThat(endpoint.faults()).isEqualTo(Scenarios.named("handshake-reset").script());
            });
  }

  @Test
  void others_are_as_they_were() {
    List<EndpointConfiguration> endpoints = endpoints("--scenario=throttled");

    assertThat(endpoints.get(0).faults()).isEqualTo(Scenarios.named("throttled").script());
    assertThat(ProfileSettings.write(endpoints.get(1).profile().build()))
        .isEqualTo(
            ProfileSettings.write(ExchangeProfile.builder(Endpoint.CLIENT_SUBMISSION).build()));
    assertThat(endpoints.get(1).faults()).isEqualTo(FaultScript.empty());
  }

  @Test
  void faults_of_the_configuration_stay_beside_those_of_the_scenario() {
    ScriptedFault own =
        new ScriptedFault(Connections.connection(9), Fault.at(Stage.QUIT).drop(Drop.RST));
    EndpointConfiguration mx = Configuration.defaults().endpoints().get(0);
    EndpointConfiguration changed =
        new EndpointConfiguration(
                mx.name(),
                mx.host(),
                mx.port(),
                mx.profile(),
                mx.connections(),
                new FaultScript(List.of(own)))
            .with(Catalogue.shipped().named("throttled"));

    assertThat(changed.faults().faults()).hasSize(2).contains(own);
  }

  @Test
  void one_of_a_folder_can_be_named() throws Exception {
    Files.writeString(
        folder.resolve("own.yaml"),
        "{name: own, title: My own, endpoints: [MX], settings: {minimumTls: TLS_1_3}}");

    List<EndpointConfiguration> endpoints =
        endpoints("--scenario-folder=" + folder, "--scenario=own");

    assertThat(endpoints.get(0).profile().build().tls().minimumTls()).isEqualTo(TlsVersion.TLS_1_3);
  }

  @Test
  void mistakes_end_with_what_is_known() throws Exception {
    CommandRun unknown = CommandRun.of("serve", "--scenario=throtled");
    Files.writeString(folder.resolve("c.yaml"), "endpoints: {mx: {endpoint: MX, port: 0}}");
    CommandRun nowhere =
        CommandRun.of(
            "serve", "--config=" + folder.resolve("c.yaml"), "--scenario=basic-auth-disabled");

    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err())
        .startsWith("--scenario: there is no scenario 'throtled'; did you mean 'throttled'?");
    assertThat(nowhere.exitCode()).isEqualTo(2);
    assertThat(nowhere.err())
        .startsWith(
            "--scenario: basic-auth-disabled is a scenario of CLIENT_SUBMISSION, and there is no such"
                + " endpoint");
  }
}
