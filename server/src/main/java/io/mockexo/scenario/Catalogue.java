package io.mockexo.scenario;

import io.mockexo.exchange.Endpoint;
import io.mockexo.tls.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scenarios by name: those of the product, and those of its user. Immutable.
 *
 * @since 0.1
 */
public final class Catalogue {

  /** Of more than these a complaint names only the nearest. */
  private static final int MOST_NAMES_TOLD = 50;

  private static final Catalogue SHIPPED = new Catalogue(Scenarios.all());

  private final Map<String, Scenario> byName = new LinkedHashMap<>();

  private Catalogue(Collection<Scenario> scenarios) {
    for (Scenario scenario : scenarios) {
      if (byName.put(scenario.name(), scenario) != null) {
        throw new IllegalArgumentException(
            "there are two scenarios '%s'; names are unique, those of the product included"
                .formatted(scenario.name()));
      }
    }
  }

  /** Those of the product, {@link Scenarios}. */
  public static Catalogue shipped() {
    return SHIPPED;
  }

  /**
   * The same and more.
   *
   * @throws IllegalArgumentException if a name is taken
   */
  public Catalogue and(Collection<Scenario> more) {
    List<Scenario> scenarios = new ArrayList<>(byName.values());
    scenarios.addAll(more);
    return new Catalogue(scenarios);
  }

  /** All of them, those of the product first. */
  public List<Scenario> all() {
    return List.copyOf(byName.values());
  }

  /** The names of all, in the same order. */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** The names of those that an endpoint of this kind can behave like. */
  public List<String> namesFor(Endpoint endpoint) {
    return byName.values().stream()
        .filter(scenario -> scenario.endpoints().contains(endpoint))
        .map(Scenario::name)
        .toList();
  }

  /**
   * The scenario of this name.
   *
   * @throws IllegalArgumentException if there is none, with the name that is nearest
   */
  public Scenario named(String name) {
    Scenario scenario = byName.get(name);
    if (scenario == null) {
      throw new IllegalArgumentException(unknown(name));
    }
    return scenario;
  }

  private String unknown(String name) {
    String near =
        NearestName.closeTo(name, byName.keySet()).map(" did you mean '%s'?"::formatted).orElse("");
    String known =
        byName.size() > MOST_NAMES_TOLD
            ? "there are " + byName.size()
            : "known are " + String.join(", ", byName.keySet());
    return "there is no scenario '%s';%s %s".formatted(name, near, known);
  }
}
