package io.mockexo.testcontainers;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mockexo.client.wire.ConnectionSettings;
import io.mockexo.client.wire.ProfileSettings;
import io.mockexo.client.wire.Wire;
import io.mockexo.exchange.Account;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.ExchangeProfileBuilder;
import io.mockexo.fault.Connections;
import io.mockexo.fault.Fault;
import io.mockexo.fault.FaultScript;
import io.mockexo.scenario.Scenario;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.testcontainers.images.builder.Transferable;

/**
 * What the methods of a container have set, as the configuration file that the program starts with:
 * so a reset comes back to it.
 */
final class ContainerSettings implements Transferable {

  static final String MX = "mx";
  static final String CLIENT_SUBMISSION = "client-submission";

  private final Map<Endpoint, ExchangeProfileBuilder> rules = new LinkedHashMap<>();
  private final Map<Endpoint, FaultScript> faults = new LinkedHashMap<>();
  private final Map<Endpoint, Map<Connections, UnaryOperator<ExchangeProfileBuilder>>> differing =
      new LinkedHashMap<>();
  private @Nullable Scenario scenario;
  private boolean made;
  private boolean inFile;

  ContainerSettings() {
    for (Endpoint endpoint : List.of(Endpoint.MX, Endpoint.CLIENT_SUBMISSION)) {
      rules.put(endpoint, ExchangeProfile.builder(endpoint));
      faults.put(endpoint, FaultScript.empty());
    }
  }

  /**
   * Has a file of the user say everything.
   *
   * @throws IllegalStateException if something has been set here, which the file would replace
   */
  void leaveToFile() {
    if (made) {
      throw new IllegalStateException(
          "the rules are set by methods of this container already; withConfig would replace them");
    }
    inFile = true;
  }

  private void change() {
    if (inFile) {
      throw new IllegalStateException(
          "this container has a configuration (withConfig); set rules, faults and accounts there");
    }
    made = true;
  }

  /** Whether anything has been set here. */
  boolean areMade() {
    return made;
  }

  boolean areInFile() {
    return inFile;
  }

  /** Changes the rules of both endpoints. */
  void rules(UnaryOperator<ExchangeProfileBuilder> change) {
    change();
    rules.replaceAll((endpoint, present) -> change.apply(present));
  }

  /** Changes the rules of this endpoint. */
  void rules(Endpoint where, UnaryOperator<ExchangeProfileBuilder> change) {
    change();
    rules.computeIfPresent(where, (endpoint, present) -> change.apply(present));
  }

  /** Rules that differ on these connections of this endpoint. */
  void rules(Endpoint where, Connections on, UnaryOperator<ExchangeProfileBuilder> change) {
    change();
    Map<Connections, UnaryOperator<ExchangeProfileBuilder>> known =
        differing.computeIfAbsent(where, endpoint -> new LinkedHashMap<>());
    on.requireRules();
    known.keySet().forEach(other -> Connections.requireRoom(other, on));
    known.put(on, change);
  }

  void faults(Endpoint where, Connections on, Fault... more) {
    change();
    faults.computeIfPresent(where, (endpoint, present) -> present.and(on, more));
  }

  void scenario(Scenario value) {
    change();
    scenario = value;
  }

  /** JSON, which is YAML, too. */
  String text() {
    Map<String, Object> endpoints = new LinkedHashMap<>();
    rules.forEach((endpoint, builder) -> endpoints.put(name(endpoint), endpoint(builder.build())));
    try {
      return Wire.mapper().writeValueAsString(Map.of("endpoints", endpoints));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, @Nullable Object> endpoint(ExchangeProfile usual) {
    Endpoint kind = usual.endpoint();
    ExchangeProfile profile = usual;
    FaultScript script = faults.getOrDefault(kind, FaultScript.empty());
    Scenario applied = scenario;
    if (applied != null && applied.endpoints().contains(kind)) {
      profile = applied.rules(usual);
      script = applied.script().and(script.faults());
    }
    Map<String, @Nullable Object> written = new LinkedHashMap<>();
    written.put("endpoint", kind.name());
    written.put("port", port(kind));
    written.putAll(ProfileSettings.writeChanges(profile));
    if (!profile.tenant().accounts().isEmpty()) {
      written.put(
          "accounts", accounts(profile.tenant().accounts())); // with what the wire keeps secret
    }
    Map<Connections, UnaryOperator<ExchangeProfileBuilder>> others =
        differing.getOrDefault(kind, Map.of());
    if (!others.isEmpty()) {
      written.put("connections", connections(others, profile));
    }
    if (!script.faults().isEmpty()) {
      written.put("faults", script.faults());
    }
    return written;
  }

  private static List<Map<String, @Nullable Object>> connections(
      Map<Connections, UnaryOperator<ExchangeProfileBuilder>> others, ExchangeProfile usual) {
    List<Map<String, @Nullable Object>> written = new ArrayList<>();
    others.forEach(
        (on, change) -> {
          ExchangeProfile changed = change.apply(usual.toBuilder()).build();
          Map<String, @Nullable Object> rules =
              ConnectionSettings.write(on, ProfileSettings.writeDifferences(usual, changed), usual);
          rules.replace("accounts", accounts(changed.tenant().accounts()));
          written.add(rules);
        });
    return written;
  }

  private static List<Map<String, String>> accounts(List<Account> accounts) {
    List<Map<String, String>> written = new ArrayList<>();
    for (Account account : accounts) {
      Map<String, String> entry = new LinkedHashMap<>();
      entry.put("user", account.user());
      if (account.password() != null) {
        entry.put("password", account.password());
      }
      if (account.accessToken() != null) {
        entry.put("accessToken", account.accessToken());
      }
      written.add(entry);
    }
    return written;
  }

  private static String name(Endpoint endpoint) {
    return endpoint == Endpoint.MX ? MX : CLIENT_SUBMISSION;
  }

  private static int port(Endpoint endpoint) {
    return endpoint == Endpoint.MX
        ? MockExchangeOnlineContainer.MX_PORT
        : MockExchangeOnlineContainer.SUBMISSION_PORT;
  }

  @Override
  public byte[] getBytes() {
    return text().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public long getSize() {
    return getBytes().length;
  }

  @Override
  public String getDescription() {
    return "the settings of the container";
  }
}
