package io.mockexo.journal;

import io.mockexo.journal.SessionEvent.Alert;
import io.mockexo.tls.AlertDescription;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why TLS failed on a connection, under the name that a sender would report it by with SMTP TLS
 * reporting (RFC 8460, section 4.3.1).
 *
 * @param resultType the name
 * @param inferred whether it is concluded from what the client showed of its mind, its alert or its
 *     leaving: clients differ in that, and some say nothing
 * @param reason in a few words, for {@code failure-reason-code}
 * @since 0.1
 */
public record TlsRptFailure(ResultType resultType, boolean inferred, String reason) {

  /**
   * The result types that a connection can tell of. A wrong host name is not among them: no alert
   * says so. Nor are those of policies, which are the sender's.
   *
   * @since 0.1
   */
  public enum ResultType {
    /** STARTTLS was not on offer to a client that asked, or was refused. */
    STARTTLS_NOT_SUPPORTED,
    /** The client said {@code certificate_expired}. */
    CERTIFICATE_EXPIRED,
    /** The client said {@code unknown_ca}. */
    CERTIFICATE_NOT_TRUSTED,
    /** Anything else: a refused version, a lost connection, a certificate it did not like. */
    VALIDATION_FAILURE;

    /** The name in a report: {@code starttls-not-supported}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * What a session has of it; empty where TLS worked, is still being negotiated, or was on offer
   * and not asked for.
   */
  public static Optional<TlsRptFailure> of(SmtpSession session) {
    if (session.failedTls()) {
      return Optional.of(ofHandshake(session));
    } else if (session.abandonedTls()) {
      return Optional.of(
          new TlsRptFailure(ResultType.VALIDATION_FAILURE, true, SessionSummary.tlsPart(session)));
    }
    return session.tls().isEmpty() && lacksStartTls(session)
        ? Optional.of(withoutStartTls(session))
        : Optional.empty();
  }

  private static TlsRptFailure ofHandshake(SmtpSession session) {
    String reason = SessionSummary.tlsPart(session);
    // What a client says to a refusal is no judgement of ours.
    ResultType told =
        session.tlsRefused().isPresent()
            ? null
            : session.alertsReceived().stream()
                .filter(Alert::fatal)
                .findFirst()
                .flatMap(alert -> AlertDescription.ofCode(alert.code()))
                .map(TlsRptFailure::ofCertificate)
                .orElse(null);
    return told == null
        ? new TlsRptFailure(ResultType.VALIDATION_FAILURE, false, reason)
        : new TlsRptFailure(told, true, reason);
  }

  /** Null for an alert that is about something else. */
  private static @Nullable ResultType ofCertificate(AlertDescription alert) {
    return switch (alert) {
      case CERTIFICATE_EXPIRED -> ResultType.CERTIFICATE_EXPIRED;
      case UNKNOWN_CA -> ResultType.CERTIFICATE_NOT_TRUSTED;
      case BAD_CERTIFICATE, UNSUPPORTED_CERTIFICATE, CERTIFICATE_REVOKED, CERTIFICATE_UNKNOWN ->
          ResultType.VALIDATION_FAILURE;
      default -> null;
    };
  }

  private static boolean lacksStartTls(SmtpSession session) {
    return session.startTlsRefused()
        || DialogueFacts.of(session.events()).cleartextReasonNow()
            == CleartextReason.STARTTLS_NOT_OFFERED;
  }

  private static TlsRptFailure withoutStartTls(SmtpSession session) {
    String reason =
        session
            .startTlsReply()
            .map(reply -> "STARTTLS refused with " + reply.code())
            .orElse(CleartextReason.STARTTLS_NOT_OFFERED.toString());
    return new TlsRptFailure(ResultType.STARTTLS_NOT_SUPPORTED, false, reason);
  }
}
