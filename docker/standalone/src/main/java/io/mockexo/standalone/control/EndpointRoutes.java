package io.mockexo.standalone.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mockexo.client.wire.FaultSettings;
import io.mockexo.client.wire.ProfileSettings;
import io.mockexo.client.wire.Setting;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.ExchangeProfileBuilder;
import io.mockexo.fault.FaultScript;
import io.mockexo.fault.ScriptedFault;
import io.mockexo.server.MockExchangeOnlineServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Profile and script of the endpoints, and their reset. */
final class EndpointRoutes {

  private static final String ENDPOINT = "endpoint";

  private final Endpoints endpoints;
  private final Answers answers;
  private final ObjectMapper mapper;
  private final EventHub events;

  EndpointRoutes(Endpoints endpoints, Answers answers, ObjectMapper mapper, EventHub events) {
    this.endpoints = endpoints;
    this.answers = answers;
    this.mapper = mapper;
    this.events = events;
  }

  void addTo(Router router) {
    router.get("/endpoints").handler(Query.only()).handler(this::list);
    router.get("/endpoints/:name/profile").handler(Query.only("changed")).handler(this::profile);
    router.put("/endpoints/:name/profile").handler(Query.only()).handler(this::replaceProfile);
    router.patch("/endpoints/:name/profile").handler(Query.only()).handler(this::changeProfile);
    router.get("/endpoints/:name/faults").handler(Query.only("unfired")).handler(this::faults);
    router.put("/endpoints/:name/faults").handler(Query.only()).handler(this::replaceFaults);
    router.post("/endpoints/:name/faults").handler(Query.only()).handler(this::addFaults);
    router.delete("/endpoints/:name/faults").handler(Query.only()).handler(this::removeFaults);
    router.post("/endpoints/:name/reset").handler(Query.only()).handler(this::reset);
  }

  private void list(RoutingContext context) {
    ArrayNode list = mapper.createArrayNode();
    endpoints.forEach(
        (name, server) ->
            list.addObject()
                .put("name", name)
                .put(ENDPOINT, server.endpoint().name())
                .put("host", server.host())
                .put("port", server.port())
                .put("accepted", server.accepted()));
    answers.json(context, list);
  }

  private void profile(RoutingContext context) {
    ExchangeProfile profile = endpoints.of(context).profile();
    answers.json(
        context,
        Query.flag(context, "changed")
            ? written(profile, ProfileSettings.writeChanges(profile))
            : written(profile));
  }

  private ObjectNode written(ExchangeProfile profile) {
    return written(profile, ProfileSettings.write(profile));
  }

  private ObjectNode written(ExchangeProfile profile, Map<String, ?> settings) {
    ObjectNode node = mapper.createObjectNode().put(ENDPOINT, profile.endpoint().name());
    return node.setAll(mapper.<ObjectNode>valueToTree(settings));
  }

  /** What is not in the body gets its default; accounts without credentials keep theirs. */
  private void replaceProfile(RoutingContext context) {
    ExchangeProfile present = endpoints.of(context).profile();
    ExchangeProfileBuilder fresh =
        ExchangeProfile.builder(present.endpoint()).keyLog(present.keyLog());
    fresh.accounts(present.tenant().accounts());
    fresh.tenant(tenant -> tenant.tokenIssuer(present.tenant().tokenIssuer()));
    apply(context, fresh, true);
  }

  /** What is not in the body stays as it is. */
  private void changeProfile(RoutingContext context) {
    apply(context, endpoints.of(context).profile().toBuilder(), false);
  }

  private void apply(RoutingContext context, ExchangeProfileBuilder onto, boolean whole) {
    MockExchangeOnlineServer server = endpoints.of(context);
    Setting body = Answers.body(context);
    Set<String> allowed = new HashSet<>(ProfileSettings.keys());
    allowed.add(ENDPOINT);
    Map<String, Setting> entries = body.entries(allowed);
    requireSameEndpoint(entries.get(ENDPOINT), server.endpoint());
    ProfileSettings.requireMeaning(body, server.endpoint(), entries.keySet());
    ProfileSettings.applyAll(body, entries, onto);
    if (whole && !entries.containsKey("accounts")) {
      onto.accounts(List.of());
    }
    ExchangeProfile built = body.as(all -> onto.build());
    ProfileSettings.requireMeaning(body, built.tls());
    body.as(
        all -> {
          server.updateProfile(present -> built.toBuilder()); // others hold on some connections
          return all;
        });
    events.changed(Endpoints.name(context), "profile");
    answers.json(context, written(server.profile()));
  }

  private static void requireSameEndpoint(@Nullable Setting given, Endpoint present) {
    if (given != null && given.oneOf(Endpoint.class) != present) {
      throw given.error("this endpoint is %s and cannot become another one".formatted(present));
    }
  }

  private void faults(RoutingContext context) {
    MockExchangeOnlineServer server = endpoints.of(context);
    boolean unfired = Query.flag(context, "unfired");
    answers.json(context, unfired ? server.unfiredFaults() : server.script().faults());
  }

  private void replaceFaults(RoutingContext context) {
    MockExchangeOnlineServer server = endpoints.of(context);
    Setting body = Answers.body(context);
    FaultScript script = body.as(FaultSettings::script);
    requireToCome(script, server);
    server.replaceScript(script);
    events.changed(Endpoints.name(context), "faults");
    answers.json(context, server.script().faults());
  }

  private void addFaults(RoutingContext context) {
    MockExchangeOnlineServer server = endpoints.of(context);
    FaultScript more = Answers.body(context).as(FaultSettings::script);
    requireToCome(more, server);
    server.inject(more.faults());
    events.changed(Endpoints.name(context), "faults");
    answers.json(context, server.script().faults());
  }

  private static void requireToCome(FaultScript script, MockExchangeOnlineServer server) {
    Problem.requireToCome(
        script.faults().stream().map(ScriptedFault::on).toList(), server.accepted());
  }

  private void removeFaults(RoutingContext context) {
    endpoints.of(context).replaceScript(FaultScript.empty());
    events.changed(Endpoints.name(context), "faults");
    Answers.nothing(context);
  }

  private void reset(RoutingContext context) {
    endpoints.of(context).reset();
    events.changed(Endpoints.name(context), "reset");
    Answers.nothing(context);
  }
}
