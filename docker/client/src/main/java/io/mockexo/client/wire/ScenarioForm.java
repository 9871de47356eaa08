package io.mockexo.client.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.scenario.Conduct;
import io.mockexo.scenario.Scenario;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A scenario as JSON: what it tells people, and what it sets under the words of a configuration.
 */
public final class ScenarioForm {

  private ScenarioForm() {}

  /** The scenario in full. */
  public static ObjectNode of(Scenario scenario, ObjectMapper mapper) {
    ObjectNode node =
        mapper.createObjectNode().put("name", scenario.name()).put("title", scenario.title());
    ArrayNode endpoints = node.putArray("endpoints");
    scenario.endpoints().forEach(endpoint -> endpoints.add(endpoint.name()));
    ArrayNode symptoms = node.putArray("symptoms");
    scenario.symptoms().forEach(symptoms::add);
    node.put("cause", scenario.cause());
    node.set("opportunisticClient", conduct(scenario.opportunisticClient(), mapper));
    node.set("tlsRequiringClient", conduct(scenario.tlsRequiringClient(), mapper));
    node.put("remedy", scenario.remedy()).put("source", scenario.source());
    node.set("settings", mapper.valueToTree(settings(scenario)));
    node.set("faults", mapper.valueToTree(scenario.script().faults()));
    return node;
  }

  private static ObjectNode conduct(Conduct conduct, ObjectMapper mapper) {
    return mapper
        .createObjectNode()
        .put("outcome", conduct.outcome().name())
        .put("conduct", conduct.words());
  }

  /** What is other than by default; a scenario of several endpoints sets the same for each. */
  private static Map<String, @Nullable Object> settings(Scenario scenario) {
    Endpoint endpoint = scenario.endpoints().get(0);
    return ProfileSettings.writeChanges(scenario.rules(ExchangeProfile.builder(endpoint).build()));
  }
}
