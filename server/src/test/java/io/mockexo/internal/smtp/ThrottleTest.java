package io.mockexo.internal.smtp;

import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.Throttling;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Facts 3.5, 4 and 8. */
class ThrottleTest {

  private static final String CLIENT = "192.0.2.1";

  private static final String HELLO_TO_SUBMISSION =
      """
      C: HELO client.example
      S: 250 AM6PR05CA0042.outlook.office365.com Hello [192.0.2.1]
      """;

  private static final String LOGGED_IN =
      HELLO_TO_SUBMISSION
          + """
          C: STARTTLS
          S: 220 2.0.0 SMTP server ready
          >> TLS
          """
          + HELLO_TO_SUBMISSION
          + """
          C: AUTH LOGIN QWxpY2VAY29udG9zby5jb20=
          S: 334 UGFzc3dvcmQ6
          C: czNjcmV0
          S: 235 2.7.0 Authentication successful
          -- AUTH LOGIN by Alice@contoso.com succeeded
          """;

  private static final String MESSAGE =
      """
      C: MAIL FROM:<alice@contoso.com>
      S: 250 2.1.0 Sender OK
      C: RCPT TO:<b@elsewhere.example>
      S: 250 2.1.5 Recipient OK
      C: DATA
      S: 354 Start mail input; end with <CRLF>.<CRLF>
      """;

  private static final String ACCEPTED =
      """
      C: .
      S: 250 2.0.0 OK <08de8a01-a0b4-5e1b-0000-00000000000%d@AM6PR05CA0042.eurprd05.prod.outlook.com>\
       [Hostname=AM6PR05MB4201.eurprd05.prod.outlook.com]
      -- DELIVERED 250, from <alice@contoso.com> to [b@elsewhere.example=250], 0 bytes
      """;

  private static final String BUSY =
      "S: 451 4.7.500 Server busy. Please try again later from [192.0.2.1]. (S77714) <E>\n";

  private static final String WAITS = "-- GREYLISTING of 192.0.2.1, 60000 ms\n";
  private static final String OK = "S: 250 2.1.0 Sender OK\n";
  private static final String RCPT_OK = "S: 250 2.1.5 Recipient OK\n";

  private final ManualClock clock = Script.clock();
  private final SharedLimits limits = new SharedLimits(clock);

  private static ExchangeProfile limited(Endpoint endpoint, UnaryOperator<Throttling> change) {
    return ExchangeProfile.builder(endpoint).throttling(change).build();
  }

  private static ExchangeProfile submission(UnaryOperator<Throttling> change) {
    return Profiles.SUBMISSION.toBuilder().throttling(change).build();
  }

  private void play(ExchangeProfile profile, String script) {
    Script.play(profile, CLIENT, clock, limits, script);
  }

  /** What MAIL is answered with, and RCPT if that is said at all. */
  private static String mx(String mail, String rcpt) {
    return Script.HELLO_ON_MX
        + "C: MAIL FROM:<a@client.example>\n"
        + mail
        + (rcpt.isEmpty() ? "" : "C: RCPT TO:<b@contoso.com>\n" + rcpt);
  }

  @Test
  void a_first_try_is_greylisted_until_the_period_is_over() {
    ExchangeProfile mx = limited(Endpoint.MX, t -> t.withGreylisting(Duration.ofSeconds(60)));
    play(mx, mx(OK, WAITS + BUSY));
    clock.advance(Duration.ofMillis(59_999));
    play(mx, mx(OK, "-- GREYLISTING of 192.0.2.1, 1 ms\n" + BUSY));
    clock.advance(Duration.ofMillis(1));
    play(mx, mx(OK, RCPT_OK));
  }

  @Test
  void another_sender_recipient_or_client_is_another_first_try() {
    ExchangeProfile mx = limited(Endpoint.MX, t -> t.withGreylisting(Duration.ofSeconds(60)));
    play(mx, mx(OK, WAITS + BUSY));
    clock.advance(Duration.ofSeconds(60));
    play(
        mx,
        Script.HELLO_ON_MX
            + "C: MAIL FROM:<A@Client.example>\n"
            + OK
            + "C: RCPT TO:<B@contoso.com>\n"
            + RCPT_OK
            + "C: RCPT TO:<c@contoso.com>\n"
            + WAITS
            + BUSY);
    play(mx, mx(OK, WAITS + BUSY).replace("a@client.example", "z@client.example"));
    Script.play(mx, "192.0.2.2", clock, limits, mx(OK, WAITS + BUSY).replace(CLIENT, "192.0.2.2"));
  }

  @Test
  void the_consumer_mx_greylists_with_a_number_of_its_own() {
    play(
        limited(Endpoint.CONSUMER_MX, t -> t.withGreylisting(Duration.ofSeconds(60))),
        mx(OK, WAITS + BUSY.replace("S77714", "AS761")));
  }

