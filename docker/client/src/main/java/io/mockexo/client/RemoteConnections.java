package io.mockexo.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.mockexo.client.wire.ConnectionSettings;
import io.mockexo.client.wire.JsonTree;
import io.mockexo.client.wire.Setting;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.ExchangeProfileBuilder;
import io.mockexo.fault.Connections;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The rules by connection of an endpoint that runs elsewhere. */
final class RemoteConnections {

  private final ControlApi api;
  private final String path;
  private final RemoteProfile profiles;

  RemoteConnections(ControlApi api, String path, RemoteProfile profiles) {
    this.api = api;
    this.path = path;
    this.profiles = profiles;
  }

  Map<Connections, ExchangeProfile> get() {
    ExchangeProfile usual = profiles.get();
    Map<Connections, ExchangeProfile> differing = new LinkedHashMap<>();
    api.get(path).forEach(rules -> differing.putAll(read(rules, usual)));
    return differing;
  }

  private Map<Connections, ExchangeProfile> read(JsonNode rules, ExchangeProfile usual) {
    ExchangeProfileBuilder known = usual.toBuilder();
    RemoteProfile.addUnknownPasswords(rules, known);
    ExchangeProfile base = known.build();
    Setting list = Setting.root(path, JsonTree.parse("[" + rules + "]"));
    Map<Connections, ExchangeProfile> read = new LinkedHashMap<>();
    ConnectionSettings.read(list, base)
        .forEach((on, change) -> read.put(on, change.apply(base.toBuilder()).build()));
    return read;
  }

  void add(Connections on, UnaryOperator<ExchangeProfileBuilder> change) {
    send("POST", Map.of(on, change));
  }

  void replace(Map<Connections, UnaryOperator<ExchangeProfileBuilder>> changes) {
    send("PUT", changes);
  }

  private void send(
      String method, Map<Connections, UnaryOperator<ExchangeProfileBuilder>> changes) {
    ExchangeProfile usual = profiles.get();
    List<Map<String, @Nullable Object>> written = new ArrayList<>();
    changes.forEach((on, change) -> written.add(written(on, usual, change)));
    api.change(method, path, written);
  }

  private static Map<String, @Nullable Object> written(
      Connections on, ExchangeProfile usual, UnaryOperator<ExchangeProfileBuilder> change) {
    on.requireRules();
    ExchangeProfile differing = change.apply(usual.toBuilder()).build();
    return ConnectionSettings.write(on, RemoteProfile.changes(usual, differing), usual);
  }
}
