package io.mockexo.client;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** ClientHellos as bytes, for clients that do with them what no TLS library does. */
public final class ClientHellos {

  private ClientHellos() {}

  /** A small hello of TLS 1.1 with two suites and no extensions. */
  public static byte[] tls11() {
    return HexFormat.of()
        .parseHex(
            "160301002f" // handshake record of 47 bytes
                + "0100002b0302" // ClientHello of 43 bytes, TLS 1.1
                + "00".repeat(32) // random
                + "00" // no session id
                + "0004c014002f" // two cipher suites
                + "0100"); // null compression
  }

  /** What this JVM sends, in one record. */
  public static byte[] ofJdk(SSLContext context, String protocol) throws SSLException {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(true);
    engine.setEnabledProtocols(new String[] {protocol});
    ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), record);
    byte[] hello = new byte[record.flip().remaining()];
    record.get(hello);
    return hello;
  }
}
