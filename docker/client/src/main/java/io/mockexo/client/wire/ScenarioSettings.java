package io.mockexo.client.wire;

import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.ExchangeProfileBuilder;
import io.mockexo.fault.FaultScript;
import io.mockexo.scenario.Conduct;
import io.mockexo.scenario.Scenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A scenario as a mapping, in the form in which {@link ScenarioForm} writes one. What a person does
 * not say is left out, and {@code basedOn} names a scenario from which it comes then.
 */
public final class ScenarioSettings {

  private static final String NAME = "name";
  private static final String TITLE = "title";
  private static final String BASED_ON = "basedOn";
  private static final String ENDPOINTS = "endpoints";
  private static final String OPPORTUNISTIC = "opportunisticClient";
  private static final String TLS_REQUIRING = "tlsRequiringClient";
  private static final String SETTINGS = "settings";
  private static final String FAULTS = "faults";
  private static final Set<String> KEYS =
      Set.of(
          NAME,
          TITLE,
          BASED_ON,
          ENDPOINTS,
          "symptoms",
          "cause",
          OPPORTUNISTIC,
          TLS_REQUIRING,
          "remedy",
          "source",
          SETTINGS,
          FAULTS);

  private final Setting node;
  private final List<SettingException> mistakes = new ArrayList<>();
  private Map<String, Setting> entries = Map.of();

  private ScenarioSettings(Setting node) {
    this.node = node;
  }

  /** The name that a scenario has, by which others can be based on it. */
  public static String name(Setting node) {
    Setting name = node.entries().get(NAME);
    if (name == null) {
      throw node.error("the key 'name' is missing; it is what the scenario is called by");
    }
    return name.text();
  }

  /** The name of the scenario that one is based on, with its place; null if on none. */
  public static @Nullable Setting base(Setting node) {
    return node.entries().get(BASED_ON);
  }

  /**
   * Reads a scenario.
   *
   * @param base finds the scenario that it is based on
   * @throws ScenarioMistakes with all that is wrong in it
   */
  public static Scenario read(Setting node, Function<String, Scenario> base) {
    ScenarioSettings settings = new ScenarioSettings(node);
    Scenario scenario = settings.scenario(base);
    if (scenario == null || !settings.mistakes.isEmpty()) {
      throw new ScenarioMistakes(settings.mistakes);
    }
    return scenario;
  }

  private @Nullable Scenario scenario(Function<String, Scenario> known) {
    Map<String, Setting> found = attempt(() -> node.entries(this::knownKey));
    if (found == null) {
      return null;
    }
    entries = found;
    Setting basedOn = entries.get(BASED_ON);
    Scenario base = basedOn == null ? null : attempt(() -> basedOn.as(n -> known.apply(n.text())));
    Scenario.Builder scenario = begin(base);
    if (scenario == null) {
      return null;
    }
    describe(scenario);
    List<Endpoint> endpoints = endpoints(base);
    scenario.at(endpoints.toArray(Endpoint[]::new));
    Setting settings = entries.get(SETTINGS);
    if (settings != null) {
      scenario.rules(rules(settings, endpoints, base));
    }
    Setting faults = entries.get(FAULTS);
    if (faults != null) {
      scenario.script(faults(faults));
    }
    // Where one that is not known was named, that is told already.
    boolean unknown = endpoints.isEmpty() && entries.containsKey(ENDPOINTS) && !mistakes.isEmpty();
    return unknown ? null : attempt(() -> node.as(n -> scenario.build()));
  }

  /** An unknown key hides no other mistake. */
  private void knownKey(Setting key) {
    attempt(
        () -> {
          key.requireKeyAmong(KEYS);
          return key;
        });
  }

  private Scenario.@Nullable Builder begin(@Nullable Scenario base) {
    Setting name = entries.get(NAME);
    Setting title = entries.get(TITLE);
    if (name == null) {
      mistakes.add(node.error("the key 'name' is missing; it is what the scenario is called by"));
    }
    String line = title == null ? null : attempt(title::text);
    if (title == null && base != null) {
      line = base.title();
    } else if (title == null) {
      mistakes.add(node.error("the key 'title' is missing; it says in one line what it is"));
    }
    if (name == null || line == null) {
      return null;
    }
    String inOneLine = line;
    Scenario.Builder begun = attempt(() -> name.as(n -> Scenario.builder(n.text(), inOneLine)));
    return begun == null || base == null ? begun : begun.basedOn(base);
  }

