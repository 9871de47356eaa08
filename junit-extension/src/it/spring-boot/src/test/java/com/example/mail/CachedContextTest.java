package com.example.mail;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.tls.TlsVersion.TLS_1_2;

import io.mockexo.server.MockExchangeOnlineServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** Several classes with one context, in which the server is a bean. */
@SpringBootTest
@Import(ExchangeConfiguration.class)
abstract class CachedContextTest {

  @Autowired private MockExchangeOnlineServer exchange;
  @Autowired private Reports reports;

  @BeforeEach
  void forget_what_other_tests_did() {
    exchange.reset();
  }

  @Test
  void submits_by_tls() {
    reports.send("hello");

    assertThat(exchange.awaitSessions(1).only()).usedTlsAtLeast(TLS_1_2).deliveredMessage();
    assertThat(ExchangeConfiguration.SERVERS).hasValue(1);
  }
}
