package io.mockexo.internal.smtp;

import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;

/**
 * The errors of one client, which a server on premises bears only so many of ({@code
 * MaxProtocolErrors}, {@code MaxLogonFailures}; facts 8, D for the numbers). What counts as a
 * protocol error is G: a reply of 500 to 504, which says that a command was wrong, and not that
 * something was not granted.
 */
final class ErrorCount {

  private final int maxProtocolErrors;
  private final int maxLogonFailures;
  private int protocolErrors;
  private int logonFailures;

  private ErrorCount(int maxProtocolErrors, int maxLogonFailures) {
    this.maxProtocolErrors = maxProtocolErrors;
    this.maxLogonFailures = maxLogonFailures;
  }

  static ErrorCount of(ExchangeProfile profile) {
    return profile.endpoint() == Endpoint.ON_PREMISES
        ? new ErrorCount(
            profile.receiveConnector().maxProtocolErrors(),
            profile.receiveConnector().maxLogonFailures())
        : new ErrorCount(Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  /**
   * Counts a refusal; whether it is one more than is borne. A logon has failed when credentials
   * were refused: AUTH that came to none is a protocol error.
   */
  boolean isOneTooMany(SmtpReply refusal, boolean ofAuth) {
    if (ofAuth && refusal.code() == 535) {
      return ++logonFailures > maxLogonFailures;
    }
    return refusal.code() / 10 == 50 && ++protocolErrors > maxProtocolErrors;
  }
}
