package io.mockexo.junit;

import io.mockexo.fault.ScriptedFault;
import io.mockexo.journal.SmtpSession;
import io.mockexo.journal.Transcripts;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.commons.JUnitException;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.IncompleteExecutionException;

/** What a failed test is told: what happened on its servers. */
final class FailureReport {

  private FailureReport() {}

  /** The transcripts of a server's sessions; what {@code message} has already is left out. */
  static String transcripts(ManagedServer server, String message) {
    List<SmtpSession> sessions = server.everything();
    if (sessions.isEmpty()) {
      String nobody = "No client has connected to '%s'.\n".formatted(server.label());
      return message.contains(nobody) ? "" : nobody;
    }
    String shown =
        Transcripts.of(sessions).stream()
            .filter(transcript -> !message.contains(beginning(transcript)))
            .collect(Collectors.joining());
    return shown.isEmpty() ? "" : "Sessions of '%s':\n\n%s".formatted(server.label(), shown);
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
                .formatted(server.label(), missing.size() == 1 ? "this one" : "these"));
    missing.forEach(fault -> text.append("  ").append(fault).append('\n'));
    missing.stream()
        .map(server::howToMakeOptional)
        .distinct()
        .forEach(way -> text.append("If the test may pass without, ").append(way).append('\n'));
    return text.append('\n').append(transcripts(server, "")).toString();
  }

  /**
   * The failure with the transcripts. A failed assertion of JUnit or AssertJ is made anew, with the
   * transcripts in its message; whatever else is thrown stays the object that it is, for whoever
   * handles it, and has them in a suppressed exception.
   */
  static Throwable with(List<ManagedServer> servers, Throwable failure) {
    String transcripts = missingIn(failure, servers);
    if (transcripts.isEmpty()) {
      return failure;
    }
    if (failure.getClass() == AssertionFailedError.class) {
      return likeOriginal(failed((AssertionFailedError) failure, transcripts), failure);
    }
    if (failure.getClass() == AssertionError.class) {
      return likeOriginal(
          new AssertionError(message(failure) + "\n" + transcripts, failure.getCause()), failure);
    }
    failure.addSuppressed(new SessionTranscripts(transcripts));
    return failure;
  }

  /** For a failure that is thrown already: adds the transcripts that it does not have. */
  static void addTo(Throwable failure, List<ManagedServer> servers) {
    String transcripts = missingIn(failure, servers);
    if (!transcripts.isEmpty()) {
      failure.addSuppressed(new SessionTranscripts(transcripts));
    }
  }

  private static String missingIn(Throwable failure, List<ManagedServer> servers) {
    if (!isOfTheTest(failure)) {
      return "";
    }
    String told =
        Stream.concat(Stream.of(failure), Stream.of(failure.getSuppressed()))
            .map(FailureReport::message)
            .collect(Collectors.joining("\n"));
    return servers.stream()
        .map(server -> transcripts(server, told))
        .filter(transcripts -> !transcripts.isEmpty())
        .map("\n"::concat)
        .collect(Collectors.joining());
  }

  /** Whether a client may have to do with it: it is none of the virtual machine, nor of JUnit. */
  static boolean isOfTheTest(Throwable failure) {
    boolean canBe = failure instanceof AssertionError || failure instanceof Exception;
    return canBe && !(failure instanceof JUnitException) && !isAssumption(failure);
  }

  /**
   * Whether who throws this has aborted a test, which is no failure. Jupiter aborts a test for
   * JUnit 4's exception, too, which AssertJ prefers where it is there.
   */
  private static boolean isAssumption(Throwable failure) {
    return failure instanceof IncompleteExecutionException
        || failure.getClass().getName().equals("org.junit.internal.AssumptionViolatedException")
        || failure.getClass().getName().equals("org.junit.AssumptionViolatedException");
  }

  private static String message(Throwable failure) {
    return failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage();
  }

  private static AssertionFailedError failed(AssertionFailedError failure, String transcripts) {
    String message = message(failure) + "\n" + transcripts;
    return failure.isExpectedDefined() && failure.isActualDefined()
        ? new AssertionFailedError(
            message, failure.getExpected(), failure.getActual(), failure.getCause())
        : new AssertionFailedError(message, failure.getCause());
  }

  /** It takes the place of the original, which would only say the same again as its cause. */
  private static Throwable likeOriginal(Throwable failure, Throwable original) {
    failure.setStackTrace(original.getStackTrace());
    Stream.of(original.getSuppressed()).forEach(failure::addSuppressed);
    return failure;
  }

  /** The first line up to the time of accept: the rest may have changed meanwhile. */
  private static String beginning(String transcript) {
    int comma = transcript.indexOf(", ");
    return comma < 0 ? transcript : transcript.substring(0, comma);
  }
}
