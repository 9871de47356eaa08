package io.mockexo.internal.smtp;

import io.mockexo.exchange.ExchangeProfile;
import java.net.InetAddress;
import java.time.Clock;

/**
 * Every reply of one session, in Exchange Online's words.
 *
 * <p>Each says where it is from: the row of the facts file with its confidence (V verbatim, D
 * documented by Microsoft, S second hand, G guess), or the RFC where no row exists. Replies 4xx and
 * 5xx end with {@code [<host> <date> <session id>]}, others do not (facts 0, rule 2).
 */
final class ExchangeReplies {

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

  /** Facts 1.1, MX 2026 and SUB 2025, V. */
  SmtpReply greeting() {
    return SmtpReply.of(
        220,
        "%s Microsoft ESMTP MAIL Service ready at %s"
            .formatted(greetingName(), stamp.ofGreeting()));
  }

  /** Facts 2.1, V for MX, S for client submission. */
  SmtpReply helo() {
    return SmtpReply.of(250, hello());
  }

  /** Facts 2.1; see {@link EhloReply}. */
  SmtpReply ehlo(boolean offersStartTls, boolean insideTls) {
    return EhloReply.of(
        hello(), profile.endpoint(), profile.maxMessageSize(), offersStartTls, insideTls);
  }

  /** Facts 3.1, V. */
  SmtpReply startTlsAccepted() {
    return SmtpReply.of(220, "2.0.0 SMTP server ready");
  }

  /** Facts 3.1, MX 2019 and client submission 2014, V. */
  SmtpReply sendHelloFirst() {
    return negative(503, "5.5.2 Send hello first");
  }

  /** Facts 3.1, client submission 2024, V. */
  SmtpReply startTlsRequired() {
    return negative(451, "5.7.3 STARTTLS is required to send mail");
  }

  /** Facts 3.1, client submission 2017 to 2020, V. */
  SmtpReply anonymousMailRefused() {
    return negative(
        530, "5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM");
  }

  /** Facts 3.1, D. */
  SmtpReply notAuthenticated() {
    return negative(530, "5.7.57 Client not authenticated to send mail.");
  }

  /** Facts 3.1, 2025, V; {@code failure} is the text that AUTH was answered with. */
  SmtpReply notAuthenticated(String failure) {
    return negative(530, "5.7.57 Client not authenticated to send mail. Error: 535 " + failure);
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

  /** Facts 4 "Microsoft block list", V; two spaces before http are as seen. */
  SmtpReply bannedSendingIp() {
    return negative(
        550,
        ("5.7.606 Access denied, banned sending IP [%s]. To request removal from this list please"
                + " visit https://sender.office.com/ and follow the directions. For more"
                + " information please go to  http://go.microsoft.com/fwlink/?LinkID=526655"
                + " (AS16012609)")
            .formatted(client));
  }

  /** Facts 4 "relay, no connector match", V. */
  SmtpReply relayAccessDenied() {
    return negative(550, "5.7.64 TenantAttribution; Relay Access Denied");
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
   * Facts 3.3, client submission 2025, V: what is quoted is the length of the verb. MX G, as the
   * same software answers. An empty line has no verb: the documented form without it, D for the
   * text.
   */
  SmtpReply unrecognizedCommand(int verbLength) {
    String quoted = verbLength == 0 ? "" : " 'Length: " + verbLength + "'";
    return negative(500, "5.3.3 Unrecognized command" + quoted);
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

  /** Facts 3.3, D for a drained server, there in answer to MAIL. */
  SmtpReply serviceNotActive() {
    return negative(421, "4.3.2 Service not active");
  }

  private String greetingName() {
    return profile.frontEnd().greetingName(profile.endpoint());
  }

  private String hello() {
    return "%s Hello [%s]".formatted(greetingName(), client);
  }

  /** A refusal, with what ends it. */
  SmtpReply negative(int code, String text) {
    return SmtpReply.of(code, text + " " + stamp.ofError(profile.frontEnd().errorName()));
  }
}
