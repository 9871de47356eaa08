package io.mockexo.standalone.control;

import io.mockexo.client.wire.Host;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the control API listens, and to whom.
 *
 * @param port 0 takes a free one
 * @param token what a request that changes something has to bring; null if anybody may
 * @param hostNames further names of this machine by which browsers and programs may call it
 */
public record ControlOptions(Host host, int port, @Nullable String token, Set<String> hostNames) {

  /** The default port. */
  public static final int PORT = 8025;

  public ControlOptions {
    hostNames = Set.copyOf(hostNames);
  }

  /** The port 8025 of 127.0.0.1, for everybody on this machine. */
  public static ControlOptions defaults() {
    return new ControlOptions(Host.of("127.0.0.1"), PORT, null, Set.of());
  }
}
