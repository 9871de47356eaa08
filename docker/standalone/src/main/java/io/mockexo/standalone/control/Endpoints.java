package io.mockexo.standalone.control;

import io.mockexo.server.MockExchangeOnlineServer;
import io.vertx.ext.web.RoutingContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** The endpoints by name, in the order of the configuration. */
final class Endpoints {

  private final Map<String, MockExchangeOnlineServer> byName;

  Endpoints(Map<String, MockExchangeOnlineServer> byName) {
    this.byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
  }

  void forEach(BiConsumer<String, MockExchangeOnlineServer> visitor) {
    byName.forEach(visitor);
  }

  /** The name in the path. */
  static String name(RoutingContext context) {
    return context.pathParam("name");
  }

  /** The endpoint that the path names. */
  MockExchangeOnlineServer of(RoutingContext context) {
    String name = name(context);
    MockExchangeOnlineServer server = byName.get(name);
    if (server == null) {
      throw Problem.unknown("endpoint", name, byName.keySet());
    }
    return server;
  }

  /** Any of them, for what they share. */
  MockExchangeOnlineServer first() {
    return byName.values().iterator().next();
  }
}
