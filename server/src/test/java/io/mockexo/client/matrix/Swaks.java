package io.mockexo.client.matrix;

import io.mockexo.client.Tool;
import io.mockexo.server.MockExchange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code swaks --tls-optional}, and {@code --tls} with {@code --tls-verify}. */
final class Swaks extends OneShot {

  @Override
  String send(Cell cell, MockExchange exchange, Path ca) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server",
                exchange.host(),
                "--port",
                Integer.toString(exchange.port()),
                "--helo",
                "sender.example",
                "--from",
                "app@sender.example",
                "--to",
                cell.recipient(),
                "--timeout",
                Integer.toString(patience(cell))));
    arguments.addAll(
        cell.mode() == Mode.REQUIRED
            ? List.of("--tls", "--tls-verify", "--tls-ca-path", ca.toString())
            : List.of("--tls-optional"));
    if (cell.isOld()) {
      arguments.addAll(List.of("--tls-protocol", "tlsv1_2"));
    }
    Tool.Run run = Tool.SWAKS.run("", hangs(exchange), arguments.toArray(String[]::new));
    return told(run, line -> line.startsWith("***") || line.startsWith("<**"));
  }
}
