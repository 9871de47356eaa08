package io.mockexo.testcontainers;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/**
 * Tests that start containers. They are skipped where no engine answers, and say so; in CI, which
 * starts one, that is a failure. An image that is missing is one everywhere.
 */
@Target(TYPE)
@Retention(RUNTIME)
@Tag("engine")
@ExtendWith(NeedsEngine.Condition.class)
@interface NeedsEngine {

  final class Condition implements ExecutionCondition {

    private static final String REASON =
        "no container engine answers to Testcontainers; .ci/run starts one";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (DockerClientFactory.instance().isDockerAvailable()) {
        return ConditionEvaluationResult.enabled("an engine answers");
      }
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(REASON);
      }
      System.err.println(context.getDisplayName() + " is skipped: " + REASON);
      return ConditionEvaluationResult.disabled(REASON);
    }
  }
}
