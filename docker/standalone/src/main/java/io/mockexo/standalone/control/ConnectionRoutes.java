package io.mockexo.standalone.control;

import io.mockexo.client.wire.ConnectionSettings;
import io.mockexo.exchange.ExchangeProfileBuilder;
import io.mockexo.fault.Connections;
import io.mockexo.server.MockExchangeOnlineServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The rules of the endpoints that differ on some connections. */
final class ConnectionRoutes {

  private static final String PATH = "/endpoints/:name/connections";

  private final Endpoints endpoints;
  private final Answers answers;
  private final EventHub events;

  ConnectionRoutes(Endpoints endpoints, Answers answers, EventHub events) {
    this.endpoints = endpoints;
    this.answers = answers;
    this.events = events;
  }

  void addTo(Router router) {
    router.get(PATH).handler(Query.only()).handler(this::tell);
    router.put(PATH).handler(Query.only()).handler(this::replace);
    router.post(PATH).handler(Query.only()).handler(this::add);
    router.delete(PATH).handler(Query.only()).handler(this::remove);
  }

  private void tell(RoutingContext context) {
    MockExchangeOnlineServer server = endpoints.of(context);
    answers.json(context, ConnectionSettings.write(server.connectionProfiles(), server.profile()));
  }

  private void replace(RoutingContext context) {
    MockExchangeOnlineServer server = endpoints.of(context);
    Map<Connections, UnaryOperator<ExchangeProfileBuilder>> changes =
        Answers.body(context).as(list -> ConnectionSettings.read(list, server.profile()));
    Problem.requireToCome(List.copyOf(changes.keySet()), server.accepted());
    server.replaceConnectionProfiles(changes);
    changed(context);
  }

  private void add(RoutingContext context) {
    MockExchangeOnlineServer server = endpoints.of(context);
    Map<Connections, UnaryOperator<ExchangeProfileBuilder>> changes =
        Answers.body(context)
            .as(
                list ->
                    ConnectionSettings.read(
                        list, server.profile(), server.connectionProfiles().keySet()));
    Problem.requireToCome(List.copyOf(changes.keySet()), server.accepted());
    server.addConnectionProfiles(changes);
    changed(context);
  }

  private void changed(RoutingContext context) {
    events.changed(Endpoints.name(context), "connections");
    tell(context);
  }

  private void remove(RoutingContext context) {
    endpoints.of(context).replaceConnectionProfiles(Map.of());
    events.changed(Endpoints.name(context), "connections");
    Answers.nothing(context);
  }
}
