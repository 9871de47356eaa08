package io.mockexo.scenario;

import java.util.List;
import java.util.stream.Stream;

/**
 * The catalogue of the product.
 *
 * @since 0.1
 */
public final class Scenarios {

  private static final List<Scenario> ALL =
      Stream.of(
              TlsScenarios.all(),
              MiddleboxScenarios.all(),
              CertificateScenarios.all(),
              ConnectorScenarios.all(),
              SubmissionScenarios.all(),
              TransferScenarios.all())
          .flatMap(List::stream)
          .toList();

  private Scenarios() {}

  /**
   * All scenarios: of TLS, of middleboxes, of certificates, of connectors, of client submission, of
   * the transfer of mail.
   */
  public static List<Scenario> all() {
    return ALL;
  }

  /**
   * The scenario of this name.
   *
   * @throws IllegalArgumentException if there is none, with the name that is nearest
   */
  public static Scenario named(String name) {
    return Catalogue.shipped().named(name);
  }

  /** The names of all, in the same order. */
  public static List<String> names() {
    return Catalogue.shipped().names();
  }
}
