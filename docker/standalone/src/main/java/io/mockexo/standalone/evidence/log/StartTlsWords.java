package io.mockexo.standalone.evidence.log;

import io.mockexo.journal.SessionEvent.ReplySent;
import io.mockexo.journal.SmtpSession;
import io.mockexo.journal.TlsRptFailure;
import io.mockexo.standalone.evidence.log.Said.Certainty;
import java.util.List;
import java.util.Optional;

/** TLS could not be begun, and no mail was sent: what a sender says that requires it. */
final class StartTlsWords {

  private StartTlsWords() {}

  static Optional<SenderWords> of(SmtpSession session) {
    return TlsRptFailure.of(session)
        .filter(f -> f.resultType() == TlsRptFailure.ResultType.STARTTLS_NOT_SUPPORTED)
        .filter(failure -> session.reachedEhlo() && session.isComplete())
        .map(
            failure ->
                session
                    .startTlsReply()
                    .map(reply -> refused(session, reply))
                    .orElseGet(() -> notOffered(session)));
  }

  /** Troubleshooting TLS SMTP Connections, 2014, D; Postfix and Exim by our own tests. */
  private static SenderWords notOffered(SmtpSession session) {
    SenderLines lines = new SenderLines(session);
    return words(
        List.of(
            Said.exchange(
                "queue, if RequireTLS is true",
                responded("451 5.7.3 STARTTLS is required to send mail."),
                Certainty.SEEN),
            Said.postfix(
                "log, if the level is encrypt",
                "status=deferred (TLS is required, but was not offered by host %s)"
                    .formatted(lines.host()),
                Certainty.SEEN),
            Said.exim(
                "a TLS session is required, but the server did not offer TLS support",
                Certainty.SEEN)),
        Advice.NOT_OFFERED);
  }

  private static SenderWords refused(SmtpSession session, ReplySent reply) {
    SenderLines lines = new SenderLines(session);
    String text = LogText.of(reply, " ");
    return words(
        List.of(
            Said.exchange("queue, if RequireTLS is true", responded(text), Certainty.GUESSED),
            Said.postfix(
                "log, if the level is encrypt",
                "status=deferred (TLS is required, but host %s refused to start TLS: %s)"
                    .formatted(lines.host(), text),
                Certainty.SEEN),
            Said.exim(
                "a TLS session is required, but an attempt to start TLS failed", Certainty.SEEN)),
        "Look for the device that answers STARTTLS in our place, or for a server without a"
            + " certificate.");
  }

  private static SenderWords words(List<Said> said, String change) {
    return new SenderWords(said, change, HandshakeWords.DEPENDS);
  }

  static String responded(String reply) {
    return "451 4.4.0 Primary target IP address responded with: \"%s\"".formatted(reply);
  }
}
