package io.mockexo.internal.tls;

import java.io.IOException;
import java.io.OutputStream;
import org.bouncycastle.tls.NewSessionTicket;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsNonceGenerator;

/**
 * A NewSessionTicket in the format of TLS 1.3 (RFC 8446, section 4.6.1), which Bouncy Castle does
 * not have. It stands for nothing: Bouncy Castle's server takes no pre-shared key for resumption,
 * so that a client which offers it gets a full handshake.
 */
final class SessionTicket extends NewSessionTicket {

  /** Ten hours, as long as Schannel caches sessions by default. Nothing depends on it. */
  private static final long LIFETIME_SECONDS = 36_000;

  /** About that of OpenSSL, which encrypts the session into it. */
  private static final int LENGTH = 192;

  private static final int AGE_ADD_LENGTH = 4;
  private static final int NO_EXTENSIONS = 0;

  private final byte[] ageAdd;
  private final int nonce;

  /**
   * A ticket of one connection.
   *
   * @param nonce tells it from others of this connection
   */
  SessionTicket(int nonce, TlsNonceGenerator random) {
    super(LIFETIME_SECONDS, random.generateNonce(LENGTH));
    this.ageAdd = random.generateNonce(AGE_ADD_LENGTH);
    this.nonce = nonce;
  }

  @Override
  public void encode(OutputStream output) throws IOException {
    TlsUtils.writeUint32(getTicketLifetimeHint(), output);
    output.write(ageAdd);
    TlsUtils.writeOpaque8(new byte[] {(byte) nonce}, output);
    TlsUtils.writeOpaque16(getTicket(), output);
    TlsUtils.writeUint16(NO_EXTENSIONS, output);
  }
}
