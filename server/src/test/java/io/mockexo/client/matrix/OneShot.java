package io.mockexo.client.matrix;

import io.mockexo.client.Tool;
import io.mockexo.server.MockExchange;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A client that is run for one message, and is done when it has ended. */
abstract non-sealed class OneShot implements Client {

  static final String MESSAGE =
      "From: app@sender.example\r\nSubject: hello\r\nMessage-ID: <1@sender.example>\r\n\r\nhello\r\n";

  /** What is told of one that had to be made to end. */
  static final String NO_END = "no end";

  private static final int TERMINATED = 128 + 15;

  /** Seconds that it waits for an answer where none comes; elsewhere it has time. */
  static int patience(Cell cell) {
    return cell.failure() == Failure.STALL ? 3 : 50;
  }

  @Override
  public List<Mode> modes() {
    return List.of(Mode.OPPORTUNISTIC, Mode.REQUIRED);
  }

  /**
   * Sends a message, or tries to.
   *
   * @param ca a file with the certificate to trust
   * @return how it ended, in its own words
   */
  abstract String send(Cell cell, MockExchange exchange, Path ca);

  /** Whether it has waited for much longer than it has been told to. */
  static BooleanSupplier hangs(MockExchange exchange) {
    return () -> Waiting.isHanging(exchange);
  }

  /** The exit code, and the lines that tell something. */
  static String told(Tool.Run run, Predicate<String> telling) {
    if (run.exitCode() == TERMINATED) {
      return NO_END;
    }
    String lines =
        run.output()
            .lines()
            .map(String::strip)
            .filter(telling)
            .map(Plain::text)
            .distinct()
            .collect(Collectors.joining("; "));
    String code = "exit " + run.exitCode();
    return lines.isEmpty() || run.exitCode() == 0 ? code : code + ": " + lines;
  }
}
