package io.mockexo.client;

import io.mockexo.server.MockExchange;
import io.mockexo.tls.TlsVersion;
import java.util.ArrayList;
import java.util.List;

/** {@code openssl s_client} against a mock. */
final class OpenSsl {

  static final List<TlsVersion> VERSIONS =
      List.of(TlsVersion.TLS_1_0, TlsVersion.TLS_1_1, TlsVersion.TLS_1_2, TlsVersion.TLS_1_3);

  /** Debian's OpenSSL allows TLS 1.0 and 1.1 at security level 0 only. */
  static final String ALL_CIPHERS = "ALL:@SECLEVEL=0";

  private OpenSsl() {}

  /** The option that limits it to this version. */
  static String option(TlsVersion version) {
    return "-tls1" + (version == TlsVersion.TLS_1_0 ? "" : "_" + (version.code() - 0x0301));
  }

  /** Shakes hands in this version, and says QUIT. */
  static Tool.Run quit(MockExchange exchange, TlsVersion version, String... options) {
    List<String> all = new ArrayList<>(List.of("-crlf", option(version)));
    all.addAll(List.of(options));
    return sClient(exchange, "QUIT\n", all.toArray(String[]::new));
  }

  /**
   * Runs {@code openssl s_client -starttls smtp}.
   *
   * @param input what it sends after the handshake
   */
  static Tool.Run sClient(MockExchange exchange, String input, String... options) {
    List<String> all = new ArrayList<>(List.of("-ign_eof"));
    all.addAll(List.of(options));
    return sClientWithCommands(exchange, input, all.toArray(String[]::new));
  }

  /** The same, where a line that begins with {@code R} asks for renegotiation, not for the R. */
  static Tool.Run sClientWithCommands(MockExchange exchange, String input, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "s_client",
                "-starttls",
                "smtp",
                "-connect",
                exchange.host() + ":" + exchange.port()));
    arguments.addAll(List.of(options));
    return Tool.OPENSSL.run(input, arguments.toArray(String[]::new));
  }
}
