package io.mockexo.client.wire;

import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.ExchangeProfileBuilder;
import io.mockexo.fault.Connections;
import io.mockexo.fault.Connections.Counted;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Rules of an endpoint that differ on some connections, a list of mappings: {@code {onConnection:
 * 1-/2, minimumTls: TLS_1_0}}.
 */
public final class ConnectionSettings {

  private static final String ON_CONNECTION = Counted.CONNECTION.toString();

  /** It decides which connections have a number. */
  private static final String IGNORE_PEERS = "ignorePeers";

  private ConnectionSettings() {}

  /**
   * How the rules differ, in the order in which it is written.
   *
   * @param usual the rules that they differ from
   */
  public static Map<Connections, UnaryOperator<ExchangeProfileBuilder>> read(
      Setting list, ExchangeProfile usual) {
    Map<Connections, UnaryOperator<ExchangeProfileBuilder>> changes = new LinkedHashMap<>();
    for (Setting node : list.elements()) {
      Map<String, Setting> entries = node.entries(keys());
      Connections on = on(node, entries);
      UnaryOperator<ExchangeProfileBuilder> change = change(node, entries, usual);
      if (changes.putIfAbsent(on, change) != null) {
        throw node.errorAt(ON_CONNECTION, "there are rules for these connections already");
      }
    }
    return changes;
  }

  private static Connections on(Setting node, Map<String, Setting> entries) {
    Setting numbers = entries.get(ON_CONNECTION);
    if (numbers == null || entries.size() == 1) {
      throw node.error(
          "expected onConnection and rules, for example {onConnection: 2-3, minimumTls: TLS_1_0}");
    }
    return numbers.as(n -> Connections.parse(Counted.CONNECTION, n.text()));
  }

  private static UnaryOperator<ExchangeProfileBuilder> change(
      Setting node, Map<String, Setting> entries, ExchangeProfile usual) {
    ProfileSettings.requireMeaning(node, usual.endpoint(), entries.keySet());
    UnaryOperator<ExchangeProfileBuilder> change =
        profile -> {
          ProfileSettings.applyAll(node, entries, profile);
          return profile;
        };
    ExchangeProfile built = node.as(whole -> change.apply(usual.toBuilder()).build());
    ProfileSettings.requireMeaning(node, built.tls());
    return change;
  }

  private static Set<String> keys() {
    Set<String> keys = new HashSet<>(ProfileSettings.keys());
    keys.remove(IGNORE_PEERS);
    keys.add(ON_CONNECTION);
    return keys;
  }
}
