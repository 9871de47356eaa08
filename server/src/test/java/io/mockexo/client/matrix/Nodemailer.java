package io.mockexo.client.matrix;

import io.mockexo.client.Tool;
import io.mockexo.server.MockExchange;
import java.nio.file.Files;
import java.nio.file.Path;

/** Nodemailer as it is by default but for the CA, and with {@code requireTLS}. */
final class Nodemailer extends OneShot {

  /** Where {@code npm ci} puts it; tests run in the folder of their module. */
  private static final Path PACKAGE =
      Path.of("../docker/examples/node/node_modules/nodemailer").toAbsolutePath().normalize();

  private static final String SCRIPT =
      """
      const [module, host, port, to, ca, requireTLS, patience, maxVersion] = process.argv.slice(1);
      const transport = require(module).createTransport({
        host, port: Number(port), name: 'sender.example', requireTLS: requireTLS === 'true',
        tls: { ca: require('fs').readFileSync(ca), maxVersion },
        greetingTimeout: patience * 1000, socketTimeout: patience * 1000
      });
      transport.sendMail({ from: 'app@sender.example', to, subject: 'hello', text: 'hello' })
        .catch(e => { console.log('told: ' + e.code + ': ' + e.message); process.exitCode = 1; });
      """;

  @Override
  String send(Cell cell, MockExchange exchange, Path ca) {
    if (!Files.isDirectory(PACKAGE)) {
      throw Tool.missing("Nodemailer is not installed; npm ci in docker/examples/node installs it");
    }
    Tool.Run run =
        Tool.NODE.run(
            "",
            hangs(exchange),
            "-e",
            SCRIPT,
            PACKAGE.toString(),
            exchange.host(),
            Integer.toString(exchange.port()),
            cell.recipient(),
            ca.toString(),
            Boolean.toString(cell.mode() == Mode.REQUIRED),
            Integer.toString(patience(cell)),
            cell.isOld() ? "TLSv1.2" : "TLSv1.3");
    return Scripts.told(run);
  }
}
