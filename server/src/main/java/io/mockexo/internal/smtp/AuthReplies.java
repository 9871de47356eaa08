package io.mockexo.internal.smtp;

import static io.mockexo.fault.ExchangeError.SERVER_BUSY;

import io.mockexo.exchange.AuthRefusal;

/**
 * What AUTH is answered with, in Exchange Online's words; sources as in {@link ExchangeReplies}.
 */
final class AuthReplies {

  private static final String UNSUCCESSFUL = "5.7.139 Authentication unsuccessful, ";

  private final ExchangeReplies replies;

  AuthReplies(ExchangeReplies replies) {
    this.replies = replies;
  }

  /** A refusal without what ends it, in the form in which a later refusal of MAIL quotes it. */
  record Refused(int code, String text) {}

  /** Facts 3.2, V: {@code Username:} in base64. */
  SmtpReply askUserName() {
    return SmtpReply.of(334, "VXNlcm5hbWU6");
  }

  /** Facts 3.2, V: {@code Password:} in base64. */
  SmtpReply askPassword() {
    return SmtpReply.of(334, "UGFzc3dvcmQ6");
  }

  /** Facts 3.2, V: 334, a space, and nothing. */
  SmtpReply askToken() {
    return SmtpReply.of(334, "");
  }

  /** Facts 3.2, V. */
  SmtpReply authenticated() {
    return SmtpReply.of(235, "2.7.0 Authentication successful");
  }

  /**
   * Facts 3.2 "wrong password", 2026, V; on premises the words with which Exchange Server is widely
   * quoted, S.
   */
  Refused wrongCredentials() {
    return replies.isOnPremises()
        ? tokenRefused()
        : new Refused(535, UNSUCCESSFUL + "the user credentials were incorrect.");
  }

  /** Facts 3.2, 2023, V: at once, without the challenge of the mechanism. */
  Refused tokenRefused() {
    return new Refused(535, "5.7.3 Authentication unsuccessful");
  }

  /** Facts 3.2; throttled G: the words of RCPT (facts 4), for which no answer to AUTH was found. */
  Refused refused(AuthRefusal why) {
    return switch (why) {
      // V
      case BASIC_AUTH_DISABLED ->
          new Refused(535, UNSUCCESSFUL + "basic authentication is disabled.");
      // S; at AUTH or MAIL is not told
      case BASIC_AUTH_RETIRED ->
          new Refused(550, "5.7.30 Basic authentication is not supported for Client Submission.");
      // S
      case SMTP_AUTH_DISABLED_FOR_TENANT -> smtpAuthDisabled("Tenant");
      case SMTP_AUTH_DISABLED_FOR_MAILBOX -> smtpAuthDisabled("Mailbox");
      // V
      case CONDITIONAL_ACCESS ->
          new Refused(
              535,
              UNSUCCESSFUL
                  + "the request did not meet the criteria to be authenticated successfully."
                  + " Contact your administrator.");
      // S
      case SECURITY_DEFAULTS ->
          new Refused(
              535,
              UNSUCCESSFUL
                  + "user is locked by your organization's security defaults policy. Contact your"
                  + " administrator.");
      // D
      case FEDERATION_UNREACHABLE ->
          new Refused(535, UNSUCCESSFUL + "federated STS service was unreachable.");
      // D
      case FEDERATION_WITHOUT_HTTPS ->
          new Refused(535, UNSUCCESSFUL + "the federated STS URL does not support HTTPS.");
      case THROTTLED ->
          new Refused(SERVER_BUSY.code(), SERVER_BUSY.text().replace("<ip>", replies.client()));
      // V
      case TEMPORARY_SERVER_ERROR ->
          new Refused(451, "4.7.0 Temporary server error. Please try again later. PRX2");
    };
  }

  private static Refused smtpAuthDisabled(String where) {
    return new Refused(
        535,
        UNSUCCESSFUL
            + "SmtpClientAuthentication is disabled for the "
            + where
            + ". Visit https://aka.ms/smtp_auth_disabled for more information.");
  }

  /** One of the refusals above. */
  SmtpReply authenticationFailed(Refused refused) {
    return replies.negative(refused.code(), refused.text());
  }

  /** Facts 3.2 "legacy endpoint, tenant not opted in", S; the reply code G. */
  SmtpReply oldTlsNotSupportedByOrganization() {
    return replies.negative(535, "5.7.67 TLS 1.0 and 1.1 are not supported by your organization");
  }

  /** On premises; the words with which Exchange Server is widely quoted, S. */
  SmtpReply askNtlm() {
    return SmtpReply.of(334, "NTLM supported");
  }

  /**
   * Facts 3.2, V for client submission, in the clear and inside TLS; on MX, which offers no AUTH,
   * G.
   */
  SmtpReply unrecognizedAuthenticationType() {
    return replies.negative(504, "5.7.4 Unrecognized authentication type");
  }

  /** RFC 4954, section 4: 501 to {@code *}. Own text, G. */
  SmtpReply authenticationCanceled() {
    return replies.negative(501, "5.7.0 Authentication canceled");
  }

  /** RFC 4954, sections 4 and 6: 501 5.5.2 to what is not base64. Own text, G. */
  SmtpReply authenticationNotBase64() {
    return replies.negative(501, "5.5.2 Authentication response is not base64");
  }

  /** RFC 4954, section 6: 500 5.5.6. Own text, G. */
  SmtpReply authenticationLineTooLong() {
    return replies.negative(500, "5.5.6 Authentication exchange line is too long");
  }
}
