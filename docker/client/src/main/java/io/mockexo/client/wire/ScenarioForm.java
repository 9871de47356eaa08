package io.mockexo.client.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mockexo.exchange.CleartextMailRefusal;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.ExchangeProfileBuilder;
import io.mockexo.scenario.Conduct;
import io.mockexo.scenario.Scenario;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import java.util.Map;
import java.util.Objects;
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

  /**
   * What is other than by default, and what is made to be as by default; a scenario of several
   * endpoints sets the same for each.
   */
  public static Map<String, @Nullable Object> settings(Scenario scenario) {
    Endpoint endpoint = scenario.endpoints().get(0);
    ExchangeProfile usual = ExchangeProfile.builder(endpoint).build();
    Map<String, @Nullable Object> set = ProfileSettings.writeChanges(scenario.rules(usual));
    ExchangeProfile unusual = unusual(endpoint);
    Map<String, @Nullable Object> before = ProfileSettings.write(unusual);
    ProfileSettings.write(scenario.rules(unusual))
        .forEach(
            (key, value) -> {
              if (!Objects.equals(before.get(key), value)) {
                set.putIfAbsent(key, value);
              }
            });
    return set;
  }

  /** Other than by default in all that a scenario may want to be as by default. */
  private static ExchangeProfile unusual(Endpoint endpoint) {
    ExchangeProfileBuilder profile =
        ExchangeProfile.builder(endpoint)
            .tls(tls -> tls.minimumTls(TlsVersion.TLS_1_1).refuseOldTlsWith(TlsRefusal.RST));
    return endpoint.isSubmission()
        ? profile.cleartextMailRefusal(CleartextMailRefusal.NOT_AUTHENTICATED_530).build()
        : profile.build();
  }
}
