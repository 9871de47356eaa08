package io.mockexo.standalone.config;

import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.journal.JournalLimits;
import java.util.List;

/**
 * What {@code serve} runs.
 *
 * @param endpoints in the order of the file
 * @param journal how much each endpoint's journal keeps
 */
public record Configuration(List<EndpointConfiguration> endpoints, JournalLimits journal) {

  public Configuration {
    endpoints = List.copyOf(endpoints);
  }

  /** The MX on port 2525 and client submission on port 2587, both of 127.0.0.1. */
  public static Configuration defaults() {
    return new Configuration(
        List.of(
            EndpointConfiguration.of(EndpointConfiguration.MX, Endpoint.MX, 2525),
            EndpointConfiguration.of(
                EndpointConfiguration.CLIENT_SUBMISSION, Endpoint.CLIENT_SUBMISSION, 2587)),
        JournalLimits.defaults());
  }

  /**
   * One endpoint.
   *
   * @param name how it is called in output
   * @param port 0 takes a free one
   */
  public record EndpointConfiguration(
      String name, String host, int port, ExchangeProfile.Builder profile) {

    /** The name of the default endpoint that is an MX. */
    public static final String MX = "mx";

    /** The name of the default endpoint that is client submission. */
    public static final String CLIENT_SUBMISSION = "client-submission";

    static final String DEFAULT_HOST = "127.0.0.1";

    static EndpointConfiguration of(String name, Endpoint endpoint, int port) {
      return new EndpointConfiguration(name, DEFAULT_HOST, port, ExchangeProfile.builder(endpoint));
    }

    public EndpointConfiguration withHost(String newHost) {
      return new EndpointConfiguration(name, newHost, port, profile);
    }

    public EndpointConfiguration withPort(int newPort) {
      return new EndpointConfiguration(name, host, newPort, profile);
    }
  }
}
