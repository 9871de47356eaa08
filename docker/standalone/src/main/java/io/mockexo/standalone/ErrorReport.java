package io.mockexo.standalone;

import io.mockexo.standalone.config.ConfigurationException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what a person can mend; only a mistake of ours gets a stack trace. */
final class ErrorReport implements IExecutionExceptionHandler, IParameterExceptionHandler {

  /** The help of a command with many options would push the mistake off the screen. */
  @Override
  public int handleParseException(ParameterException problem, String[] arguments) {
    CommandLine command = problem.getCommandLine();
    command.getErr().println(problem.getMessage());
    boolean suggested = UnmatchedArgumentException.printSuggestions(problem, command.getErr());
    if (command.getParent() == null && !suggested) {
      command.usage(command.getErr());
    } else {
      command.getErr().println("See " + command.getCommandSpec().qualifiedName() + " --help");
    }
    return ExitCode.USAGE;
  }

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
