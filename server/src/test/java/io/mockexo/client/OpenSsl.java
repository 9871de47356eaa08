package io.mockexo.client;

import io.mockexo.server.MockExchange;
import java.util.ArrayList;
import java.util.List;

/** {@code openssl s_client} against a mock. */
final class OpenSsl {

  private OpenSsl() {}

  /**
   * Runs {@code openssl s_client -starttls smtp}.
   *
   * @param input what it sends after the handshake
   */
  static Tool.Run sClient(MockExchange exchange, String input, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "s_client",
                "-starttls",
                "smtp",
                "-connect",
                exchange.host() + ":" + exchange.port(),
                "-ign_eof"));
    arguments.addAll(List.of(options));
    return Tool.OPENSSL.run(input, arguments.toArray(String[]::new));
  }
}
