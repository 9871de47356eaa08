package io.mockexo.client;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Lists at the end of a run what was skipped, and why: Maven tells only how many. It prints, since
 * that is where whoever runs the tests looks.
 */
public final class SkippedTests implements TestExecutionListener {

  private final Map<String, AtomicInteger> byReason = new ConcurrentSkipListMap<>();

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    add(test, reason);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (result.getStatus() == Status.ABORTED) {
      add(test, result.getThrowable().map(Throwable::getMessage).orElse("it says no reason"));
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    if (!byReason.isEmpty()) {
      System.out.println("Skipped:");
      new TreeMap<>(byReason)
          .forEach((what, count) -> System.out.printf("  %3d x %s%n", count.get(), what));
    }
  }

  private void add(TestIdentifier test, String reason) {
    String id = test.getUniqueId();
    String type = id.replaceFirst(".*\\[class:(?:[^\\]]*\\.)?([^\\].]+)\\].*", "$1");
    byReason.computeIfAbsent(type + ": " + reason, r -> new AtomicInteger()).incrementAndGet();
  }
}
