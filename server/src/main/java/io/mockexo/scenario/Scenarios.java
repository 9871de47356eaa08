package io.mockexo.scenario;

import io.mockexo.exchange.Endpoint;
import io.mockexo.tls.NearestName;
import java.util.List;
import java.util.stream.Stream;

/**
 * The catalogue.
 *
 * @since 0.1
 */
public final class Scenarios {

  private static final List<Scenario> ALL =
      Stream.of(
              TlsScenarios.all(),
              MiddleboxScenarios.all(),
              SubmissionScenarios.all(),
              TransferScenarios.all())
          .flatMap(List::stream)
          .toList();

  private Scenarios() {}

  /** All scenarios: of TLS, of middleboxes, of client submission, of the transfer of mail. */
  public static List<Scenario> all() {
    return ALL;
  }

  /**
   * The scenario of this name.
   *
   * @throws IllegalArgumentException if there is none, with the name that is nearest
   */
  public static Scenario named(String name) {
    return ALL.stream()
        .filter(scenario -> scenario.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(unknown(name)));
  }

  /** The names of all, in the same order. */
  public static List<String> names() {
    return ALL.stream().map(Scenario::name).toList();
  }

  static List<String> namesFor(Endpoint endpoint) {
    return ALL.stream()
        .filter(scenario -> scenario.endpoints().contains(endpoint))
        .map(Scenario::name)
        .toList();
  }

  private static String unknown(String name) {
    List<String> names = names();
    return "there is no scenario '%s';%s known are %s"
        .formatted(
            name,
            NearestName.closeTo(name, names).map(" did you mean '%s'?"::formatted).orElse(""),
            String.join(", ", names));
  }
}
