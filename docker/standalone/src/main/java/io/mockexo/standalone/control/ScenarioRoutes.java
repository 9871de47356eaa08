package io.mockexo.standalone.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.mockexo.client.wire.ScenarioForm;
import io.mockexo.client.wire.Setting;
import io.mockexo.scenario.Catalogue;
import io.mockexo.scenario.Scenario;
import io.mockexo.server.MockExchangeOnlineServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/** The catalogue of failures, and endpoints that behave so. */
final class ScenarioRoutes {

  private static final String SCENARIO = "scenario";

  private final Endpoints endpoints;
  private final Answers answers;
  private final ObjectMapper mapper;
  private final EventHub events;
  private final Catalogue catalogue;

  ScenarioRoutes(
      Endpoints endpoints,
      Answers answers,
      ObjectMapper mapper,
      EventHub events,
      Catalogue catalogue) {
    this.endpoints = endpoints;
    this.answers = answers;
    this.mapper = mapper;
    this.events = events;
    this.catalogue = catalogue;
  }

  void addTo(Router router) {
    router.get("/scenarios").handler(Query.only()).handler(this::list);
    router.get("/scenarios/:scenario").handler(Query.only()).handler(this::one);
    router.post("/endpoints/:name/scenario").handler(Query.only()).handler(this::apply);
  }

  private void list(RoutingContext context) {
    ArrayNode list = mapper.createArrayNode();
    catalogue.all().forEach(scenario -> list.add(ScenarioForm.of(scenario, mapper)));
    answers.json(context, list);
  }

  private void one(RoutingContext context) {
    String name = context.pathParam(SCENARIO);
    Scenario scenario =
        catalogue.all().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(() -> Problem.unknown(SCENARIO, name, catalogue.names()));
    answers.json(context, ScenarioForm.of(scenario, mapper));
  }

  private void apply(RoutingContext context) {
    MockExchangeOnlineServer server = endpoints.of(context);
    Setting body = Answers.body(context);
    Setting name = body.entries(Set.of(SCENARIO)).get(SCENARIO);
    if (name == null) {
      throw body.error(
          "expected the name of a scenario, such as {\"scenario\": \"%s\"}"
              .formatted(catalogue.names().get(0)));
    }
    Scenario scenario = name.as(given -> catalogue.named(given.text()));
    name.as(
        given -> {
          server.apply(scenario);
          return scenario;
        });
    events.changed(Endpoints.name(context), SCENARIO);
    answers.json(context, ScenarioForm.of(scenario, mapper));
  }
}
