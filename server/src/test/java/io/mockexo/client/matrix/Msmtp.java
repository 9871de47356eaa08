package io.mockexo.client.matrix;

import io.mockexo.client.Tool;
import io.mockexo.server.MockExchange;
import java.nio.file.Path;
import java.util.List;

/** msmtp, which knows TLS or none, but nothing in between. */
final class Msmtp extends OneShot {

  @Override
  public List<Mode> modes() {
    return List.of(Mode.OFF, Mode.REQUIRED);
  }

  @Override
  String send(Cell cell, MockExchange exchange, Path ca) {
    Tool.Run run =
        Tool.MSMTP.run(
            MESSAGE,
            hangs(exchange),
            "--host=" + exchange.host(),
            "--port=" + exchange.port(),
            "--domain=sender.example",
            "--from=app@sender.example",
            "--tls=" + (cell.mode() == Mode.REQUIRED ? "on" : "off"),
            "--tls-starttls=on",
            "--tls-trust-file=" + ca,
            "--tls-priorities=" + (cell.isOld() ? "NORMAL:-VERS-TLS1.3" : "NORMAL"),
            "--timeout=" + patience(cell),
            cell.recipient());
    return told(run, line -> line.startsWith("msmtp:") && !line.contains("could not send mail"));
  }
}
