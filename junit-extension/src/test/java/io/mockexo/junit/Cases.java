package io.mockexo.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** Runs test classes as a user's build would, and tells what became of them. */
final class Cases {

  private final Events tests;
  private final Events all;

  private Cases(Events tests, Events all) {
    this.tests = tests;
    this.all = all;
  }

  static Cases run(Class<?>... testClasses) {
    return run(Map.of(), testClasses);
  }

  static Cases run(Map<String, String> configuration, Class<?>... testClasses) {
    EngineTestKit.Builder kit =
        EngineTestKit.engine("junit-jupiter").configurationParameters(configuration);
    for (Class<?> testClass : testClasses) {
      kit.selectors(selectClass(testClass));
    }
    var results = kit.execute();
    return new Cases(results.testEvents(), results.allEvents());
  }

  Events tests() {
    return tests;
  }

  /** What the tests and containers that failed have thrown, in order. */
  List<Throwable> failures() {
    return all.finished().stream()
        .flatMap(event -> event.getPayload(TestExecutionResult.class).stream())
        .flatMap(result -> result.getThrowable().stream())
        .toList();
  }

  /**
   * The one failure, which is that something is declared in a way that cannot work. It has nothing
   * to do with what clients did: no transcript is published.
   */
  ExtensionConfigurationException configurationError() {
    List<Throwable> failures = failures();
    Throwable failure = failures.isEmpty() ? null : failures.get(0);
    // Jupiter says in its own words which parameter it could not resolve, and then why.
    Throwable ours = failure instanceof ParameterResolutionException ? failure.getCause() : failure;
    if (failures.size() == 1
        && reports().isEmpty()
        && ours instanceof ExtensionConfigurationException error) {
      return error;
    }
    throw new AssertionError(
        "expected one configuration error, but there were "
            + failures
            + ", and reports "
            + reports());
  }

  /** The message of the one failure. */
  String failure() {
    List<Throwable> failures = failures();
    if (failures.size() != 1) {
      throw new AssertionError("expected one failure, but there were " + failures);
    }
    return String.valueOf(failures.get(0).getMessage());
  }

  /** The values of the report entries, in order. */
  List<String> reports() {
    return all.reportingEntryPublished().stream()
        .map(event -> payload(event))
        .flatMap(entry -> entry.getKeyValuePairs().values().stream())
        .toList();
  }

  private static org.junit.platform.engine.reporting.ReportEntry payload(Event event) {
    return event.getRequiredPayload(org.junit.platform.engine.reporting.ReportEntry.class);
  }
}
