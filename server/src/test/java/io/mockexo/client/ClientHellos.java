package io.mockexo.client;

import java.util.HexFormat;

/** ClientHellos as bytes, for clients that this JVM cannot be. */
final class ClientHellos {

  private ClientHellos() {}

  /** A small hello of TLS 1.1 with two suites and no extensions. */
  static byte[] tls11() {
    return HexFormat.of()
        .parseHex(
            "160301002f" // handshake record of 47 bytes
                + "0100002b0302" // ClientHello of 43 bytes, TLS 1.1
                + "00".repeat(32) // random
                + "00" // no session id
                + "0004c014002f" // two cipher suites
                + "0100"); // null compression
  }
}
