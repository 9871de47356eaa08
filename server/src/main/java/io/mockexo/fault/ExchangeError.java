package io.mockexo.fault;

import static io.mockexo.fault.ExchangeError.Confidence.DOCUMENTED;
import static io.mockexo.fault.ExchangeError.Confidence.SECOND_HAND;
import static io.mockexo.fault.ExchangeError.Confidence.VERBATIM;
import static io.mockexo.fault.ExchangeError.Trailer.FILTER_AGENT;
import static io.mockexo.fault.ExchangeError.Trailer.MAILBOX_SERVER;
import static io.mockexo.fault.ExchangeError.Trailer.THREE_SERVERS;
import static io.mockexo.fault.Stage.AUTH;
import static io.mockexo.fault.Stage.END_OF_DATA;
import static io.mockexo.fault.Stage.GREETING;
import static io.mockexo.fault.Stage.MAIL;
import static io.mockexo.fault.Stage.RCPT;

import io.mockexo.tls.NearestName;
import java.util.stream.Stream;

/**
 * A refusal in the words of Exchange, for faults: {@code at(RCPT).reply(SERVER_BUSY)}. What the
 * service puts around the words is put there too: the address of the client, the names of the
 * servers, date and session id.
 *
 * <p>Here is what no setting leads to. What blocklists, connectors, AUTH and limits answer comes of
 * the profile. The facts behind each are in the facts file, in the section that is named.
 *
 * @since 0.1
 */
