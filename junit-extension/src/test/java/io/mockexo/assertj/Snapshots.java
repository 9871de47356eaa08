package io.mockexo.assertj;

import static io.mockexo.assertj.SessionBuilder.NOON;
import static io.mockexo.assertj.SessionBuilder.session;

import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import io.mockexo.tls.TlsVersion;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Snapshots of sessions, and sessions that are often needed. */
final class Snapshots {

  private Snapshots() {}

  /** As after waiting for quiet, a minute after noon. */
  static Sessions quiet(SmtpSession... sessions) {
    return quietUntil(Duration.ofMinutes(1), sessions);
  }

  static Sessions quietUntil(Duration afterNoon, SmtpSession... sessions) {
    return new Sessions(List.of(sessions), 0, 0, true, NOON.plus(afterNoon));
  }

  /** As while the client may still be at work. */
  static Sessions soFar(SmtpSession... sessions) {
    int open = (int) List.of(sessions).stream().filter(s -> !s.isComplete()).count();
    return new Sessions(List.of(sessions), 0, open, false, NOON.plusSeconds(60));
  }

  /** A client that is limited to TLS 1.1, and refused. */
  static SmtpSession tlsRefused(int number) {
    return session(number).tlsRefused(TlsVersion.TLS_1_1).closedByServer();
  }

  /** A delivery in cleartext, although STARTTLS was on offer. */
  static SmtpSession cleartext(int number) {
    return cleartext(number, "<1@a>");
  }

  static SmtpSession cleartext(int number, @Nullable String messageId) {
    return session(number).offered().deliver(messageId).closed();
  }

  /** A delivery where STARTTLS was not on offer. */
  static SmtpSession notOffered(int number) {
    return session(number).ehlo().deliver("<1@a>").closed();
  }

  /** A delivery over TLS. */
  static SmtpSession overTls(int number) {
    return overTls(number, TlsVersion.TLS_1_3, "<1@a>");
  }

  static SmtpSession overTls(int number, TlsVersion version, String messageId) {
    return session(number).tls(version).deliver(messageId).closed();
  }

  /**
   * A failure, then two messages on one connection, in cleartext and over TLS: it may have been for
   * either.
   */
  static Sessions failureForEither(TlsVersion version) {
    return quiet(
        tlsRefused(1),
        session(2).offered().deliver("<1@a>").tls(version).deliver("<2@a>").closed());
  }

  /** A scan: the client said nothing. */
  static SmtpSession silent(int number) {
    return session(number).reply(220, "mx.example ready").closed();
  }
}
