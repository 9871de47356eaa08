package io.mockexo.assertj;

import static io.mockexo.tls.AlertDescription.BAD_CERTIFICATE;
import static io.mockexo.tls.AlertDescription.BAD_CERTIFICATE_STATUS_RESPONSE;
import static io.mockexo.tls.AlertDescription.CERTIFICATE_EXPIRED;
import static io.mockexo.tls.AlertDescription.CERTIFICATE_REVOKED;
import static io.mockexo.tls.AlertDescription.CERTIFICATE_UNKNOWN;
import static io.mockexo.tls.AlertDescription.UNKNOWN_CA;
import static io.mockexo.tls.AlertDescription.UNSUPPORTED_CERTIFICATE;

import io.mockexo.journal.SessionEvent.Alert;
import io.mockexo.journal.SmtpSession;
import io.mockexo.tls.AlertDescription;
import java.util.Set;

/** What a client did with the server's certificate, as far as it shows. */
final class Certificates {

  /** RFC 8446, section 6.2. */
  private static final Set<AlertDescription> DISLIKE =
      Set.of(
          BAD_CERTIFICATE,
          UNSUPPORTED_CERTIFICATE,
          CERTIFICATE_REVOKED,
          CERTIFICATE_EXPIRED,
          CERTIFICATE_UNKNOWN,
          UNKNOWN_CA,
          BAD_CERTIFICATE_STATUS_RESPONSE);

  private Certificates() {}

  /** Whether the client said so, or left without a word where others go on. */
  static boolean wasRejected(SmtpSession session) {
    boolean saidSo =
        session.alertsReceived().stream()
            .flatMap(alert -> AlertDescription.ofCode(alert.code()).stream())
            .anyMatch(DISLIKE::contains);
    boolean leftForAnotherReason =
        session.alertsReceived().stream().anyMatch(Alert::fatal) || !session.faults().isEmpty();
    return saidSo || (session.abandonedTls() && !leftForAnotherReason);
  }
}