public enum ExchangeError {
  /** Facts 3.2, V: the endpoint for high volume mail, to a token that it cannot read. */
  INVALID_XOAUTH2_DATA(AUTH, 501, "5.5.124 Invalid XOAUTH2 auth data", VERBATIM),
  /** Facts 3.3, D: a server that is being drained or stopped; it closes the connection. */
  SERVICE_NOT_ACTIVE(MAIL, 421, "4.3.2 Service not active", DOCUMENTED),
  /** Facts 3.3, 2024, V: a mail loop. */
  HOP_COUNT_EXCEEDED(
      END_OF_DATA, 554, "5.4.14 Hop count exceeded - possible mail loop ATTR34", VERBATIM),
  /** Facts 3.3, D: a mail loop, on premises. */
  HOP_COUNT_EXCEEDED_ON_PREMISES(
      END_OF_DATA, 554, "5.4.6 Hop count exceeded - possible mail loop", DOCUMENTED),
  /** Facts 3.3, D: on premises, where BareLinefeedRejectionEnabled is set. */
  BARE_LINEFEEDS(
      END_OF_DATA, 554, "5.6.0 Invalid message content, contains bare linefeeds", DOCUMENTED),
  /** Facts 3.3, V. */
  TOO_MANY_MIME_PARTS(
      END_OF_DATA,
      554,
      "5.6.211 Invalid MIME Content: Number of MimePart objects (1001) exceeded allowed maximum"
          + " (1000).",
      VERBATIM),
  /** Facts 3.3, V: fewer recipients at a time for a client of bad reputation. */
  TOO_MANY_RECIPIENTS_BY_REPUTATION(RCPT, 452, "4.5.3 Too many recipients (AS780090)", VERBATIM),
  /** Facts 3.5, V: more than three submissions of a mailbox at a time. */
  CONCURRENT_SUBMISSIONS(
      END_OF_DATA,
      432,
      "4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for"
          + " more information.",
      VERBATIM,
      MAILBOX_SERVER),
  /** Facts 3.5, 2018, D: the same as it was said then. */
  SENDER_THREAD_LIMIT(
      END_OF_DATA,
      432,
      "4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded",
      DOCUMENTED,
      MAILBOX_SERVER),
  /**
   * Facts 3.5, 2025, V: the sender is another mailbox. Several hundred bytes of diagnostics follow
   * on the line, beyond what RFC 5321 allows; what is in them here is G.
   */
  SEND_AS_DENIED(
      END_OF_DATA,
      554,
      "5.2.252 SendAsDenied; <user> not allowed to send as <sender>;"
          + " STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied;"
          + " Failed to process message due to a permanent exception with message"
          + " [BeginDiagnosticData]Cannot submit message. "
          + "0.35250:00000000, 1.36674:0A000000, ".repeat(12)
          + "16.55847:EC000000[EndDiagnosticData]",
      VERBATIM,
      MAILBOX_SERVER),
  /** Facts 3.5, D: the same in older words. */
  NO_PERMISSION_TO_SEND_AS(
      END_OF_DATA,
      550,
      "5.7.60 SMTP; Client does not have permissions to send as this sender",
      DOCUMENTED),
  /** Facts 3.5, D. */
  MAILBOX_FULL(
      END_OF_DATA,
      554,
      "5.2.2 mailbox full;"
          + " STOREDRV.Submission.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded",
      DOCUMENTED),
  /** Facts 3.5, D: the account is blocked from sending. */
  BAD_OUTBOUND_SENDER(END_OF_DATA, 550, "5.1.8 Access denied, bad outbound sender", DOCUMENTED),
  /** Facts 3.5, 2025, V: a trial or a suspicious tenant. */
  TRAFFIC_NOT_ACCEPTED(
      END_OF_DATA,
      550,
      "5.7.708 Service unavailable. Access denied, traffic not accepted from this IP. For more"
          + " information please go to http://go.microsoft.com/fwlink/?LinkId=526653 AS(7230)",
      VERBATIM),
  /** Facts 4, 2020, V: no recipient is known, found late. */
  ALL_RECIPIENTS_REJECTED(
      END_OF_DATA,
      550,
      "5.4.1 All recipient addresses rejected : Access denied. AS(201806271)",
      VERBATIM),
  /** Facts 4, 2025, V: throttling. */
  SERVER_BUSY(
      RCPT, 451, "4.7.500 Server busy. Please try again later from [<ip>]. (S77714)", VERBATIM),
  /** Facts 4, V: the same on the consumer MX. */
  SERVER_BUSY_ON_CONSUMER_MX(
      RCPT, 451, "4.7.500 Server busy. Please try again later from [<ip>]. (AS761)", VERBATIM),
  /** Facts 4, D for 4.7.500 to 4.7.699; which number goes with it, G. */
  ACCESS_DENIED_TRY_LATER(
      RCPT, 451, "4.7.501 Access denied, please try again later (AS761)", DOCUMENTED),
  /** Facts 4, consumer MX, 2026, V. */
  RATE_LIMITED(
      MAIL,
      451,
      "4.7.650 The mail server [<ip>] has been temporarily rate limited due to IP reputation. For"
          + " e-mail delivery information, see https://aka.ms/postmaster (S775)",
      VERBATIM,
      FILTER_AGENT),
  /** Facts 4, consumer MX, 2024, V: the same as it was said then. */
  RATE_LIMITED_UNTIL_2024(
      MAIL,
      451,
      "4.7.650 The mail server [<ip>] has been temporarily rate limited due to IP reputation. For"
          + " e-mail delivery information, see https://postmaster.live.com (S3113)",
      VERBATIM,
      FILTER_AGENT),
  /** Facts 4, consumer MX, 2024, V; the stage G. */
  TOO_MANY_CONNECTIONS(
      MAIL,
      451,
      "4.7.652 The mail server [<ip>] has exceeded the maximum number of connections. (S3115)",
      VERBATIM),
  /** Facts 8, on premises, D for the limit; the words are widely quoted, S. */
  TOO_MANY_CONNECTIONS_PER_SOURCE(
      GREETING,
      421,
      "4.3.2 The maximum number of concurrent server connections has exceeded a per-source limit,"
          + " closing transmission channel",
      SECOND_HAND),
  /** Facts 8, on premises, D for the limit; the older words, S. */
  TOO_MANY_CONNECTIONS_UNTIL_2020(
      GREETING,
      421,
      "4.3.2 The maximum number of concurrent connections has exceeded a limit, closing"
          + " transmission channel",
      SECOND_HAND),
  /** Facts 4, V. */
  FILTER_BUSY(MAIL, 451, "4.7.700 PFA agent busy, please try again.", VERBATIM),
  /** Facts 4 "directory trouble", 2024, V; the stage G. */
  DIRECTORY_TROUBLE(
      RCPT, 451, "4.4.3 Temporary server error. Please try again later ATTR2", VERBATIM),
  /** Facts 4 "directory trouble", V; the stage G. */
  ATTRIBUTION_TROUBLE(
      RCPT, 451, "4.3.2 Temporary server error. Please try again later ATTR17", VERBATIM),
  /** Facts 4, 2024, V; the stage G. */
  BACK_END_CONNECTION_LOST(
      MAIL,
      451,
      "4.7.0 Temporary server error. Please try again later. PRX9 RemoteHost: PH7P222CA0012."
          + " ErrorCode 10054",
      VERBATIM),
  /** Facts 4, D; the stage G. */
  WRONG_REGION(RCPT, 451, "4.4.62 Mail sent to the wrong Office 365 region. ATTR35", DOCUMENTED),
  /** Facts 4, D; a reply code for ever with an enhanced status code for now. The stage G. */
  NO_MAIL_ENABLED_SUBSCRIPTIONS(
      RCPT,
      550,
      "4.4.4 Mail received as unauthenticated, incoming to a recipient domain configured in a"
          + " hosted tenant which has no mail-enabled subscriptions. ATTR5",
      DOCUMENTED),
  /** Facts 4, S: an Exchange Server without its updates; the number and the stage G. */
  SERVER_OUT_OF_DATE_THROTTLED(
      MAIL,
      450,
      "4.7.230 Connecting Exchange server version is out-of-date; connection to Exchange Online"
          + " throttled for 5 mins/hr.",
      SECOND_HAND),
  /** Facts 4, V: the same when it goes on; the number and the stage G. */
  SERVER_OUT_OF_DATE_BLOCKED(
      MAIL,
      550,
      "5.7.230 Connecting Exchange server version is out-of-date; connection to Exchange Online"
          + " blocked for 10 mins/hr.",
      VERBATIM),
  /** Facts 4, 2025, V: a sender of many messages, as the consumer MX says it. */
  SENDING_DOMAIN_NOT_AUTHENTICATED(
      END_OF_DATA,
      550,
      "5.7.515 Access denied, sending domain <SENDER DOMAIN> doesn't meet the required"
          + " authentication level. The sender's domain in the 5322.From address doesn't meet the"
          + " authentication requirements defined for the sender. To learn how to fix this see:"
          + " https://go.microsoft.com/fwlink/p/?linkid=2319303 Spf= Fail , Dkim= Pass , DMARC="
          + " Pass",
      VERBATIM,
      THREE_SERVERS),
  /** Facts 4, S: the same as it was announced. */
  SENDING_DOMAIN_NOT_AUTHENTICATED_AS_ANNOUNCED(
      END_OF_DATA,
      550,
      "5.7.515 Access denied, sending domain [<sender domain>] does not meet the required"
          + " authentication level",
      SECOND_HAND),
  /** Facts 4, V. */
  DMARC_REJECT(
      END_OF_DATA,
      550,
      "5.7.509 Access denied, sending domain [<SENDER DOMAIN>] does not pass DMARC verification and"
          + " has a DMARC policy of reject.",
      VERBATIM,
      THREE_SERVERS),
  /** Facts 4, D; reply code and stage G. */
  IPV6_WITHOUT_REVERSE_DNS(
      MAIL,
      550,
      "5.7.25 Access denied, the sending IPv6 address [<ip>] must have a reverse DNS record",
      DOCUMENTED),
  /** Facts 4, D; reply code and stage G. */
  IPV6_NOT_AUTHENTICATED(
      END_OF_DATA,
      450,
      "4.7.26 Access denied, a message sent over IPv6 [<ip>] must pass either SPF or DKIM"
          + " validation, this message is not signed",
      DOCUMENTED),
  /** Facts 4, D; reply code and stage G. */
  NO_FROM_FIELD(
      END_OF_DATA,
      550,
      "5.7.512 Access denied, message must be RFC 5322 section 3.6.2 compliant",
      DOCUMENTED),
  /** Facts 4, D; the stage G. */
  SEVERAL_FROM_ADDRESSES(
      END_OF_DATA,
      550,
      "5.1.20 Multiple From addresses are not allowed without Sender address",
      DOCUMENTED),
  /** Facts 4, D: on premises, and inside the service. */
  RECIPIENT_THREAD_LIMIT(
      END_OF_DATA, 432, "4.3.2 STOREDRV.Deliver; recipient thread limit exceeded", DOCUMENTED),
  /** Facts 4, D; reply code and stage G. */
  TENANT_RATE_LIMIT(
      END_OF_DATA,
      550,
      "5.7.233 Your message can't be sent because your tenant exceeded its daily limit for sending"
          + " email to external recipients (tenant external recipient rate limit)",
      DOCUMENTED),
  /** Facts 4, D; reply code and stage G. */
  TENANT_THRESHOLD(
      END_OF_DATA, 550, "5.7.705 Access denied, tenant has exceeded threshold", DOCUMENTED),
  /** Facts 4, D; reply code and stage G. */
  UNREGISTERED_DOMAINS(
      MAIL,
      550,
      "5.7.750 Service unavailable. Client blocked from sending from unregistered domains",
      DOCUMENTED),
  /** Facts 4 "old block list text", D; the stage G. */
  BLOCKED_USING_BLOCKLIST_1(
      RCPT,
      550,
      "5.7.1 Service unavailable; Client host [<ip>] blocked using Blocklist 1; To request removal"
          + " from this list please forward this message to delist@microsoft.com",
      DOCUMENTED);

