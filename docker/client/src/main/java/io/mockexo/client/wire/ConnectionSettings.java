package io.mockexo.client.wire;

import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.ExchangeProfileBuilder;
import io.mockexo.fault.Connections;
import io.mockexo.fault.Connections.Counted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

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
    return read(list, usual, Set.of());
  }

  /**
   * The same beside others.
   *
   * @param present the connections for which there are such rules already
   */
  public static Map<Connections, UnaryOperator<ExchangeProfileBuilder>> read(
      Setting list, ExchangeProfile usual, Set<Connections> present) {
    Map<Connections, UnaryOperator<ExchangeProfileBuilder>> changes = new LinkedHashMap<>();
    Set<Connections> taken = new LinkedHashSet<>(present);
    for (Setting node : list.elements()) {
      Map<String, Setting> entries = node.entries(keys());
      Connections on = on(node, entries, taken);
      changes.put(on, change(node, entries, usual));
      taken.add(on);
    }
    return changes;
  }

  private static Connections on(
      Setting node, Map<String, Setting> entries, Set<Connections> taken) {
    Setting numbers = entries.get(ON_CONNECTION);
    if (numbers == null || entries.size() == 1) {
      throw node.error(
          "expected onConnection and rules, for example {onConnection: 2-3, minimumTls: TLS_1_0}");
    }
    return numbers.as(
        n -> {
          Connections on = Connections.parse(Counted.CONNECTION, n.text());
          taken.forEach(other -> Connections.requireRoom(other, on));
          return on;
        });
  }

  /** The rules that differ, in the order in which they hold; no credentials. */
  public static List<Map<String, @Nullable Object>> write(
      Map<Connections, ExchangeProfile> differing, ExchangeProfile usual) {
    List<Map<String, @Nullable Object>> written = new ArrayList<>();
    differing.forEach(
        (on, profile) ->
            written.add(write(on, ProfileSettings.writeDifferences(usual, profile), usual)));
    return written;
  }

  /**
   * Rules for these connections.
   *
   * @param differences from the usual ones; if there are none, the usual floor is said, because it
   *     may be that rules for more connections must not hold here
   */
  public static Map<String, @Nullable Object> write(
      Connections on, Map<String, @Nullable Object> differences, ExchangeProfile usual) {
    Map<String, @Nullable Object> written = new LinkedHashMap<>();
    written.put(
        on.counted().toString(), on.first() == on.last() ? (Object) on.first() : on.numbers());
    written.putAll(differences);
    if (differences.isEmpty()) {
      written.put("minimumTls", usual.tls().minimumTls().name());
    }
    return written;
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
