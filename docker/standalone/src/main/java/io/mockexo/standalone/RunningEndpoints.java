package io.mockexo.standalone;

import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.standalone.config.Configuration;
import io.mockexo.standalone.config.Configuration.EndpointConfiguration;
import io.mockexo.standalone.config.ConfigurationException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The endpoints of a configuration, all of them running, by name. */
final class RunningEndpoints implements AutoCloseable {

  private final Map<String, MockExchangeOnlineServer> servers = new LinkedHashMap<>();

  private RunningEndpoints() {}

  /** Starts all endpoints or, if one cannot be started, none. */
  static RunningEndpoints start(Configuration configuration, SessionPrinter printer) {
    RunningEndpoints running = new RunningEndpoints();
    try {
      for (EndpointConfiguration endpoint : configuration.endpoints()) {
        MockExchangeOnlineServer server = server(endpoint, configuration);
        running.servers.put(endpoint.name(), server);
        printer.follow(endpoint.name(), server);
        start(endpoint, server);
      }
      return running;
    } catch (RuntimeException e) {
      running.close();
      throw e;
    }
  }

  private static void start(EndpointConfiguration endpoint, MockExchangeOnlineServer server) {
    try {
      server.start();
    } catch (UncheckedIOException e) {
      String problem = String.valueOf(e.getMessage());
      boolean wrongHost = problem.contains("assign requested address");
      String place = wrongHost ? endpoint.host().place() : endpoint.port().place();
      throw new UncheckedIOException(place + ": " + problem, e.getCause());
    }
  }

  private static MockExchangeOnlineServer server(
      EndpointConfiguration endpoint, Configuration configuration) {
    try {
      return MockExchangeOnlineServer.builder(endpoint.profile().build())
          .host(endpoint.host().value().toString())
          .port(endpoint.port().value())
          .threads(Runtime.getRuntime().availableProcessors())
          .journalLimits(configuration.journal())
          .build();
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(endpoint.name() + ": " + e.getMessage());
    }
  }

  /** The endpoints by name, in the order of the configuration. */
  Map<String, MockExchangeOnlineServer> byName() {
    return Collections.unmodifiableMap(servers);
  }

  @Override
  public void close() {
    servers.values().forEach(MockExchangeOnlineServer::close);
  }
}
