package io.mockexo.standalone;

import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * The program. Exit codes: 1 when it cannot run, 2 for wrong use; {@code serve} ends by a signal
 * only, so with 130 (SIGINT) or 143 (SIGTERM).
 */
@Command(
    name = "mock-exchange-online",
    description = "A fake Exchange Online that fails on command and remembers everything.",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    subcommands = {
      ServeCommand.class,
      ScenariosCommand.class,
      FidelityCommand.class,
      HealthCommand.class
    })
public final class MockExchangeOnline {

  private MockExchangeOnline() {}

  /** Runs the program and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(withCommand(arguments)));
  }

  /**
   * An option that only a command knows means {@code serve}, so that {@code docker run IMAGE
   * --config c.yaml} does what it looks like.
   */
  static String[] withCommand(String... arguments) {
    boolean commandIsMissing =
        arguments.length > 0
            && arguments[0].startsWith("-")
            && commandLine().getCommandSpec().findOption(arguments[0]) == null;
    return commandIsMissing
        ? Stream.concat(Stream.of("serve"), Stream.of(arguments)).toArray(String[]::new)
        : arguments;
  }

  static CommandLine commandLine() {
    return new CommandLine(new MockExchangeOnline())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionStrategy(MockExchangeOnline::run)
        .setParameterExceptionHandler(new ErrorReport())
        .setExecutionExceptionHandler(new ErrorReport());
  }

  /** A writer of picocli flushes itself at the end of a line only, and not of a text. */
  private static int run(ParseResult parsed) {
    try {
      return new RunLast().execute(parsed);
    } finally {
      parsed.asCommandLineList().forEach(command -> command.getOut().flush());
    }
  }
}
