package io.mockexo.standalone.evidence.log;

import io.mockexo.exchange.Endpoint;
import io.mockexo.journal.SessionEvent.Alert;
import io.mockexo.journal.SmtpSession;
import io.mockexo.standalone.evidence.log.Said.Certainty;
import io.mockexo.tls.AlertDescription;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** TLS was begun and came to nothing. */
final class HandshakeWords {

  static final String DEPENDS =
      "Whether the mail goes on in cleartext or waits is the sender's setting: RequireTLS of the"
          + " send connector, smtp_tls_security_level (may or encrypt), hosts_require_tls.";

  private static final Set<AlertDescription> ON_CERTIFICATES =
      EnumSet.of(
          AlertDescription.BAD_CERTIFICATE,
          AlertDescription.UNSUPPORTED_CERTIFICATE,
          AlertDescription.CERTIFICATE_REVOKED,
          AlertDescription.CERTIFICATE_EXPIRED,
          AlertDescription.CERTIFICATE_UNKNOWN,
          AlertDescription.UNKNOWN_CA);

  private final SmtpSession session;
  private final SenderLines lines;
  private final List<Said> said = new ArrayList<>();

  private HandshakeWords(SmtpSession session) {
    this.session = session;
    this.lines = new SenderLines(session);
  }

  static Optional<SenderWords> of(SmtpSession session) {
    HandshakeWords words = new HandshakeWords(session);
    if (session.abandonedTls() || dislikedCertificate(session)) {
      return Optional.of(words.ofCertificate());
    }
    return HandshakeFailure.toTheSender(session).map(words::ofFailure);
  }

  private static boolean dislikedCertificate(SmtpSession session) {
    return session.failedTls()
        && session.tlsRefused().isEmpty()
        && session.alertsReceived().stream()
            .map(Alert::code)
            .flatMap(code -> AlertDescription.ofCode(code).stream())
            .anyMatch(ON_CERTIFICATES::contains);
  }

  private SenderWords ofFailure(String word) {
    boolean known =
        word.equals(HandshakeFailure.SOCKET_ERROR) || word.equals(HandshakeFailure.TIMED_OUT);
    exchange(word, known ? Certainty.SEEN : Certainty.GUESSED);
    String reset = "Connection reset by peer";
    if (word.equals(HandshakeFailure.TIMED_OUT)) {
      postfix("Connection timed out", Certainty.SEEN);
      exim("(gnutls_handshake): timed out");
    } else if (session.wasReset()) {
      postfix(reset, Certainty.SEEN);
      exim("(gnutls_handshake): Error in the pull function.");
    } else if (known) {
      postfix("lost connection", Certainty.SECOND_HAND);
      exim("(gnutls_handshake): The TLS connection was non-properly terminated.");
    } else {
      postfix("-1", Certainty.SECOND_HAND);
    }
    if (session.endpoint() == Endpoint.ON_PREMISES) {
      exchangeOnline(word);
    }
    return new SenderWords(said, Advice.onHandshake(session, word), DEPENDS);
  }

  /** Facts 6.1, and 6.2 for the log: V for the two words that were seen. */
  private void exchange(String word, Certainty certainty) {
    String error = SenderLines.dropped(word);
    said.add(Said.exchange("send log", LogText.negotiation(word), certainty));
    said.add(Said.exchange("queue, if RequireTLS is true", lines.lastError(error), certainty));
    said.add(
        Said.exchange(
            "NDR after two days, if RequireTLS is true",
            lines.returned(SenderLines.expired(error)),
            certainty));
  }

  /** Facts 7, X79, V; that it is deferred our own tests see. */
  private void postfix(String error, Certainty certainty) {
    said.add(
        Said.postfix(
            "log", "SSL_connect error to %s: %s".formatted(lines.hostAndPort(), error), certainty));
    said.add(
        Said.postfix(
            "log", "status=deferred (Cannot start TLS: handshake failure)", Certainty.SEEN));
    said.add(
        Said.postfix(
            "NDR after five days, if the level is encrypt",
            "<recipient>: Cannot start TLS: handshake failure",
            Certainty.SECOND_HAND));
  }

  /** Of an Exim with GnuTLS, as Debian's is; our own tests see it. */
  private void exim(String error) {
    said.add(Said.exim("TLS session: " + error, Certainty.SEEN));
  }

  /** Facts 6.3, X73, V for SocketError. */
  private void exchangeOnline(String word) {
    said.add(
        new Said(
            Said.EXCHANGE_ONLINE,
            "message trace, if a connector requires TLS",
            "450 4.4.317 Cannot connect to remote server [Message=451 4.4.0 %s]"
                .formatted(LogText.negotiation(word)),
            word.equals(HandshakeFailure.SOCKET_ERROR) ? Certainty.SEEN : Certainty.GUESSED));
  }

  /** The words of Postfix and Exim are those that our own tests see. */
  private SenderWords ofCertificate() {
    HandshakeFailure.toTheSender(session)
        .ifPresent(
            word ->
                said.add(Said.exchange("send log", LogText.negotiation(word), Certainty.GUESSED)));
    said.add(
        Said.postfix("log", "status=deferred (Server certificate not verified)", Certainty.SEEN));
    said.add(Said.exim("TLS session: (certificate verification failed)", Certainty.SEEN));
    if (session.endpoint() == Endpoint.ON_PREMISES) {
      said.add(
          new Said(
              Said.EXCHANGE_ONLINE,
              "message trace, if a connector checks certificates",
              "450 4.7.320 Certificate validation failed",
              Certainty.DOCUMENTED));
    }
    return new SenderWords(
        said,
        "Look at what the sender trusts, at the name that it expects, and at the dates of the"
            + " certificate that we show.",
        "What the sender had against the certificate: its alert, if it sent one, is all that it"
            + " says of it.");
  }
}