  @Test
  void the_fourth_of_parallel_submissions_is_refused_at_its_end_and_the_next_is_not() {
    ExchangeProfile three = submission(t -> t.withParallelSubmissions(3));
    String refused =
        """
        C: .
        -- PARALLEL_SUBMISSIONS of Alice@contoso.com, 0 ms
        S: 432 4.3.2 %s [Hostname=AM6PR05MB4201.eurprd05.prod.outlook.com]
        -- REFUSED 432, from <alice@contoso.com> to [b@elsewhere.example=250], 0 bytes
        """;
    play(three, LOGGED_IN + MESSAGE);
    play(three, LOGGED_IN + MESSAGE);
    play(three, LOGGED_IN + MESSAGE + ACCEPTED.formatted(1) + MESSAGE);
    play(
        three,
        LOGGED_IN
            + MESSAGE
            + refused.formatted(
                "Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for"
                    + " more information."));
    play(
        three.toBuilder().asOf(2018).build(),
        LOGGED_IN
            + MESSAGE
            + refused.formatted("STOREDRV.ClientSubmit; sender thread limit exceeded"));
  }

  @Test
  void a_submission_that_is_given_up_makes_room() {
    ExchangeProfile one = submission(t -> t.withParallelSubmissions(1));
    play(
        one,
        LOGGED_IN
            + MESSAGE
            + """
            >> lost
            -- ABORTED 0, from <alice@contoso.com> to [b@elsewhere.example=250], 0 bytes
            """);
    play(one, LOGGED_IN + MESSAGE + ACCEPTED.formatted(1));
  }

  @Test
  void more_messages_than_the_minute_takes_are_accepted_and_delivered_in_the_next_ones() {
    play(
        submission(t -> t.withMessagesPerMinute(1)),
        LOGGED_IN
            + MESSAGE
            + ACCEPTED.formatted(1)
            + MESSAGE
            + late(2, 60_000)
            + MESSAGE
            + late(3, 120_000)
            + ">> 150000 ms\n"
            + MESSAGE
            + late(4, 30_000)
            + ">> 90000 ms\n"
            + MESSAGE
            + ACCEPTED.formatted(5));
  }

  private static String late(int number, int millis) {
    return ACCEPTED
        .formatted(number)
        .replace(
            "C: .\n",
            "C: .\n-- MESSAGES_PER_MINUTE of Alice@contoso.com, %d ms\n".formatted(millis));
  }

  @Test
  void a_client_of_bad_reputation_is_refused_at_mail_until_the_period_is_over() {
    ExchangeProfile consumer =
        limited(Endpoint.CONSUMER_MX, t -> t.withReputationLimit(1, Duration.ofSeconds(10)));
    String refused =
        """
        -- REPUTATION_LIMIT of 192.0.2.1, 6000 ms
        S: 451 4.7.650 The mail server [192.0.2.1] has been temporarily rate limited due to IP\
         reputation. For e-mail delivery information, see %s\
         [Name=Protocol Filter Agent][AGT=PFA][MxId=11BE8A01A0B45E1B] <E>
        -- REFUSED 451, from <a@client.example> to [], 0 bytes
        """;
    play(consumer, mx(OK, ""));
    clock.advance(Duration.ofSeconds(4));
    play(consumer, mx(refused.formatted("https://aka.ms/postmaster (S775)"), ""));
    play(
        consumer.toBuilder().asOf(2024).build(),
        mx(refused.formatted("https://postmaster.live.com (S3113)"), ""));
    clock.advance(Duration.ofSeconds(6));
    play(consumer, mx(OK, ""));
  }

  @Test
  void one_connection_too_many_is_refused_at_mail_on_the_consumer_mx() {
    ExchangeProfile consumer = limited(Endpoint.CONSUMER_MX, t -> t.withMaxConnectionsPerClient(1));
    play(consumer, mx(OK, ""));
    play(
        consumer,
        mx(
            """
            -- MAX_CONNECTIONS_PER_CLIENT of 192.0.2.1, 0 ms
            S: 451 4.7.652 The mail server [192.0.2.1] has exceeded the maximum number of\
             connections. (S3115) <E>
            -- REFUSED 451, from <a@client.example> to [], 0 bytes
            """,
            ""));
  }

  @Test
  void one_connection_too_many_is_not_greeted_on_premises() {
    ExchangeProfile premises = limited(Endpoint.ON_PREMISES, t -> t.withMaxConnectionsPerClient(1));
    String refused =
        """
        >> connect
        -- MAX_CONNECTIONS_PER_CLIENT of 192.0.2.1, 0 ms
        S: 421 4.3.2 The maximum number of concurrent %s limit, closing transmission channel
        -- closed
        """;
    play(premises, "");
    play(premises, refused.formatted("server connections has exceeded a per-source"));
    play(premises.toBuilder().asOf(2016).build(), refused.formatted("connections has exceeded a"));
  }
}
