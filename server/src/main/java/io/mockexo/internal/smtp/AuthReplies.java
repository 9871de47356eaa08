package io.mockexo.internal.smtp;

/**
 * What AUTH is answered with, in Exchange Online's words; sources as in {@link ExchangeReplies}.
 */
final class AuthReplies {

  /** What AUTH says to wrong credentials. Facts 3.2 "wrong password", 2026, V. */
  static final String WRONG_CREDENTIALS =
      "5.7.139 Authentication unsuccessful, the user credentials were incorrect.";

  /** What AUTH says at once to a token that is not accepted. Facts 3.2, 2023, V. */
  static final String TOKEN_REFUSED = "5.7.3 Authentication unsuccessful";

  private final ExchangeReplies replies;

  AuthReplies(ExchangeReplies replies) {
    this.replies = replies;
  }

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

  /** Facts 3.2: {@link #WRONG_CREDENTIALS} or {@link #TOKEN_REFUSED}. */
  SmtpReply authenticationFailed(String failure) {
    return replies.negative(535, failure);
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
