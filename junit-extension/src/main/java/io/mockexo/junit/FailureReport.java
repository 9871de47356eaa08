package io.mockexo.junit;

import io.mockexo.fault.ScriptedFault;
import io.mockexo.journal.SmtpSession;
import io.mockexo.journal.Transcripts;
import java.util.List;
import java.util.stream.Collectors;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.IncompleteExecutionException;

/** What a failed test is told: what happened on its servers. */
final class FailureReport {

  private FailureReport() {}

  /** The transcripts of a server's sessions; what {@code message} has already is left out. */
  static String transcripts(ManagedServer server, String message) {
    List<SmtpSession> sessions = server.everything();
    if (sessions.isEmpty()) {
      return "No client has connected to '%s'.\n".formatted(server.name());
    }
    String shown =
        Transcripts.of(sessions).stream()
            .filter(transcript -> !message.contains(beginning(transcript)))
            .collect(Collectors.joining());
    return shown.isEmpty() ? "" : "Sessions of '%s':\n\n%s".formatted(server.name(), shown);
  }

  /** What a test is told that passed although faults of its script have not fired. */
  static String ofUnfired(ManagedServer server, List<ScriptedFault> missing) {
    StringBuilder text =
        new StringBuilder(
            """
            Expecting
              every fault of '%s' to fire, since a test in which nothing went wrong proves nothing
            but %s did not
            """
                .formatted(server.name(), missing.size() == 1 ? "this one" : "these"));
    missing.forEach(fault -> text.append("  ").append(fault).append('\n'));
    missing.stream()
        .map(server::howToMakeOptional)
        .distinct()
        .forEach(way -> text.append("If the test may pass without, ").append(way).append('\n'));
    return text.append('\n').append(transcripts(server, "")).toString();
  }

  /** The same failure with the transcripts in its message, or itself if there is nothing to add. */
  static Throwable with(List<ManagedServer> servers, Throwable failure) {
    boolean ofTheTest = failure instanceof AssertionError || failure instanceof Exception;
    if (!ofTheTest || isAssumption(failure)) {
      return failure;
    }
    String message = message(failure);
    StringBuilder text = new StringBuilder();
    servers.forEach(server -> text.append('\n').append(transcripts(server, message)));
    return text.toString().isBlank() ? failure : decorated(failure, text.toString());
  }

  /**
   * Jupiter aborts a test for JUnit 4's exception, too, which AssertJ prefers where it is there.
   */
  private static boolean isAssumption(Throwable failure) {
    return failure instanceof IncompleteExecutionException
        || failure.getClass().getName().equals("org.junit.internal.AssumptionViolatedException")
        || failure.getClass().getName().equals("org.junit.AssumptionViolatedException");
  }

  private static String message(Throwable failure) {
    return failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage();
  }

  private static Throwable decorated(Throwable failure, String transcripts) {
    Throwable decorated;
    if (failure instanceof AssertionFailedError failed && failed.isExpectedDefined()) {
      decorated =
          new AssertionFailedError(
              message(failure) + "\n" + transcripts,
              failed.getExpected(),
              failed.getActual(),
              failure);
    } else if (failure instanceof AssertionError) {
      decorated = new AssertionFailedError(message(failure) + "\n" + transcripts, failure);
    } else {
      decorated = new TestThrewException(failure + "\n" + transcripts, failure);
    }
    decorated.setStackTrace(failure.getStackTrace());
    return decorated;
  }

  /** The first line up to the time of accept: the rest may have changed meanwhile. */
  private static String beginning(String transcript) {
    int comma = transcript.indexOf(", ");
    return comma < 0 ? transcript : transcript.substring(0, comma);
  }
}
