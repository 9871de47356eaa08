package io.mockexo.client.matrix;

import io.mockexo.client.Tool;
import io.mockexo.server.MockExchange;
import java.nio.file.Path;

/**
 * Python's smtplib. Opportunistic is what many scripts do, who ask for STARTTLS with {@code
 * has_extn} and hand no context to it; required is what the documentation tells.
 */
final class Smtplib extends OneShot {

  private static final String SCRIPT =
      """
      import smtplib, ssl, sys
      host, port, recipient, ca, required, patience, old, message = sys.argv[1:]
      def limited(context):
          if old == "True":
              context.maximum_version = ssl.TLSVersion.TLSv1_2
          return context
      try:
          with smtplib.SMTP(host, int(port), "sender.example", int(patience)) as smtp:
              if required == "True":
                  smtp.starttls(context=limited(ssl.create_default_context(cafile=ca)))
              else:
                  smtp.ehlo()
                  if smtp.has_extn("starttls") and old == "True":
                      unchecked = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
                      unchecked.check_hostname = False
                      unchecked.verify_mode = ssl.CERT_NONE
                      smtp.starttls(context=limited(unchecked))
                  elif smtp.has_extn("starttls"):
                      smtp.starttls()
              smtp.sendmail("app@sender.example", [recipient], message)
      except Exception as e:
          sys.exit("told: " + type(e).__name__ + ": " + str(e))
      """;

  @Override
  String send(Cell cell, MockExchange exchange, Path ca) {
    Tool.Run run =
        Tool.PYTHON.run(
            "",
            hangs(exchange),
            "-c",
            SCRIPT,
            exchange.host(),
            Integer.toString(exchange.port()),
            cell.recipient(),
            ca.toString(),
            cell.mode() == Mode.REQUIRED ? "True" : "False",
            Integer.toString(patience(cell)),
            cell.isOld() ? "True" : "False",
            MESSAGE);
    return Scripts.told(run);
  }
}
