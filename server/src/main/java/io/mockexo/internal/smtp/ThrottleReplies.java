package io.mockexo.internal.smtp;

import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.fault.ExchangeError;
import org.jspecify.annotations.Nullable;

/** Which error of Exchange answers a client that does too much, on this endpoint in this year. */
final class ThrottleReplies {

  private final ErrorReplies errors;
  private final ExchangeProfile profile;

  ThrottleReplies(ErrorReplies errors, ExchangeProfile profile) {
    this.errors = errors;
    this.profile = profile;
  }

  SmtpReply serverBusy() {
    return said(
        profile.endpoint() == Endpoint.CONSUMER_MX
            ? ExchangeError.SERVER_BUSY_ON_CONSUMER_MX
            : ExchangeError.SERVER_BUSY);
  }

  /** When the words changed, G. */
  SmtpReply rateLimited() {
    return said(
        profile.asOf().year() > 2024
            ? ExchangeError.RATE_LIMITED
            : ExchangeError.RATE_LIMITED_UNTIL_2024);
  }

  SmtpReply tooManyConnections() {
    return said(ExchangeError.TOO_MANY_CONNECTIONS);
  }

  /** When the words changed, G; the newer are of 2021. */
  SmtpReply tooManyConnectionsPerSource() {
    return said(
        profile.asOf().year() < 2021
            ? ExchangeError.TOO_MANY_CONNECTIONS_UNTIL_2020
            : ExchangeError.TOO_MANY_CONNECTIONS_PER_SOURCE);
  }

  /** When the words changed, G; the newer are quoted since 2021. */
  SmtpReply tooManyParallelSubmissions(@Nullable String user) {
    return errors.of(
        profile.asOf().year() < 2021
            ? ExchangeError.SENDER_THREAD_LIMIT
            : ExchangeError.CONCURRENT_SUBMISSIONS,
        user,
        null);
  }

  private SmtpReply said(ExchangeError error) {
    return errors.of(error, null, null);
  }
}
