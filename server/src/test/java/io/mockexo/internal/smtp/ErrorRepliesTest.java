package io.mockexo.internal.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.fault.ExchangeError;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words are those of facts 3.2 to 4; {@code <E>} stands for the bracket of the front end. */
class ErrorRepliesTest {

  private static final String ON_THE_WIRE =
      """
      INVALID_XOAUTH2_DATA                           | 501 5.5.124 Invalid XOAUTH2 auth data <E>
      SERVICE_NOT_ACTIVE                             | 421 4.3.2 Service not active <E>
      HOP_COUNT_EXCEEDED                             | 554 5.4.14 Hop count exceeded - possible mail loop ATTR34 <E>
      HOP_COUNT_EXCEEDED_ON_PREMISES                 | 554 5.4.6 Hop count exceeded - possible mail loop <E>
      BARE_LINEFEEDS                                 | 554 5.6.0 Invalid message content, contains bare linefeeds <E>
      TOO_MANY_MIME_PARTS                            | 554 5.6.211 Invalid MIME Content: Number of MimePart objects (1001) exceeded allowed maximum (1000). <E>
      TOO_MANY_RECIPIENTS_BY_REPUTATION              | 452 4.5.3 Too many recipients (AS780090) <E>
      CONCURRENT_SUBMISSIONS                         | 432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more information. [Hostname=AM6PR05MB4201.eurprd05.prod.outlook.com]
      SENDER_THREAD_LIMIT                            | 432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded [Hostname=AM6PR05MB4201.eurprd05.prod.outlook.com]
      NO_PERMISSION_TO_SEND_AS                       | 550 5.7.60 SMTP; Client does not have permissions to send as this sender <E>
      MAILBOX_FULL                                   | 554 5.2.2 mailbox full; STOREDRV.Submission.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded <E>
      BAD_OUTBOUND_SENDER                            | 550 5.1.8 Access denied, bad outbound sender <E>
      TRAFFIC_NOT_ACCEPTED                           | 550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP. For more information please go to http://go.microsoft.com/fwlink/?LinkId=526653 AS(7230) <E>
      ALL_RECIPIENTS_REJECTED                        | 550 5.4.1 All recipient addresses rejected : Access denied. AS(201806271) <E>
      SERVER_BUSY                                    | 451 4.7.500 Server busy. Please try again later from [192.0.2.1]. (S77714) <E>
      SERVER_BUSY_ON_CONSUMER_MX                     | 451 4.7.500 Server busy. Please try again later from [192.0.2.1]. (AS761) <E>
      RATE_LIMITED_UNTIL_2024                        | 451 4.7.650 The mail server [192.0.2.1] has been temporarily rate limited due to IP reputation. For e-mail delivery information, see https://postmaster.live.com (S3113) [Name=Protocol Filter Agent][AGT=PFA][MxId=11BE8A01A0B45E1B] <E>
      TOO_MANY_CONNECTIONS_PER_SOURCE                | 421 4.3.2 The maximum number of concurrent server connections has exceeded a per-source limit, closing transmission channel <E>
      TOO_MANY_CONNECTIONS_UNTIL_2020                | 421 4.3.2 The maximum number of concurrent connections has exceeded a limit, closing transmission channel <E>
      ACCESS_DENIED_TRY_LATER                        | 451 4.7.501 Access denied, please try again later (AS761) <E>
      RATE_LIMITED                                   | 451 4.7.650 The mail server [192.0.2.1] has been temporarily rate limited due to IP reputation. For e-mail delivery information, see https://aka.ms/postmaster (S775) [Name=Protocol Filter Agent][AGT=PFA][MxId=11BE8A01A0B45E1B] <E>
      TOO_MANY_CONNECTIONS                           | 451 4.7.652 The mail server [192.0.2.1] has exceeded the maximum number of connections. (S3115) <E>
      FILTER_BUSY                                    | 451 4.7.700 PFA agent busy, please try again. <E>
      DIRECTORY_TROUBLE                              | 451 4.4.3 Temporary server error. Please try again later ATTR2 <E>
      ATTRIBUTION_TROUBLE                            | 451 4.3.2 Temporary server error. Please try again later ATTR17 <E>
      BACK_END_CONNECTION_LOST                       | 451 4.7.0 Temporary server error. Please try again later. PRX9 RemoteHost: PH7P222CA0012. ErrorCode 10054 <E>
      WRONG_REGION                                   | 451 4.4.62 Mail sent to the wrong Office 365 region. ATTR35 <E>
      NO_MAIL_ENABLED_SUBSCRIPTIONS                  | 550 4.4.4 Mail received as unauthenticated, incoming to a recipient domain configured in a hosted tenant which has no mail-enabled subscriptions. ATTR5 <E>
      SERVER_OUT_OF_DATE_THROTTLED                   | 450 4.7.230 Connecting Exchange server version is out-of-date; connection to Exchange Online throttled for 5 mins/hr. <E>
      SERVER_OUT_OF_DATE_BLOCKED                     | 550 5.7.230 Connecting Exchange server version is out-of-date; connection to Exchange Online blocked for 10 mins/hr. <E>
      SENDING_DOMAIN_NOT_AUTHENTICATED               | 550 5.7.515 Access denied, sending domain CLIENT.EXAMPLE doesn't meet the required authentication level. The sender's domain in the 5322.From address doesn't meet the authentication requirements defined for the sender. To learn how to fix this see: https://go.microsoft.com/fwlink/p/?linkid=2319303 Spf= Fail , Dkim= Pass , DMARC= Pass <M> <C> <E>
      SENDING_DOMAIN_NOT_AUTHENTICATED_AS_ANNOUNCED  | 550 5.7.515 Access denied, sending domain [client.example] does not meet the required authentication level <E>
      DMARC_REJECT                                   | 550 5.7.509 Access denied, sending domain [CLIENT.EXAMPLE] does not pass DMARC verification and has a DMARC policy of reject. <M> <C> <E>
      IPV6_WITHOUT_REVERSE_DNS                       | 550 5.7.25 Access denied, the sending IPv6 address [192.0.2.1] must have a reverse DNS record <E>
      IPV6_NOT_AUTHENTICATED                         | 450 4.7.26 Access denied, a message sent over IPv6 [192.0.2.1] must pass either SPF or DKIM validation, this message is not signed <E>
      NO_FROM_FIELD                                  | 550 5.7.512 Access denied, message must be RFC 5322 section 3.6.2 compliant <E>
      SEVERAL_FROM_ADDRESSES                         | 550 5.1.20 Multiple From addresses are not allowed without Sender address <E>
      RECIPIENT_THREAD_LIMIT                         | 432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded <E>
      TENANT_RATE_LIMIT                              | 550 5.7.233 Your message can't be sent because your tenant exceeded its daily limit for sending email to external recipients (tenant external recipient rate limit) <E>
      TENANT_THRESHOLD                               | 550 5.7.705 Access denied, tenant has exceeded threshold <E>
      UNREGISTERED_DOMAINS                           | 550 5.7.750 Service unavailable. Client blocked from sending from unregistered domains <E>
      BLOCKED_USING_BLOCKLIST_1                      | 550 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using Blocklist 1; To request removal from this list please forward this message to delist@microsoft.com <E>
      """;

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = ON_THE_WIRE)
  void says_what_the_service_says(ExchangeError error, String reply) {
    String expected =
        reply
            .replace("<M>", bracketOf("AM6PR05MB4201.eurprd05.prod.outlook.com"))
            .replace("<C>", bracketOf("AM6PR05CA0042.eurprd05.prod.outlook.com"))
            .replace("<E>", bracketOf("AM6PEPF0001A2B3.eurprd05.prod.outlook.com"));

    assertThat(said(Profiles.MX, error)).isEqualTo(expected);
  }

  @Test
  void send_as_is_denied_on_one_line_that_is_longer_than_the_rfc_allows() {
    assertThat(said(Profiles.SUBMISSION, ExchangeError.SEND_AS_DENIED))
        .startsWith(
            "554 5.2.252 SendAsDenied; alice@contoso.com not allowed to send as a@client.example;"
                + " STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied;"
                + " Failed to process message due to a permanent exception with message"
                + " [BeginDiagnosticData]Cannot submit message. ")
        .endsWith("[EndDiagnosticData] [Hostname=AM6PR05MB4201.eurprd05.prod.outlook.com]")
        .hasSizeGreaterThan(512);
  }

  @Test
  void every_error_is_among_these() {
    Stream<String> listed =
        ON_THE_WIRE.lines().map(line -> line.substring(0, line.indexOf('|')).strip());
    assertThat(Stream.concat(listed, Stream.of("SEND_AS_DENIED")).map(ExchangeError::valueOf))
        .containsExactlyInAnyOrder(ExchangeError.values());
  }

  @Test
  void on_premises_nothing_follows_the_words() {
    ExchangeProfile onPremises = ExchangeProfile.builder(Endpoint.ON_PREMISES).build();

    assertThat(said(onPremises, ExchangeError.HOP_COUNT_EXCEEDED_ON_PREMISES))
        .isEqualTo("554 5.4.6 Hop count exceeded - possible mail loop");
    assertThat(said(onPremises, ExchangeError.RECIPIENT_THREAD_LIMIT))
        .isEqualTo("432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded");
  }

  private static String said(ExchangeProfile profile, ExchangeError error) {
    ManualClock clock = new ManualClock("2026-03-27T17:08:50.123Z");
    ExchangeReplies replies =
        new ExchangeReplies(profile, Script.address("192.0.2.1"), Script.SESSION_ID, clock);
    SmtpReply reply =
        new ErrorReplies(replies, profile, Script.SESSION_ID, clock)
            .of(error, "alice@contoso.com", "a@client.example");
    return reply.code() + " " + reply.text();
  }

  private static String bracketOf(String host) {
    return "[%s 2026-03-27T17:08:50.123Z %s]".formatted(host, Script.SESSION_ID);
  }
}
