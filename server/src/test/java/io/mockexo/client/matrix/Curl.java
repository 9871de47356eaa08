package io.mockexo.client.matrix;

import io.mockexo.client.Tool;
import io.mockexo.server.MockExchange;
import java.nio.file.Path;

/** {@code curl --ssl} and {@code --ssl-reqd}. */
final class Curl extends OneShot {

  @Override
  String send(Cell cell, MockExchange exchange, Path ca) {
    Tool.Run run =
        Tool.CURL.run(
            MESSAGE,
            hangs(exchange),
            "--disable",
            "--silent",
            "--show-error",
            cell.mode() == Mode.REQUIRED ? "--ssl-reqd" : "--ssl",
            "--tls-max",
            cell.isOld() ? "1.2" : "1.3",
            "--cacert",
            ca.toString(),
            "--max-time",
            Integer.toString(patience(cell)),
            "--mail-from",
            "app@sender.example",
            "--mail-rcpt",
            cell.recipient(),
            "--upload-file",
            "-",
            "smtp://%s:%d/sender.example".formatted(exchange.host(), exchange.port()));
    return told(run, line -> line.startsWith("curl:"));
  }
}
