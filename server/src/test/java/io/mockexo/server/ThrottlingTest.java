package io.mockexo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.mockexo.client.SmtpTestClient;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.Throttling;
import io.mockexo.exchange.Throttling.Limit;
import io.mockexo.journal.SessionEvent.LimitReached;
import io.mockexo.journal.Sessions;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Limits that the connections of a server share, over real sockets. */
class ThrottlingTest {

  private static final String ALICE = "alice@contoso.com";

  /** Stands until it is told otherwise. */
  private static final class Hands extends Clock {
    private volatile Instant now = Instant.parse("2026-03-27T17:08:50Z");

    void turn(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  private final Hands clock = new Hands();

  private MockExchangeOnlineServer start(Endpoint endpoint, UnaryOperator<Throttling> change) {
    MockExchangeOnlineServerBuilder builder =
        MockExchangeOnlineServer.builder(endpoint).profile(p -> p.throttling(change));
    builder.clock = clock;
    if (endpoint.isSubmission()) {
      builder.account(ALICE, "s3cret");
    }
    return builder.start();
  }

  private static SmtpTestClient loggedIn(MockExchangeOnlineServer exchange) {
    SmtpTestClient client = SmtpTestClient.hello(exchange);
    client.command("STARTTLS");
    client.startTls(exchange.clientSslContext());
    client.command("EHLO client.example");
    client.command("AUTH LOGIN " + base64(ALICE));
    assertThat(client.command(base64("s3cret"))).startsWith("235 ");
    return client;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Limit> limits(Sessions sessions) {
    return sessions.list().stream()
        .flatMap(session -> session.events(LimitReached.class).stream())
        .map(LimitReached::limit)
        .toList();
  }

  @Test
  void of_four_clients_that_submit_at_the_same_time_one_is_refused() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (MockExchangeOnlineServer exchange =
        start(Endpoint.CLIENT_SUBMISSION, t -> t.withParallelSubmissions(3))) {
      CyclicBarrier allInData = new CyclicBarrier(4);
      Callable<String> submission =
          () -> {
            try (SmtpTestClient client = loggedIn(exchange)) {
              client.command("MAIL FROM:<" + ALICE + ">");
              client.command("RCPT TO:<b@elsewhere.example>");
              client.command("DATA");
              allInData.await(30, TimeUnit.SECONDS);
              return client.command("Subject: hello\r\n\r\nhello\r\n.");
            }
          };
      List<Future<String>> submissions = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        submissions.add(threads.submit(submission));
      }
      List<String> replies = new ArrayList<>();
      for (Future<String> each : submissions) {
        replies.add(each.get(60, TimeUnit.SECONDS));
      }

      assertThat(replies).filteredOn(reply -> reply.startsWith("250 2.0.0 ")).hasSize(3);
      assertThat(replies)
          .filteredOn(reply -> reply.startsWith("432 4.3.2 Concurrent connections"))
          .hasSize(1);
      Sessions sessions = exchange.awaitSessions(4);
      assertThat(sessions.deliveredMessages()).hasSize(3);
      assertThat(limits(sessions)).containsExactly(Limit.PARALLEL_SUBMISSIONS);

      try (SmtpTestClient retry = loggedIn(exchange)) {
        assertThat(retry.deliver(ALICE, "b@elsewhere.example")).startsWith("250 ");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void a_message_above_the_minute_is_accepted_and_the_journal_says_that_it_is_late() {
    try (MockExchangeOnlineServer exchange =
        start(Endpoint.CLIENT_SUBMISSION, t -> t.withMessagesPerMinute(1))) {
      for (int i = 0; i < 2; i++) {
        try (SmtpTestClient client = loggedIn(exchange)) {
          assertThat(client.deliver(ALICE, "b@elsewhere.example")).startsWith("250 ");
        }
      }

      Sessions sessions = exchange.awaitSessions(2);
      assertThat(sessions.deliveredMessages()).hasSize(2);
      assertThat(sessions.first().events(LimitReached.class)).isEmpty();
      assertThat(sessions.last().events(LimitReached.class))
          .extracting(LimitReached::whose, LimitReached::waiting)
          .containsExactly(tuple(ALICE, Duration.ofMinutes(1)));
      assertThat(sessions.last().transcript())
          .contains(
              "-- limit MESSAGES_PER_MINUTE reached by alice@contoso.com, delivery is delayed by"
                  + " 60.000 s\n");
    }
  }

  @Test
  void a_greylisted_sender_gets_through_when_it_comes_again_and_a_reset_forgets_it() {
    try (MockExchangeOnlineServer exchange =
        start(Endpoint.MX, t -> t.withGreylisting(Duration.ofMinutes(5)))) {
      assertThat(rcpt(exchange)).startsWith("451 4.7.500 Server busy. ");
      clock.turn(Duration.ofMinutes(5));
      assertThat(rcpt(exchange)).startsWith("250 ");
      assertThat(exchange.awaitSessions(2).first().transcript())
          .contains("-- limit GREYLISTING reached by 127.0.0.1, for 300.000 s more\n");

      exchange.reset();
      assertThat(rcpt(exchange)).startsWith("451 4.7.500 ");
      exchange.updateProfile(p -> p.throttling(t -> Throttling.none()));
      assertThat(rcpt(exchange)).startsWith("250 ");
    }
  }

  private static String rcpt(MockExchangeOnlineServer exchange) {
    try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      client.command("MAIL FROM:<a@client.example>");
      return client.command("RCPT TO:<b@contoso.com>");
    }
  }

  @Test
  void the_consumer_mx_limits_the_messages_of_a_client() {
    try (MockExchangeOnlineServer exchange =
            start(Endpoint.CONSUMER_MX, t -> t.withReputationLimit(1, Duration.ofMinutes(1)));
        SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      assertThat(client.deliver("a@client.example", "b@outlook.com")).startsWith("250 ");
      assertThat(client.command("MAIL FROM:<a@client.example>")).startsWith("451 4.7.650 ");
      clock.turn(Duration.ofMinutes(1));
      assertThat(client.command("MAIL FROM:<a@client.example>")).startsWith("250 ");
    }
  }

  @Test
  void the_consumer_mx_refuses_mail_on_a_connection_too_many() {
    try (MockExchangeOnlineServer exchange =
            start(Endpoint.CONSUMER_MX, t -> t.withMaxConnectionsPerClient(1));
        SmtpTestClient first = SmtpTestClient.hello(exchange);
        SmtpTestClient second = SmtpTestClient.hello(exchange)) {
      assertThat(second.command("MAIL FROM:<a@client.example>")).startsWith("451 4.7.652 ");
      assertThat(first.command("MAIL FROM:<a@client.example>")).startsWith("250 ");
    }
  }

  @Test
  void on_premises_a_connection_too_many_is_greeted_with_421_until_another_has_ended() {
    try (MockExchangeOnlineServer exchange =
        start(Endpoint.ON_PREMISES, t -> t.withMaxConnectionsPerClient(1))) {
      try (SmtpTestClient first = SmtpTestClient.hello(exchange);
          SmtpTestClient second = SmtpTestClient.connect(exchange)) {
        assertThat(second.reply()).startsWith("421 4.3.2 ");
        assertThat(second.isAtEnd()).isTrue();
        assertThat(first.command("NOOP")).startsWith("250 ");
      }
      exchange.awaitSessions(2);
      try (SmtpTestClient third = SmtpTestClient.connect(exchange)) {
        assertThat(third.reply()).startsWith("220 ");
      }
      assertThat(limits(exchange.awaitSessions(3)))
          .containsExactly(Limit.MAX_CONNECTIONS_PER_CLIENT);
    }
  }

  @Test
  void a_limit_without_an_effect_is_refused_and_says_where_it_has_one() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> built(Endpoint.MX, t -> t.withParallelSubmissions(3)))
        .withMessage(
            "parallelSubmissions has no effect on MX; it is for CLIENT_SUBMISSION,"
                + " LEGACY_CLIENT_SUBMISSION");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> built(Endpoint.CLIENT_SUBMISSION, t -> t.withGreylisting(Duration.ofMinutes(5))))
        .withMessage("greylisting has no effect on CLIENT_SUBMISSION; it is for MX, CONSUMER_MX");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> ExchangeProfile.builder(Endpoint.MX).tarpit(Duration.ofSeconds(5)).build())
        .withMessageStartingWith("tarpit has no effect on MX; ");
  }

  @Test
  void nothing_is_limited_by_default_and_what_is_published_fits_its_endpoint() {
    for (Endpoint endpoint : Endpoint.values()) {
      assertThat(ExchangeProfile.builder(endpoint).build().throttling())
          .isEqualTo(Throttling.none());
      assertThat(built(endpoint, t -> Throttling.published(endpoint)).throttling())
          .isEqualTo(Throttling.published(endpoint));
    }
  }

  private static ExchangeProfile built(Endpoint endpoint, UnaryOperator<Throttling> change) {
    return ExchangeProfile.builder(endpoint).throttling(change).build();
  }
}
