package io.mockexo.standalone.config;

import io.mockexo.client.wire.ConnectionSettings;
import io.mockexo.client.wire.FaultSettings;
import io.mockexo.client.wire.Host;
import io.mockexo.client.wire.ProfileSettings;
import io.mockexo.client.wire.Setting;
import io.mockexo.client.wire.SettingException;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.ExchangeProfileBuilder;
import io.mockexo.fault.FaultScript;
import io.mockexo.journal.JournalLimits;
import io.mockexo.standalone.config.Configuration.EndpointConfiguration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a configuration file; JSON is YAML, too. */
public final class ConfigurationReader {

  private static final Set<String> ENDPOINT_KEYS = endpointKeys();

  private ConfigurationReader() {}

  /**
   * Reads {@code file}.
   *
   * @throws ConfigurationException if it cannot be read, or says something that is not understood
   */
  public static Configuration read(Path file) {
    return configuration(YamlFile.read(file));
  }

  static Configuration parse(String file, String text) {
    return configuration(YamlFile.parse(file, text));
  }

  private static Configuration configuration(@Nullable Setting root) {
    try {
      return root == null ? Configuration.defaults() : read(root);
    } catch (SettingException e) {
      throw new ConfigurationException(String.valueOf(e.getMessage()));
    }
  }

  private static Configuration read(Setting root) {
    Map<String, Setting> entries =
        root.entries(Set.of("endpoints", "journal", "control", "evidence"));
    Configuration defaults = Configuration.defaults();
    Setting endpoints = entries.get("endpoints");
    Setting journal = entries.get("journal");
    Setting control = entries.get("control");
    Setting evidence = entries.get("evidence");
    return new Configuration(
        endpoints == null ? defaults.endpoints() : endpoints(endpoints),
        journal == null ? defaults.journal() : journal.as(ConfigurationReader::journal),
        control == null ? defaults.control() : ControlConfiguration.read(control),
        evidence == null ? defaults.evidence() : EvidenceConfiguration.read(evidence));
  }

  private static List<EndpointConfiguration> endpoints(Setting node) {
    List<EndpointConfiguration> endpoints = new ArrayList<>();
    node.entries(ConfigurationReader::requireName)
        .forEach((name, value) -> endpoints.add(endpoint(name, value)));
    if (endpoints.isEmpty()) {
      throw node.error("at least one endpoint is needed");
    }
    return endpoints;
  }

  /** Clients take {@code .} and {@code ..} out of a path, and empty parts lead nowhere. */
  private static void requireName(Setting key) {
    String name = key.text();
    if (Set.of("", ".", "..").contains(name) || name.chars().anyMatch(Character::isISOControl)) {
      throw key.error(
          "the name of an endpoint is part of a path of HTTP; it cannot be empty, '.' or '..',"
              + " nor have control characters in it");
    }
  }

  private static EndpointConfiguration endpoint(String name, Setting node) {
    Map<String, Setting> entries = node.entries(ENDPOINT_KEYS);
    Setting kind = entries.get("endpoint");
    if (kind == null) {
      throw node.error("the key 'endpoint' is missing; it says what to emulate, for example MX");
    }
    Setting host = entries.get("host");
    Setting port = entries.get("port");
    Setting faults = entries.get("faults");
    if (port == null) {
      throw node.error("the key 'port' is missing; 0 takes a free one");
    }
    Endpoint emulated = kind.oneOf(Endpoint.class);
    ProfileSettings.requireMeaning(node, emulated, entries.keySet());
    ExchangeProfileBuilder profile = ExchangeProfile.builder(emulated);
    ProfileSettings.applyAll(node, entries, profile);
    ExchangeProfile usual = node.as(whole -> profile.build());
    ProfileSettings.requireMeaning(node, usual.tls());
    Setting connections = entries.get("connections");
    return new EndpointConfiguration(
        name,
        host == null
            ? EndpointConfiguration.defaultHost(name)
            : new Placed<>(host.as(value -> Host.of(value.text())), host.place()),
        new Placed<>(port.integer(0, 65535), port.place()),
        profile,
        connections == null ? Map.of() : ConnectionSettings.read(connections, usual),
        faults == null ? FaultScript.empty() : FaultSettings.script(faults));
  }

  private static JournalLimits journal(Setting node) {
    Map<String, Setting> entries =
        node.entries(Set.of("maxSessions", "maxBytes", "maxEventsPerSession"));
    JournalLimits limits = JournalLimits.defaults();
    Setting maxSessions = entries.get("maxSessions");
    Setting maxBytes = entries.get("maxBytes");
    Setting maxEvents = entries.get("maxEventsPerSession");
    return new JournalLimits(
        maxSessions == null ? limits.maxSessions() : maxSessions.integer(1, Integer.MAX_VALUE),
        maxBytes == null ? limits.maxBytes() : maxBytes.bytes(),
        maxEvents == null ? limits.maxEventsPerSession() : maxEvents.integer(1, Integer.MAX_VALUE));
  }

  private static Set<String> endpointKeys() {
    Set<String> keys = new HashSet<>(ProfileSettings.keys());
    keys.addAll(List.of("endpoint", "host", "port", "connections", "faults"));
    return Set.copyOf(keys);
  }
}
