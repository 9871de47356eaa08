package io.mockexo.client.wire;

import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.ExchangeProfileBuilder;
import io.mockexo.fault.FaultScript;
import io.mockexo.fault.ScriptedFault;
import io.mockexo.fault.Stage;
import io.mockexo.scenario.Conduct;
import io.mockexo.scenario.Scenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
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
  private final Mistakes mistakes = new Mistakes();
  private Map<String, Setting> entries = Map.of();
  private @Nullable ScenarioMistakes ofBase;

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
   * @param base finds the scenario that it is based on, or throws the mistakes in that
   * @throws ScenarioMistakes with all that is wrong in it
   */
  public static Scenario read(Setting node, Function<String, Scenario> base) {
    ScenarioSettings settings = new ScenarioSettings(node);
    Scenario scenario = settings.scenario(base);
    ScenarioMistakes ofBase = settings.ofBase;
    if (scenario == null || ofBase != null || !settings.mistakes.isEmpty()) {
      throw new ScenarioMistakes(
          settings.mistakes.list(), ofBase == null ? List.of() : ofBase.mistakes());
    }
    return scenario;
  }

  private @Nullable Scenario scenario(Function<String, Scenario> known) {
    Map<String, Setting> found = attempt(() -> node.entries(this::knownKey));
    if (found == null) {
      return null;
    }
    entries = found;
    Scenario base = base(known);
    Scenario.Builder scenario = begin(base);
    describe(scenario);
    List<Endpoint> endpoints = endpoints(base);
    scenario.at(endpoints.toArray(Endpoint[]::new));
    Setting settings = entries.get(SETTINGS);
    if (settings != null) {
      scenario.rules(rules(settings, endpoints, base));
    }
    Setting faults = entries.get(FAULTS);
    if (faults != null) {
      scenario.script(faults(faults, endpoints));
    }
    // Where one that is not known was named, or a base without one, that is told already.
    boolean told = entries.containsKey(ENDPOINTS) ? !mistakes.isEmpty() : lacksBase(base);
    return endpoints.isEmpty() && told ? null : attempt(() -> node.as(n -> scenario.build()));
  }

  private @Nullable Scenario base(Function<String, Scenario> known) {
    Setting basedOn = entries.get(BASED_ON);
    try {
      return basedOn == null ? null : attempt(() -> basedOn.as(n -> known.apply(n.text())));
    } catch (ScenarioMistakes e) {
      ofBase = e;
      return null;
    }
  }

  /** What such a scenario does not say may well be said by what it is based on. */
  private boolean lacksBase(@Nullable Scenario base) {
    return base == null && entries.containsKey(BASED_ON);
  }

  /** An unknown key hides no other mistake. */
  private void knownKey(Setting key) {
    attempt(
        () -> {
          key.requireKeyAmong(KEYS);
          return key;
        });
  }

  /** With something else for a name and a title that it lacks, so that it is read to its end. */
  private Scenario.Builder begin(@Nullable Scenario base) {
    Setting name = entries.get(NAME);
    if (name == null) {
      mistakes.add(node.error("the key 'name' is missing; it is what the scenario is called by"));
    }
    String title = title(base);
    Scenario.Builder named =
        name == null ? null : attempt(() -> name.as(n -> Scenario.builder(n.text(), title)));
    Scenario.Builder begun = named == null ? Scenario.builder("nameless", title) : named;
    return base == null ? begun : begun.basedOn(base);
  }

  private String title(@Nullable Scenario base) {
    Setting title = entries.get(TITLE);
    if (title == null && base == null && !lacksBase(base)) {
      mistakes.add(node.error("the key 'title' is missing; it says in one line what it is"));
    }
    String line = title == null ? null : attempt(title::text);
    return line != null ? line : base != null ? base.title() : "";
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
    List<Setting> elements = attempt(list::elements);
    if (elements == null) {
      return List.of();
    }
    List<Endpoint> endpoints = new ArrayList<>();
    for (Setting element : elements) {
      Endpoint endpoint = attempt(() -> element.oneOf(Endpoint.class));
      if (endpoint != null) {
        endpoints.add(endpoint);
      }
    }
    if (endpoints.size() == elements.size()) {
      attempt(() -> list.distinct(endpoint -> endpoint.oneOf(Endpoint.class), e -> e));
    }
    return endpoints.stream().distinct().toList();
  }

  /**
   * Each setting is tried by itself, so that all mistakes are found, and then together all that are
   * right so far.
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
      Map<String, Setting> right = new LinkedHashMap<>(rules);
      right.entrySet().removeIf(rule -> attempt(() -> alone(settings, rule, endpoint)) == null);
      attempt(() -> settings.as(whole -> together(whole, right, endpoint, base)));
    }
    return profile -> {
      ProfileSettings.applyAll(settings, rules, profile);
      return profile;
    };
  }

  private static Setting alone(Setting whole, Map.Entry<String, Setting> rule, Endpoint endpoint) {
    ProfileSettings.requireMeaning(whole, endpoint, Set.of(rule.getKey()));
    ProfileSettings.apply(rule.getKey(), rule.getValue(), ExchangeProfile.builder(endpoint));
    return rule.getValue();
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

  private FaultScript faults(Setting list, List<Endpoint> endpoints) {
    int before = mistakes.size();
    List<Setting> elements = attempt(list::elements);
    if (elements != null) {
      elements.forEach(fault -> attempt(() -> fault(fault, endpoints)));
    }
    FaultScript script =
        mistakes.size() == before ? attempt(() -> FaultSettings.script(list)) : null;
    return script == null ? FaultScript.empty() : script;
  }

  private static ScriptedFault fault(Setting node, List<Endpoint> endpoints) {
    ScriptedFault fault = FaultSettings.fault(node);
    endpoints.stream()
        .filter(endpoint -> fault.fault().stage() == Stage.AUTH && !endpoint.hasAuth())
        .findFirst()
        .ifPresent(
            endpoint -> {
              throw node.errorAt(
                  "at", "this never happens on %s, which has no AUTH".formatted(endpoint));
            });
    return fault;
  }

  private <T> @Nullable T attempt(Supplier<T> reading) {
    return mistakes.attempt(reading);
  }
}