  private final Stage stage;
  private final int code;
  private final String text;
  private final Confidence confidence;
  private final Trailer trailer;

  ExchangeError(Stage stage, int code, String text, Confidence confidence) {
    this(stage, code, text, confidence, Trailer.FRONT_END);
  }

  ExchangeError(Stage stage, int code, String text, Confidence confidence, Trailer trailer) {
    this.stage = stage;
    this.code = code;
    this.text = text;
    this.confidence = confidence;
    this.trailer = trailer;
  }

  /** How sure it is that the service says this. */
  public enum Confidence {
    /** A transcript or a line of a log has it. */
    VERBATIM,
    /** Microsoft documents it. */
    DOCUMENTED,
    /** It is quoted by others. */
    SECOND_HAND
  }

  /** What follows the words. */
  public enum Trailer {
    /** The bracket that ends all errors of the service (facts 0, rule 2). */
    FRONT_END,
    /** The filter's bracket and then that of the front end (facts 1.3). */
    FILTER_AGENT,
    /** The name of the mailbox server. */
    MAILBOX_SERVER,
    /** The brackets of mailbox server, client access and edge (facts 1.3). */
    THREE_SERVERS
  }

  /** Where the service says it; at other stages at which a reply is due it may be said too. */
  public Stage stage() {
    return stage;
  }

  /** The reply code. */
  public int code() {
    return code;
  }

  /**
   * The words after the code, from the enhanced status code on. {@code <ip>} stands for the address
   * of the client, {@code <user>} for who is authenticated, {@code <sender>} for the reverse-path
   * and {@code <sender domain>} for its domain; in capitals for the same in capitals.
   */
  public String text() {
    return text;
  }

  /** How sure it is. */
  public Confidence confidence() {
    return confidence;
  }

  /** What follows the words. */
  public Trailer trailer() {
    return trailer;
  }

  /** At the stage where the service says it. */
  public Fault fault() {
    return Fault.at(stage).reply(this);
  }

  /**
   * The error of this name.
   *
   * @throws IllegalArgumentException with the nearest name, if there is none
   */
  public static ExchangeError named(String name) {
    return Stream.of(values())
        .filter(error -> error.name().equals(name))
        .findAny()
        .orElseThrow(() -> unknown(name));
  }

  private static IllegalArgumentException unknown(String name) {
    String nearest = NearestName.of(name, Stream.of(values()).map(Enum::name).toList());
    return new IllegalArgumentException(
        "'%s' is no error of Exchange; did you mean %s?".formatted(name, nearest));
  }
}
