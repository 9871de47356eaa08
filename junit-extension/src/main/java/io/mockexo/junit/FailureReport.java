package io.mockexo.junit;

import io.mockexo.fault.ScriptedFault;
import io.mockexo.journal.SmtpSession;
import java.util.ArrayList;
import java.util.List;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.IncompleteExecutionException;

/** What a failed test is told: what happened on its servers. */
final class FailureReport {

  /** So many sessions are shown from the beginning, and as many from the end. */
  private static final int SESSIONS = 10;

  private FailureReport() {}

  /** The transcripts of a server's sessions; what {@code message} has already is left out. */
  static String transcripts(ManagedServer server, String message) {
    List<SmtpSession> sessions = server.everything();
    if (sessions.isEmpty()) {
      return "No client has connected to '%s'.\n".formatted(server.name());
    }
    List<String> shown = new ArrayList<>();
    int leftOut = Math.max(0, sessions.size() - 2 * SESSIONS);
    for (int i = 0; i < sessions.size(); i++) {
      if (leftOut > 0 && i == SESSIONS) {
        shown.add("... %d sessions left out\n".formatted(leftOut));
        i += leftOut;
      }
      String transcript = sessions.get(i).transcript();
      if (!message.contains(beginning(transcript))) {
        shown.add(transcript);
      }
    }
    return shown.isEmpty()
        ? ""
        : "Sessions of '%s':\n\n%s".formatted(server.name(), String.join("", shown));
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
    text.append("If the test may pass without, say so: @InjectFault(..., optional = true)\n\n");
    return text.append(transcripts(server, "")).toString();
  }

  /** The same failure with the transcripts in its message, or itself if there is nothing to add. */
  static Throwable with(List<ManagedServer> servers, Throwable failure) {
    boolean ofTheTest = failure instanceof AssertionError || failure instanceof Exception;
    if (!ofTheTest || failure instanceof IncompleteExecutionException) {
      return failure;
    }
    String message = String.valueOf(failure.getMessage());
    StringBuilder text = new StringBuilder();
    servers.forEach(server -> text.append('\n').append(transcripts(server, message)));
    return text.toString().isBlank() ? failure : decorated(failure, text.toString());
  }

  private static Throwable decorated(Throwable failure, String transcripts) {
    Throwable decorated;
    if (failure instanceof AssertionFailedError failed && failed.isExpectedDefined()) {
      decorated =
          new AssertionFailedError(
              failure.getMessage() + "\n" + transcripts,
              failed.getExpected(),
              failed.getActual(),
              failure);
    } else if (failure instanceof AssertionError) {
      decorated = new AssertionFailedError(failure.getMessage() + "\n" + transcripts, failure);
    } else {
      decorated = new TestThrewException(failure + "\n" + transcripts, failure);
    }
    decorated.setStackTrace(failure.getStackTrace());
    return decorated;
  }

  /** The first line up to the time of accept: the rest may have changed meanwhile. */
  private static String beginning(String transcript) {
    return transcript.substring(0, transcript.indexOf(", "));
  }
}
