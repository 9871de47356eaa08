package io.mockexo.benchmark;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Prints what one test costs: warm, in a JVM that has run many, and cold, the first of a JVM. All
 * cases take turns in every round, so that what else the machine does meets them alike. Processor
 * time is that of the whole JVM, client included, which is the same for all.
 */
public final class TestCost {

  /** What is measured. */
  private enum Case {
    NOTHING("nothing (taken off the others)", Cases.Nothing.class),
    OURS_TLS("@MockExchangeOnline, TLS 1.3", Cases.OursWithTls.class),
    OURS_CLEARTEXT("@MockExchangeOnline, cleartext", Cases.OursInCleartext.class),
    GREENMAIL_TLS("GreenMail, TLS", Cases.GreenMailWithTls.class),
    GREENMAIL_CLEARTEXT("GreenMail, cleartext", Cases.GreenMailInCleartext.class),
    SUBETHA_CLEARTEXT("SubEthaSMTP, cleartext", Cases.SubEthaInCleartext.class);

    private final String title;
    private final Class<?> tests;

    Case(String title, Class<?> tests) {
      this.title = title;
      this.tests = tests;
    }
  }

  /** One run of a class with all its tests. */
  private record Run(double wallMillis, double processorMillis) {}

  private final PrintStream out;

  private TestCost(PrintStream out) {
    this.out = out;
  }

  /**
   * Measures.
   *
   * @param arguments warm rounds, warm-up rounds, cold rounds; each has a default. {@code cold}
   *     with the name of a case is for the program itself
   */
  public static void main(String... arguments) throws IOException, InterruptedException {
    TestCost cost = new TestCost(System.out);
    if (arguments.length == 2 && arguments[0].equals("cold")) {
      cost.run(Case.valueOf(arguments[1]).tests);
      return;
    }
    int warmUp = argument(arguments, 0, 15);
    int rounds = argument(arguments, 1, 15);
    int cold = argument(arguments, 2, 7);
    cost.warm(warmUp, rounds);
    cost.cold(cold);
  }

  private static int argument(String[] arguments, int index, int otherwise) {
    return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
  }

  private void warm(int warmUp, int rounds) {
    Map<Case, List<Run>> runs = new EnumMap<>(Case.class);
    for (int round = -warmUp; round < rounds; round++) {
      for (Case each : Case.values()) {
        Run run = run(each.tests);
        if (round >= 0) {
          runs.computeIfAbsent(each, key -> new ArrayList<>()).add(run);
        }
      }
    }
    out.printf(
        "Warm: one test of %d in a class, %d rounds after %d%n", Cases.TESTS, rounds, warmUp);
    print(runs, Cases.TESTS);
  }

  private void cold(int rounds) throws IOException, InterruptedException {
    Map<Case, List<Run>> runs = new EnumMap<>(Case.class);
    for (int round = 0; round < rounds; round++) {
      for (Case each : Case.values()) {
        runs.computeIfAbsent(each, key -> new ArrayList<>()).add(inNewJvm(each));
      }
    }
    out.printf(
        "%nCold: a JVM that runs the class with its %d tests, %d rounds%n", Cases.TESTS, rounds);
    print(runs, 1);
  }

  /** Medians, lowest and highest, less what the same takes without a server. */
  private void print(Map<Case, List<Run>> runs, int tests) {
    out.printf("%-32s %24s %24s%n", "", "wall-clock ms", "processor ms");
    Run base = new Run(0, 0);
    for (Map.Entry<Case, List<Run>> entry : runs.entrySet()) {
      List<Double> wall = entry.getValue().stream().map(Run::wallMillis).toList();
      List<Double> processor = entry.getValue().stream().map(Run::processorMillis).toList();
      out.printf(
          "%-32s %24s %24s%n",
          entry.getKey().title,
          spread(wall, base.wallMillis(), tests),
          spread(processor, base.processorMillis(), tests));
      if (entry.getKey() == Case.NOTHING) {
        base = new Run(median(wall), median(processor));
      }
    }
  }

  private static String spread(List<Double> values, double base, int tests) {
    return "%.2f (%.2f to %.2f)"
        .formatted(
            (median(values) - base) / tests,
            (Collections.min(values) - base) / tests,
            (Collections.max(values) - base) / tests);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private Run run(Class<?> testClass) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(testClass)).build();
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    Launcher launcher = LauncherFactory.create();
    long processor = processorNanos();
    long start = System.nanoTime();
    launcher.execute(request, summary);
    Run run = new Run((System.nanoTime() - start) / 1e6, (processorNanos() - processor) / 1e6);
    if (summary.getSummary().getTestsSucceededCount() != Cases.TESTS) {
      summary.getSummary().getFailures().forEach(f -> f.getException().printStackTrace(out));
      throw new IllegalStateException(testClass + " failed");
    }
    return run;
  }

  private static Run inNewJvm(Case each) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-classpath",
                System.getProperty("java.class.path"),
                TestCost.class.getName(),
                "cold",
                each.name())
            .inheritIO()
            .start();
    ProcessHandle handle = process.toHandle();
    long processor = 0;
    while (process.isAlive()) {
      processor =
          Math.max(processor, handle.info().totalCpuDuration().map(d -> d.toNanos()).orElse(0L));
      Thread.sleep(1);
    }
    if (process.exitValue() != 0) {
      throw new IllegalStateException(each + " failed");
    }
    return new Run((System.nanoTime() - start) / 1e6, processor / 1e6);
  }

  private static long processorNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
