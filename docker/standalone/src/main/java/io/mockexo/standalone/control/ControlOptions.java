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

  public ControlOptions {
    hostNames = Set.copyOf(hostNames);
  }
}
