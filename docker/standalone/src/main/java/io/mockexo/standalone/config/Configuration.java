package io.mockexo.standalone.config;

import io.mockexo.client.wire.Host;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.ExchangeProfileBuilder;
import io.mockexo.fault.Connections;
import io.mockexo.fault.FaultScript;
import io.mockexo.fault.ScriptedFault;
import io.mockexo.journal.JournalLimits;
import io.mockexo.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What {@code serve} runs.
 *
 * @param endpoints in the order of the file
 * @param journal how much each endpoint's journal keeps
 * @param control where it is controlled
 * @param evidence what is kept of sessions
 */
public record Configuration(
    List<EndpointConfiguration> endpoints,
    JournalLimits journal,
    ControlConfiguration control,
    EvidenceConfiguration evidence) {

  /**
   * Checks that the endpoints can listen beside each other.
   *
   * @throws ConfigurationException if two of them want the same port, or the control API one
   */
  public Configuration {
    endpoints = List.copyOf(endpoints);
    for (int i = 1; i < endpoints.size(); i++) {
      endpoints.subList(0, i).forEach(endpoints.get(i)::requireOtherPortThan);
    }
    for (EndpointConfiguration endpoint : endpoints) {
      endpoint.requireFree(control.host().value(), control.port());
    }
  }

  /** The MX on port 2525, client submission on 2587, the control API on 8025, of 127.0.0.1. */
  public static Configuration defaults() {
    return new Configuration(
        List.of(
            EndpointConfiguration.of(EndpointConfiguration.MX, Endpoint.MX, 2525),
            EndpointConfiguration.of(
                EndpointConfiguration.CLIENT_SUBMISSION, Endpoint.CLIENT_SUBMISSION, 2587)),
        JournalLimits.defaults(),
        ControlConfiguration.defaults(),
        EvidenceConfiguration.defaults());
  }

  /**
   * One endpoint.
   *
   * @param name how it is called in output
   * @param port 0 takes a free one
   * @param connections how the rules differ on some connections
   * @param faults what goes wrong
   */
  public record EndpointConfiguration(
      String name,
      Placed<Host> host,
      Placed<Integer> port,
      ExchangeProfileBuilder profile,
      Map<Connections, UnaryOperator<ExchangeProfileBuilder>> connections,
      FaultScript faults) {

    /** The name of the default endpoint that is an MX. */
    public static final String MX = "mx";

    /** The name of the default endpoint that is client submission. */
    public static final String CLIENT_SUBMISSION = "client-submission";

    static EndpointConfiguration of(String name, Endpoint endpoint, int port) {
      return new EndpointConfiguration(
          name,
          defaultHost(name),
          new Placed<>(port, name),
          ExchangeProfile.builder(endpoint),
          Map.of(),
          FaultScript.empty());
    }

    static Placed<Host> defaultHost(String name) {
      return new Placed<>(Host.of("127.0.0.1"), name);
    }

    public EndpointConfiguration withHost(Placed<Host> newHost) {
      return new EndpointConfiguration(name, newHost, port, profile, connections, faults);
    }

    public EndpointConfiguration withPort(Placed<Integer> newPort) {
      return new EndpointConfiguration(name, host, newPort, profile, connections, faults);
    }

    /** As in a scenario; what goes wrong besides comes before what it has. */
    public EndpointConfiguration with(Scenario scenario) {
      ExchangeProfileBuilder changed = scenario.rules(profile.build()).toBuilder();
      List<ScriptedFault> script = new ArrayList<>(faults.faults());
      script.addAll(scenario.script().faults());
      return new EndpointConfiguration(
          name, host, port, changed, connections, new FaultScript(script));
    }

    private void requireOtherPortThan(EndpointConfiguration other) {
      other.requireFree(host.value(), port);
    }

    /** Refuses the port of this endpoint for something else. */
    private void requireFree(Host wantedHost, Placed<Integer> wanted) {
      boolean samePort = port.value() != 0 && port.value().equals(wanted.value());
      if (samePort && host.value().overlaps(wantedHost)) {
        throw wanted.error(
            "port %d is that of the endpoint '%s' already".formatted(wanted.value(), name));
      }
    }
  }
}
