package io.mockexo.standalone;

import io.mockexo.client.wire.Host;
import io.mockexo.journal.WireListener;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.server.MockExchangeOnlineServerBuilder;
import io.mockexo.standalone.config.Configuration;
import io.mockexo.standalone.config.Configuration.EndpointConfiguration;
import io.mockexo.standalone.config.ConfigurationException;
import io.mockexo.standalone.evidence.Evidence;
import io.mockexo.tls.TestAuthority;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The endpoints of a configuration, all of them running. */
final class RunningEndpoints implements AutoCloseable {

  /** Takes an endpoint. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Takes an endpoint.
     *
     * @param host what it is bound to, which may be all addresses
     */
    void visit(String name, MockExchangeOnlineServer server, Host host);
  }

  private record Running(EndpointConfiguration configuration, MockExchangeOnlineServer server) {}

  private final List<Running> endpoints = new ArrayList<>();

  private RunningEndpoints() {}

  /**
   * Starts all endpoints or, if one cannot be started, none.
   *
   * @param keyLog takes their TLS secrets; null if nobody asked for that
   * @param evidence takes their sessions
   */
  static RunningEndpoints start(
      Configuration configuration,
      SessionPrinter printer,
      @Nullable KeyLogFile keyLog,
      Evidence evidence) {
    TestAuthority.shared().prepare();
    RunningEndpoints running = new RunningEndpoints();
    try {
      for (EndpointConfiguration endpoint : configuration.endpoints()) {
        MockExchangeOnlineServer server = server(endpoint, configuration, evidence);
        running.endpoints.add(new Running(endpoint, server));
        printer.follow(endpoint.name(), server);
        evidence.follow(endpoint.name(), server);
        if (keyLog != null) {
          keyLog.follow(server);
        }
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
      throw Places.cannotBind(e, endpoint.host(), endpoint.port());
    }
  }

  private static MockExchangeOnlineServer server(
      EndpointConfiguration endpoint, Configuration configuration, Evidence evidence) {
    try {
      MockExchangeOnlineServerBuilder builder =
          MockExchangeOnlineServer.builder(endpoint.profile().build());
      endpoint.connections().forEach(builder::onConnections);
      endpoint.faults().faults().forEach(fault -> builder.inject(fault.on(), fault.fault()));
      WireListener wire = evidence.wireListener(endpoint.name());
      if (wire != null) {
        builder.wireListener(wire);
      }
      return builder
          .host(endpoint.host().value().toString())
          .port(endpoint.port().value())
          .threads(Runtime.getRuntime().availableProcessors())
          .journalLimits(configuration.journal())
          .build();
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(endpoint.name() + ": " + e.getMessage());
    }
  }

  /** Shows all endpoints, in the order of the configuration. */
  void forEach(Visitor visitor) {
    for (Running running : endpoints) {
      EndpointConfiguration configuration = running.configuration();
      visitor.visit(configuration.name(), running.server(), configuration.host().value());
    }
  }

  /** The servers by name, in the same order. */
  Map<String, MockExchangeOnlineServer> byName() {
    Map<String, MockExchangeOnlineServer> byName = new LinkedHashMap<>();
    endpoints.forEach(running -> byName.put(running.configuration().name(), running.server()));
    return byName;
  }

  /** The certificate of the CA that they share, in PEM. */
  String caPem() {
    return endpoints.get(0).server().caPem();
  }

  @Override
  public void close() {
    endpoints.forEach(running -> running.server().close());
  }
}
