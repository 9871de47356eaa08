package io.mockexo.standalone;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The program. Exit codes: 1 when it cannot run, 2 for wrong use; {@code serve} ends by a signal
 * only, so with 130 (SIGINT) or 143 (SIGTERM).
 */
@Command(
    name = "mock-exchange-online",
    description = "A fake Exchange Online that fails on command and remembers everything.",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    subcommands = ServeCommand.class)
public final class MockExchangeOnline {

  private MockExchangeOnline() {}

  /** Runs the program and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new MockExchangeOnline())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(new ErrorReport())
        .setExecutionExceptionHandler(new ErrorReport());
  }
}
