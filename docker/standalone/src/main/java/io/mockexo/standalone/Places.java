package io.mockexo.standalone;

import io.mockexo.client.wire.Host;
import io.mockexo.standalone.config.ConfigurationException;
import io.mockexo.standalone.config.Placed;
import java.io.UncheckedIOException;

/** Hosts and ports of the command line, and what becomes of them when they are bound. */
final class Places {

  private Places() {}

  /** The address that an option names. */
  static Placed<Host> host(String option, String text) {
    try {
      return new Placed<>(Host.of(text), option);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(option + ": " + e.getMessage());
    }
  }

  /** The port that an option names. */
  static Placed<Integer> port(String option, int port) {
    Placed<Integer> placed = new Placed<>(port, option);
    if (port < 0 || port > 65535) {
      throw placed.error("a port is a number from 0 to 65535, not " + port);
    }
    return placed;
  }

  /** Says with what could not be bound which of the two was wrong, and where it was said. */
  static UncheckedIOException cannotBind(
      UncheckedIOException failure, Placed<Host> host, Placed<Integer> port) {
    String problem = String.valueOf(failure.getMessage());
    boolean wrongHost = problem.contains("assign requested address");
    String place = wrongHost ? host.place() : port.place();
    return new UncheckedIOException(place + ": " + problem, failure.getCause());
  }
}
