package io.mockexo.internal.smtp;

import io.mockexo.exchange.ExchangeProfile;
import java.net.InetAddress;
import java.time.Clock;
import java.util.regex.Pattern;

/**
 * Every reply of one session, in Exchange Online's words.
 *
 * <p>Each says where it is from: the row of the facts file with its confidence (V verbatim, D
 * documented by Microsoft, S second hand, G guess), or the RFC where no row exists. Replies 4xx and
 * 5xx of the service end with {@code [<host> <date> <session id>]}, others do not (facts 0, rule
 * 2). What is of a certain time follows the {@linkplain io.mockexo.exchange.AsOf year} of the
 * profile.
 */
final class ExchangeReplies {

  /** What is quoted as it is; anything else could break the reply, or be no word at all. */
  private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9-]{1,20}");

  /** Facts 3.1, V in cleartext until 2020. */
  private static final String ANONYMOUS_MAIL =
      "5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM";

  private final ExchangeProfile profile;
  private final String client;
  private final SessionStamp stamp;
  private final QueuedReply queued;

  /** The replies of a session, whose id is sixteen hexadecimal digits. */
  ExchangeReplies(ExchangeProfile profile, InetAddress client, String sessionId, Clock clock) {
    this.profile = profile;
    this.client = AddressText.of(client);
    this.stamp = new SessionStamp(sessionId, clock);
    this.queued =
        new QueuedReply(
            profile.endpoint(), profile.frontEnd(), Long.parseUnsignedLong(sessionId, 16));
  }

  /** Facts 1.1, V; see {@link SessionStamp#ofGreeting}. */
  SmtpReply greeting() {
    boolean withId = profile.asOf().greetingHasSessionId(profile.endpoint());
    return SmtpReply.of(
        220,
        "%s Microsoft ESMTP MAIL Service ready at %s"
            .formatted(greetingName(), stamp.ofGreeting(withId)));
  }

  /** Facts 2.1, V for MX, S for client submission. */
  SmtpReply helo() {
    return SmtpReply.of(250, hello());
  }

  /** Facts 2.1; see {@link EhloReply}. */
  SmtpReply ehlo(boolean offersStartTls, boolean insideTls) {
    return EhloReply.of(hello(), profile, offersStartTls, insideTls);
  }

  /** Facts 3.1, V. */
  SmtpReply startTlsAccepted() {
    return SmtpReply.of(220, "2.0.0 SMTP server ready");
  }

  /** Facts 3.1, MX 2019 and client submission 2014, V. */
  SmtpReply sendHelloFirst() {
    return negative(503, "5.5.2 Send hello first");
  }

  /**
   * Facts 3.1: STARTTLS_REQUIRED_451 client submission 2024, V; NOT_AUTHENTICATED_530 the same 2017
   * to 2020, V; the other two connectors and servers that require TLS, D, and in conflict (facts
   * 12, item 3).
   */
  SmtpReply cleartextMailRefused() {
    return switch (profile.cleartextMailRefusal()) {
      case STARTTLS_REQUIRED_451 -> negative(451, "5.7.3 STARTTLS is required to send mail");
      case NOT_AUTHENTICATED_530 -> negative(530, ANONYMOUS_MAIL);
      case MUST_ISSUE_STARTTLS_530 -> negative(530, "5.7.0 Must issue a STARTTLS command first");
      case MUST_ISSUE_STARTTLS_451 -> negative(451, "5.7.3 Must issue a STARTTLS command first");
    };
  }

  /** Facts 3.1, D; until 2020 G, the words that MAIL in cleartext got then. */
  SmtpReply notAuthenticated() {
    return negative(
        530,
        profile.asOf().year() > 2020
            ? "5.7.57 Client not authenticated to send mail."
            : ANONYMOUS_MAIL);
  }

  /** Facts 3.1, 2025, V; {@code failure} is what AUTH was answered with. */
  SmtpReply notAuthenticated(String failure) {
    return negative(530, "5.7.57 Client not authenticated to send mail. Error: " + failure);
  }

  /** Facts 3.2, 2022, V at AUTH on client submission; at MAIL on MX G. */
  SmtpReply oldTlsNotSupported() {
    return negative(
        421,
        "4.7.66 TLS 1.0 and 1.1 are not supported. Please upgrade/update your client to support"
            + " TLS 1.2. Visit https://aka.ms/smtp_auth_tls.");
  }

  /** Facts 3.3, V. */
  SmtpReply senderOk() {
    return SmtpReply.of(250, "2.1.0 Sender OK");
  }

  /** Facts 3.3, V. */
  SmtpReply recipientOk() {
    return SmtpReply.of(250, "2.1.5 Recipient OK");
  }

  /** Facts 3.3, D. */
  SmtpReply tooManyRecipients() {
    return negative(452, "4.5.3 Too many recipients");
  }

  /**
   * RFC 5321, section 4.2.3: 452; RFC 3463: X.3.1. The facts have no row for Exchange Online; the
   * words are those with which Exchange Server's transport refuses under back pressure, there in
   * answer to MAIL: S, at RCPT G.
   */
  SmtpReply insufficientSystemResources() {
    return negative(452, "4.3.1 Insufficient system resources");
  }

  /** Facts 3.3, V; the brackets are part of the text. */
  SmtpReply startMailInput() {
    return SmtpReply.of(354, "Start mail input; end with <CRLF>.<CRLF>");
  }

  /** Facts 3.3, S. */
  SmtpReply chunkReceived(long octets) {
    return SmtpReply.of(250, "2.6.0 CHUNK received OK, " + octets + " octets");
  }

  /** Facts 3.3; see {@link QueuedReply}. */
  SmtpReply queued(MailReceipt receipt) {
    return queued.to(receipt);
  }

  /** Facts 3.3, S; RFC 1870, section 6. */
  SmtpReply messageTooLarge() {
    return negative(552, "5.3.4 Message size exceeds fixed maximum message size");
  }

  /** Facts 3.3, V. */
  SmtpReply closing() {
    return SmtpReply.of(221, "2.0.0 Service closing transmission channel");
  }

  /** Facts 3.3, S. */
  SmtpReply resetting() {
    return SmtpReply.of(250, "2.0.0 Resetting");
  }

  /** Facts 3.3, S. */
  SmtpReply ok() {
    return SmtpReply.of(250, "2.0.0 OK");
  }

  /** Facts 3.3, S. */
  SmtpReply cannotVerify() {
    return SmtpReply.of(252, "2.1.5 Cannot VRFY user");
  }

  /** Facts 3.3, S. */
  SmtpReply notImplemented() {
    return negative(502, "5.3.3 Command not implemented");
  }

  /** RFC 5321, section 4.2.2: 214. Own text, G; one line by facts 0, rule 4. */
  SmtpReply help() {
    return SmtpReply.of(
        214,
        "2.0.0 Commands: HELO EHLO STARTTLS AUTH MAIL RCPT DATA BDAT RSET NOOP VRFY HELP QUIT");
  }

  /**
   * Facts 3.3, client submission, V: since 2025 the length of the verb is quoted, before (seen in
   * 2024) the verb itself. MX G, as the same software answers. An empty line has no verb, and on
   * premises none is quoted: D for the text.
   *
   * @param verb as it was sent
   * @param maybeSecret whether it may be a credential, of which the length alone is quoted
   */
  SmtpReply unrecognizedCommand(String verb, boolean maybeSecret) {
    return negative(500, "5.3.3 Unrecognized command" + quoted(verb, maybeSecret));
  }

  private String quoted(String verb, boolean maybeSecret) {
    if (verb.isEmpty() || !profile.endpoint().isExchangeOnline()) {
      return "";
    }
    boolean verbatim =
        profile.asOf().year() < 2025 && !maybeSecret && PLAIN_WORD.matcher(verb).matches();
    return verbatim ? " '" + verb + "'" : " 'Length: " + verb.length() + "'";
  }

  /** Facts 3.3, S. */
  SmtpReply commandTooLong() {
    return negative(500, "5.5.2 Command too long");
  }

  /** Facts 3.3, S. */
  SmtpReply badSequence() {
    return negative(503, "5.5.1 Bad sequence of commands");
  }

  /** Facts 3.3, S. */
  SmtpReply needMail() {
    return negative(503, "5.5.2 Need mail command");
  }

  /** Facts 3.3, S. */
  SmtpReply needRcpt() {
    return negative(503, "5.5.2 Need rcpt command");
  }

  /** Facts 3.3, S. */
  SmtpReply senderAlreadySpecified() {
    return negative(503, "5.5.2 Sender already specified");
  }

  /** Facts 3.3 "arguments", D; the domain name facts 2.2, V. */
  SmtpReply malformed(SmtpCommand.Problem problem) {
    return switch (problem) {
      case INVALID_DOMAIN -> negative(501, "5.5.4 Invalid domain name");
      case INVALID_ARGUMENTS, UNUSABLE_CHUNK_SIZE -> negative(501, "5.5.4 Invalid arguments");
      case INVALID_REVERSE_PATH -> negative(501, "5.1.7 Invalid address");
      case INVALID_FORWARD_PATH -> negative(501, "5.1.3 Invalid address");
      case UNRECOGNIZED_PARAMETER -> negative(501, "5.5.4 Unrecognized parameter");
      case UNSUPPORTED_BODY_TYPE -> negative(501, "5.5.4 Unsupported BODY type");
    };
  }

  /** Facts 3.3, V on premises, G here. */
  SmtpReply inputTimeout() {
    return negative(451, "4.7.0 Timeout waiting for client input");
  }

  /** Facts 3.3 and 8, on premises, S for the text, D for the number. */
  SmtpReply tooManyErrors() {
    return negative(421, "4.7.0 Too many errors on this connection, closing transmission channel");
  }

  /** Whether Exchange Server speaks, and not the service. */
  boolean isOnPremises() {
    return !profile.endpoint().isExchangeOnline();
  }

  /** The address of the client, as replies write it. */
  String client() {
    return client;
  }

  private String greetingName() {
    return profile.frontEnd().greetingName(profile.endpoint());
  }

  private String hello() {
    return "%s Hello [%s]".formatted(greetingName(), client);
  }

  /** A refusal, with what ends it; on premises nothing does (facts 2.2 and 3.3, D). */
  SmtpReply negative(int code, String text) {
    if (isOnPremises()) {
      return SmtpReply.of(code, text);
    }
    boolean withId = profile.asOf().errorsHaveSessionId();
    return SmtpReply.of(code, text + " " + stamp.ofError(profile.frontEnd().errorName(), withId));
  }
}