  private void describe(Scenario.Builder scenario) {
    text("cause", scenario::because);
    text("remedy", scenario::remedy);
    text("source", scenario::source);
    Setting symptoms = entries.get("symptoms");
    if (symptoms != null) {
      attempt(() -> scenario.seenAs(symptoms.texts().toArray(String[]::new)));
    }
    conduct(OPPORTUNISTIC, scenario::opportunistic);
    conduct(TLS_REQUIRING, scenario::requiringTls);
  }

  private void text(String key, Function<String, Scenario.Builder> to) {
    Setting value = entries.get(key);
    if (value != null) {
      attempt(() -> to.apply(value.text()));
    }
  }

  private interface ConductOf {
    Scenario.Builder set(Conduct.Outcome outcome, String words);
  }

  private void conduct(String key, ConductOf client) {
    Setting value = entries.get(key);
    if (value != null) {
      attempt(
          () -> {
            Map<String, Setting> parts = value.entries(Set.of("outcome", "conduct"));
            Setting outcome = parts.get("outcome");
            Setting words = parts.get("conduct");
            if (outcome == null || words == null) {
              throw value.error("a client has an outcome, and its conduct in words");
            }
            return client.set(outcome.oneOf(Conduct.Outcome.class), words.text());
          });
    }
  }

  private List<Endpoint> endpoints(@Nullable Scenario base) {
    Setting list = entries.get(ENDPOINTS);
    if (list == null) {
      return base == null ? List.of() : base.endpoints();
    }
    List<Endpoint> endpoints =
        attempt(() -> list.distinct(endpoint -> endpoint.oneOf(Endpoint.class), e -> e));
    return endpoints == null ? List.of() : endpoints;
  }

  /**
   * Each setting is tried by itself, so that all mistakes are found, and then all of them together.
   */
  private UnaryOperator<ExchangeProfileBuilder> rules(
      Setting settings, List<Endpoint> endpoints, @Nullable Scenario base) {
    Map<String, Setting> rules = new LinkedHashMap<>();
    attempt(
        () -> {
          settings
              .entries(
                  key ->
                      attempt(
                          () -> {
                            key.requireKeyAmong(ProfileSettings.keys());
                            return key;
                          }))
              .forEach(rules::put);
          return rules;
        });
    rules.keySet().retainAll(ProfileSettings.keys());
    for (Endpoint endpoint : endpoints) {
      int before = mistakes.size();
      rules.forEach(
          (key, value) ->
              attempt(
                  () -> {
                    ProfileSettings.requireMeaning(settings, endpoint, Set.of(key));
                    ProfileSettings.apply(key, value, ExchangeProfile.builder(endpoint));
                    return value;
                  }));
      if (mistakes.size() == before) {
        attempt(() -> settings.as(whole -> together(whole, rules, endpoint, base)));
      }
    }
    return profile -> {
      ProfileSettings.applyAll(settings, rules, profile);
      return profile;
    };
  }

  private static ExchangeProfile together(
      Setting whole, Map<String, Setting> rules, Endpoint endpoint, @Nullable Scenario base) {
    ExchangeProfile usual = ExchangeProfile.builder(endpoint).build();
    ExchangeProfileBuilder profile =
        base != null && base.endpoints().contains(endpoint)
            ? base.rules(usual).toBuilder()
            : usual.toBuilder();
    ProfileSettings.applyAll(whole, rules, profile);
    ExchangeProfile built = profile.build();
    ProfileSettings.requireMeaning(whole, built.tls());
    return built;
  }

  private FaultScript faults(Setting list) {
    int before = mistakes.size();
    List<Setting> elements = attempt(list::elements);
    if (elements != null) {
      elements.forEach(fault -> attempt(() -> FaultSettings.fault(fault)));
    }
    FaultScript script =
        mistakes.size() == before ? attempt(() -> FaultSettings.script(list)) : null;
    return script == null ? FaultScript.empty() : script;
  }

  private interface Reading<T> {
    T read();
  }

  /** What can be read; null, and a mistake is noted, if it cannot. */
  private <T> @Nullable T attempt(Reading<T> reading) {
    try {
      return reading.read();
    } catch (SettingException e) {
      if (mistakes.stream().noneMatch(m -> String.valueOf(m.getMessage()).equals(e.getMessage()))) {
        mistakes.add(e);
      }
      return null;
    }
  }
}
