package io.mockexo.internal.tls;

import io.mockexo.tls.ClientIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Hashtable;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SessionParameters;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsSession;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to resume a session. Not Bouncy Castle's own object: that keeps certificates and
 * the crypto of its connection alive, and its master secret is destroyed when one of several
 * attempts to resume it fails.
 */
@SuppressWarnings("JdkObsolete") // the table is Bouncy Castle's
final class ResumableSession {

  private final byte[] id;
  private final SessionTerms terms;
  private final @Nullable ClientIdentity client;
  private final ProtocolVersion version;
  private final int cipherSuite;
  private final @Nullable Hashtable<?, ?> serverExtensions;
  private final byte[] masterSecret;

  private ResumableSession(
      byte[] id,
      SessionTerms terms,
      @Nullable ClientIdentity client,
      SessionParameters negotiated,
      byte[] masterSecret)
      throws IOException {
    this.id = id;
    this.terms = terms;
    this.client = client;
    this.version = negotiated.getNegotiatedVersion();
    this.cipherSuite = negotiated.getCipherSuite();
    this.serverExtensions = negotiated.readServerExtensions();
    this.masterSecret = masterSecret;
  }

  /**
   * The session of a connection that was just established; null if it must not be resumed: without
   * the extended master secret that would be open to a man in the middle (RFC 7627, section 5.4).
   */
  static @Nullable ResumableSession of(
      TlsContext context, SessionTerms terms, @Nullable ClientIdentity client) throws IOException {
    TlsSession session = context.getSession();
    SessionParameters negotiated = session.exportSessionParameters();
    if (!session.isResumable() || !negotiated.isExtendedMasterSecret()) {
      return null;
    }
    byte[] secret = context.getCrypto().adoptSecret(negotiated.getMasterSecret()).extract();
    return new ResumableSession(session.getSessionID(), terms, client, negotiated, secret);
  }

  ByteBuffer id() {
    return ByteBuffer.wrap(id);
  }

  SessionTerms terms() {
    return terms;
  }

  /** Who the client is by the certificate that it showed when the session began. */
  @Nullable ClientIdentity client() {
    return client;
  }

  /** For one attempt, which may destroy it. */
  TlsSession forBouncyCastle(TlsCrypto crypto) {
    try {
      return TlsUtils.importSession(
          id,
          new SessionParameters.Builder()
              .setNegotiatedVersion(version)
              .setCipherSuite(cipherSuite)
              .setExtendedMasterSecret(true)
              .setServerExtensions(serverExtensions)
              .setMasterSecret(crypto.createSecret(masterSecret.clone()))
              .build());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // of a ByteArrayOutputStream
    }
  }
}
