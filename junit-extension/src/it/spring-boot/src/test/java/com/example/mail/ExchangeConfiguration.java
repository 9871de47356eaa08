package com.example.mail;

import io.mockexo.server.MockExchangeOnlineServer;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistrar;

/** A server that lives as long as the context, however many classes use it. */
@TestConfiguration(proxyBeanMethods = false)
class ExchangeConfiguration {

  static final AtomicInteger SERVERS = new AtomicInteger();

  @Bean
  MockExchangeOnlineServer exchange() {
    SERVERS.incrementAndGet();
    return MockExchangeOnlineServer.clientSubmission().account("app@contoso.com", "s3cret").start();
  }

  @Bean
  DynamicPropertyRegistrar mail(MockExchangeOnlineServer exchange) {
    return registry -> exchange.springMailProperties(registry::add);
  }
}
