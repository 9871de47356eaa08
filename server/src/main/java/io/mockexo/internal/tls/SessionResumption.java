package io.mockexo.internal.tls;

import io.mockexo.tls.ClientIdentity;
import java.io.IOException;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsSession;
import org.jspecify.annotations.Nullable;

/** What one handshake has to do with the sessions of its server, where these can be resumed. */
final class SessionResumption {

  private final ResumableSessions sessions;
  private final SessionTerms terms;
  private @Nullable ResumableSession session;

  private SessionResumption(ResumableSessions sessions, SessionTerms terms) {
    this.sessions = sessions;
    this.terms = terms;
  }

  /** For a handshake with these terms; null where its policy does not have sessions resumed. */
  static @Nullable SessionResumption ifAllowed(ResumableSessions sessions, SessionTerms terms) {
    return terms.policy().sessionResumption() ? new SessionResumption(sessions, terms) : null;
  }

  /** The session that the client asks for; null if there is none that it may resume. */
  @Nullable TlsSession find(byte[] id, TlsContext context) {
    ResumableSession found = sessions.find(id);
    if (found == null || !found.terms().holdUnder(terms)) {
      return null;
    }
    session = found;
    return found.forBouncyCastle(context.getCrypto());
  }

  /** Who the client of the session is by its certificate; null if it showed none. */
  @Nullable ClientIdentity client() {
    return session == null ? null : session.client();
  }

  /** The handshake has made a new session. */
  void established(TlsContext context, @Nullable ClientIdentity client) throws IOException {
    session = ResumableSession.of(context, terms, client);
    if (session != null) {
      sessions.remember(session);
    }
  }

  /** A fatal alert was sent or received, after which a session is over (RFC 5246, 7.2.2). */
  void failed() {
    if (session != null) {
      sessions.forget(session);
    }
  }
}
