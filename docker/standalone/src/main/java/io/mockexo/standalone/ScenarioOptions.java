package io.mockexo.standalone;

import io.mockexo.exchange.Endpoint;
import io.mockexo.scenario.Catalogue;
import io.mockexo.scenario.Scenario;
import io.mockexo.standalone.config.Configuration.EndpointConfiguration;
import io.mockexo.standalone.config.ConfigurationException;
import io.mockexo.standalone.config.ScenarioFolder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which scenarios there are, and in which one the endpoints begin. */
final class ScenarioOptions {

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      description = {
        "Begin in this scenario, on each endpoint that can behave so; the command scenarios has them."
      })
  private @Nullable String name;

  @Option(
      names = "--scenario-folder",
      paramLabel = "FOLDER",
      description = "Scenarios of your own, a file each, in YAML or JSON.")
  private @Nullable Path folder;

  /** Those of the product, and of the folder if one is given. */
  Catalogue catalogue() {
    return folder == null ? Catalogue.shipped() : ScenarioFolder.read(folder);
  }

  /**
   * Has the endpoints begin in the scenario, if one is given.
   *
   * @return the scenario of each endpoint that does, by its name
   */
  Map<String, Scenario> applyTo(List<EndpointConfiguration> endpoints, Catalogue catalogue) {
    Map<String, Scenario> begun = new LinkedHashMap<>();
    if (name == null) {
      return begun;
    }
    try {
      Scenario scenario = catalogue.named(name);
      requireOne(scenario, endpoints);
      endpoints.stream()
          .filter(endpoint -> isFor(scenario, endpoint))
          .forEach(endpoint -> begun.put(endpoint.name(), scenario));
      endpoints.replaceAll(
          endpoint -> begun.containsKey(endpoint.name()) ? endpoint.with(scenario) : endpoint);
      return begun;
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("--scenario: " + e.getMessage());
    }
  }

  private static void requireOne(Scenario scenario, List<EndpointConfiguration> endpoints) {
    if (endpoints.stream().noneMatch(endpoint -> isFor(scenario, endpoint))) {
      throw new IllegalArgumentException(
          "%s is a scenario of %s, and there is no such endpoint"
              .formatted(
                  scenario.name(),
                  scenario.endpoints().stream()
                      .map(Endpoint::name)
                      .collect(Collectors.joining(" and "))));
    }
  }

  private static boolean isFor(Scenario scenario, EndpointConfiguration endpoint) {
    return scenario.endpoints().contains(endpoint.profile().build().endpoint());
  }
}
