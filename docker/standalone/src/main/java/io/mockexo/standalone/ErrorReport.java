package io.mockexo.standalone;

import io.mockexo.standalone.config.ConfigurationException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says in one line what a person can mend; only a mistake of ours gets a stack trace. */
final class ErrorReport implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(
      Exception problem, CommandLine commandLine, ParseResult arguments) throws Exception {
    if (problem instanceof ConfigurationException) {
      commandLine.getErr().println(problem.getMessage());
      return ExitCode.USAGE;
    }
    if (problem instanceof UncheckedIOException) {
      commandLine.getErr().println(problem.getMessage());
      return ExitCode.SOFTWARE;
    }
    throw problem;
  }
}
