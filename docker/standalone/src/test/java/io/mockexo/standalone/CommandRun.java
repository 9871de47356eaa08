package io.mockexo.standalone;

import java.io.BufferedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** A command that ended by itself, and what it said. */
record CommandRun(int exitCode, String out, String err) {

  static CommandRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine program = MockExchangeOnline.commandLine();
    program.setOut(buffered(out)).setErr(buffered(err));
    return new CommandRun(program.execute(arguments), out.toString(), err.toString());
  }

  /** As that of the program: what is not flushed is not seen. */
  private static PrintWriter buffered(StringWriter to) {
    return new PrintWriter(new BufferedWriter(to), true);
  }
}
