package io.mockexo.standalone.config;

import io.mockexo.client.wire.Host;
import io.mockexo.client.wire.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The control API.
 *
 * @param port 0 takes a free one
 * @param tokenFile has the token that changes need; null if anybody may change things
 * @param hostNames further names by which it may be called
 */
public record ControlConfiguration(
    Placed<Host> host,
    Placed<Integer> port,
    @Nullable Placed<Path> tokenFile,
    List<String> hostNames) {

  private static final String NAME = "control";
  private static final int PORT = 8025;

  public ControlConfiguration {
    hostNames = List.copyOf(hostNames);
  }

  /** Port 8025 of 127.0.0.1, without a token. */
  static ControlConfiguration defaults() {
    return new ControlConfiguration(
        new Placed<>(Host.of("127.0.0.1"), NAME), new Placed<>(PORT, NAME), null, List.of());
  }

  static ControlConfiguration read(Setting node) {
    Map<String, Setting> entries = node.entries(Set.of("host", "port", "tokenFile", "hostNames"));
    ControlConfiguration control = defaults();
    Setting host = entries.get("host");
    Setting port = entries.get("port");
    Setting tokenFile = entries.get("tokenFile");
    Setting names = entries.get("hostNames");
    if (host != null) {
      control = control.withHost(new Placed<>(host.as(h -> Host.of(h.text())), host.place()));
    }
    if (port != null) {
      control = control.withPort(new Placed<>(port.integer(0, 65535), port.place()));
    }
    if (tokenFile != null) {
      control = control.withTokenFile(new Placed<>(Paths.of(tokenFile), tokenFile.place()));
    }
    return names == null ? control : control.withHostNames(names.texts());
  }

  public ControlConfiguration withHost(Placed<Host> newHost) {
    return new ControlConfiguration(newHost, port, tokenFile, hostNames);
  }

  public ControlConfiguration withPort(Placed<Integer> newPort) {
    return new ControlConfiguration(host, newPort, tokenFile, hostNames);
  }

  public ControlConfiguration withTokenFile(Placed<Path> newTokenFile) {
    return new ControlConfiguration(host, port, newTokenFile, hostNames);
  }

  public ControlConfiguration withHostNames(List<String> newHostNames) {
    return new ControlConfiguration(host, port, tokenFile, newHostNames);
  }
}
