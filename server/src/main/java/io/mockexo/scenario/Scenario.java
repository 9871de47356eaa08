package io.mockexo.scenario;

import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.ExchangeProfileBuilder;
import io.mockexo.fault.FaultScript;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A failure that customers met, and how an endpoint behaves in it. Immutable; {@link Scenarios} has
 * them all.
 *
 * @since 0.1
 */
public final class Scenario {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  private final String name;
  private final String title;
  private final Set<Endpoint> endpoints;
  private final List<String> symptoms;
  private final String cause;
  private final Conduct opportunisticClient;
  private final Conduct tlsRequiringClient;
  private final String remedy;
  private final String source;
  private final UnaryOperator<ExchangeProfileBuilder> rules;
  private final FaultScript script;

  private Scenario(Builder draft) {
    this.name = draft.name;
    this.title = draft.title;
    this.endpoints = Set.copyOf(draft.endpoints);
    this.symptoms = List.copyOf(draft.symptoms);
    this.cause = draft.cause;
    this.opportunisticClient = draft.opportunisticClient;
    this.tlsRequiringClient = draft.tlsRequiringClient;
    this.remedy = draft.remedy;
    this.source = draft.source;
    this.rules = draft.rules;
    this.script = draft.script;
  }

  /** Its name in the catalogue: lower case and hyphens. */
  public String name() {
    return name;
  }

  /** What it is, in one line. */
  public String title() {
    return title;
  }

  /** Which endpoints can behave so, in their order. */
  public List<Endpoint> endpoints() {
    return endpoints.stream().sorted().toList();
  }

  /** What the customer sees, in their words: a queue error, a line of a log, the text of an NDR. */
  public List<String> symptoms() {
    return symptoms;
  }

  /** Why it happens. */
  public String cause() {
    return cause;
  }

  /** What a sound client does that uses TLS where it can. */
  public Conduct opportunisticClient() {
    return opportunisticClient;
  }

  /** What a sound client does that must not send without TLS. */
  public Conduct tlsRequiringClient() {
    return tlsRequiringClient;
  }

  /** What to change at the customer's. */
  public String remedy() {
    return remedy;
  }

  /** Where it is told of. */
  public String source() {
    return source;
  }

  /**
   * The rules of an endpoint in this scenario.
   *
   * @param usual its rules otherwise; what the scenario does not need stays, accounts for example
   * @throws IllegalArgumentException if that endpoint cannot behave so
   */
  public ExchangeProfile rules(ExchangeProfile usual) {
    if (!endpoints.contains(usual.endpoint())) {
      throw new IllegalArgumentException(
          "%s is a scenario of %s, and this endpoint is %s; %s has: %s"
              .formatted(
                  name,
                  endpoints().stream().map(Endpoint::name).collect(Collectors.joining(" and ")),
                  usual.endpoint(),
                  usual.endpoint(),
                  String.join(", ", Catalogue.shipped().namesFor(usual.endpoint()))));
    }
    return rules.apply(usual.toBuilder()).build();
  }

  /** What goes wrong, counted from the first connection on after the scenario was applied. */
  public FaultScript script() {
    return script;
  }

  @Override
  public String toString() {
    return name + ": " + title;
  }

  /**
   * Begins a scenario.
   *
   * @param name lower case, digits and hyphens
   * @param title what it is, in one line
   * @throws IllegalArgumentException if the name is none
   */
  public static Builder builder(String name, String title) {
    return new Builder(name, title);
  }

  /**
   * A scenario in the making. Where it can be must be said; the rest tells people what to expect,
   * or is as usual.
   *
   * @since 0.1
   */
  public static final class Builder {
    private final String name;
    private final String title;
    private final Set<Endpoint> endpoints = new LinkedHashSet<>();
    private List<String> symptoms = List.of();
    private String cause = "";
    private Conduct opportunisticClient = new Conduct(Conduct.Outcome.NOT_DELIVERED, "");
    private Conduct tlsRequiringClient = opportunisticClient;
    private String remedy = "";
    private String source = "";
    private UnaryOperator<ExchangeProfileBuilder> rules = profile -> profile;
    private FaultScript script = FaultScript.empty();

    private Builder(String name, String title) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "'%s' is no name of a scenario; expected lower case, digits and hyphens, such as"
                    .formatted(name)
                + " my-firewall");
      }
      this.name = name;
      this.title = title;
    }

    /** Begins with all that another one has, but for its name and title. */
    public Builder basedOn(Scenario base) {
      endpoints.addAll(base.endpoints);
      symptoms = base.symptoms;
      cause = base.cause;
      opportunisticClient = base.opportunisticClient;
      tlsRequiringClient = base.tlsRequiringClient;
      remedy = base.remedy;
      source = base.source;
      rules = base.rules;
      script = base.script;
      return this;
    }

    /** Where it can be, and nowhere else. */
    public Builder at(Endpoint... where) {
      endpoints.clear();
      endpoints.addAll(Set.of(where));
      return this;
    }

    /** What the customer sees, a line each. */
    public Builder seenAs(String... lines) {
      symptoms = List.of(lines);
      return this;
    }

    /** Why it happens. */
    public Builder because(String why) {
      cause = why;
      return this;
    }

    /** What the endpoint does otherwise than usual; several calls add up. */
    public Builder rules(UnaryOperator<ExchangeProfileBuilder> change) {
      UnaryOperator<ExchangeProfileBuilder> before = rules;
      rules = profile -> change.apply(before.apply(profile));
      return this;
    }

    /** What goes wrong on which connection. */
    public Builder script(FaultScript faults) {
      script = faults;
      return this;
    }

    /** What a sound client does that uses TLS where it can. */
    public Builder opportunistic(Conduct.Outcome outcome, String words) {
      opportunisticClient = new Conduct(outcome, words);
      return this;
    }

    /** What a sound client does that must not send without TLS. */
    public Builder requiringTls(Conduct.Outcome outcome, String words) {
      tlsRequiringClient = new Conduct(outcome, words);
      return this;
    }

    /** What to change at the customer's. */
    public Builder remedy(String what) {
      remedy = what;
      return this;
    }

    /** Where it is told of. */
    public Builder source(String where) {
      source = where;
      return this;
    }

    /**
     * The scenario.
     *
     * @throws IllegalArgumentException if no endpoint can behave so
     */
    public Scenario build() {
      if (endpoints.isEmpty()) {
        throw new IllegalArgumentException(
            "scenario %s is for no endpoint; it is for some of %s"
                .formatted(name, List.of(Endpoint.values())));
      }
      return new Scenario(this);
    }
  }
}
