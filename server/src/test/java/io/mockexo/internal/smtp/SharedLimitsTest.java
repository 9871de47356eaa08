package io.mockexo.internal.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.Throttling;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SharedLimitsTest {

  private static final int HOSTILE = 1_000_000;

  private static final ExchangeProfile CONSUMER =
      ExchangeProfile.builder(Endpoint.CONSUMER_MX)
          .throttling(
              t ->
                  t.withGreylisting(Duration.ofMinutes(1))
                      .withReputationLimit(1, Duration.ofMinutes(1))
                      .withMaxConnectionsPerClient(1))
          .build();

  private final ManualClock clock = Script.clock();
  private final SharedLimits limits = new SharedLimits(clock);

  @Test
  void a_million_senders_do_not_grow_it() {
    try (Limits client = limits.of(CONSUMER, Script.address("192.0.2.1"))) {
      for (int i = 0; i < HOSTILE; i++) {
        client.refusesRcpt("a" + i + "@client.example", "b@contoso.com");
      }
    }
    assertThat(limits.size()).isEqualTo(Remembered.MOST);
  }

  @Test
  void a_hundred_thousand_clients_do_not_grow_it() throws UnknownHostException {
    for (int i = 0; i < 100_000; i++) {
      byte[] address = {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i};
      try (Limits client = limits.of(CONSUMER, InetAddress.getByAddress(address))) {
        assertThat(client.refusesMail()).isZero();
      }
    }
    assertThat(limits.size()).isEqualTo(Remembered.MOST);
  }

  @Test
  void the_oldest_sender_is_forgotten_first() {
    try (Limits client = limits.of(CONSUMER, Script.address("192.0.2.1"))) {
      for (int i = 0; i <= Remembered.MOST; i++) {
        client.refusesRcpt(i + "@client.example", "b@contoso.com");
      }
      clock.advance(Duration.ofMinutes(1));
      assertThat(client.refusesRcpt("1@client.example", "b@contoso.com")).isZero();
      assertThat(client.refusesRcpt("0@client.example", "b@contoso.com")).isPositive();
    }
  }

  @Test
  void a_connection_that_is_closed_twice_leaves_one_place() {
    InetAddress address = Script.address("192.0.2.1");
    Limits first = limits.of(CONSUMER, address);
    assertThat(limits.of(CONSUMER, address).hasConnection()).isFalse();
    first.close();
    first.close();
    assertThat(limits.of(CONSUMER, address).hasConnection()).isTrue();
    assertThat(limits.of(CONSUMER, address).hasConnection()).isFalse();
  }

  @Test
  void of_many_at_the_same_time_as_many_get_a_place_as_there_are() throws Exception {
    ExchangeProfile submission =
        Profiles.SUBMISSION.toBuilder()
            .throttling(t -> Throttling.published(Endpoint.CLIENT_SUBMISSION))
            .build();
    int clients = 16;
    CountDownLatch ready = new CountDownLatch(clients);
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      Callable<Boolean> submit =
          () -> {
            Limits own = limits.of(submission, Script.address("192.0.2.1"));
            ready.countDown();
            ready.await();
            return own.takesSubmission("Alice@contoso.com");
          };
      List<Future<Boolean>> tries = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        tries.add(threads.submit(submit));
      }
      int taken = 0;
      for (Future<Boolean> one : tries) {
        taken += one.get() ? 1 : 0;
      }
      assertThat(taken).isEqualTo(3);
    } finally {
      threads.shutdownNow();
    }
  }
}
