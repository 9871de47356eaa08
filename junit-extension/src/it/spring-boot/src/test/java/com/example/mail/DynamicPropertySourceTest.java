package com.example.mail;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThatExceptionOfType;
import static io.mockexo.exchange.Endpoint.CLIENT_SUBMISSION;
import static io.mockexo.fault.Drop.FIN;
import static io.mockexo.fault.Stage.CLIENT_HELLO;
import static io.mockexo.tls.TlsVersion.TLS_1_2;
import static java.time.Duration.ofMillis;

import io.mockexo.journal.Sessions;
import io.mockexo.junit.InjectFault;
import io.mockexo.junit.MailAccount;
import io.mockexo.junit.MockExchangeOnline;
import io.mockexo.server.MockExchangeOnlineServer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.mail.MailSendException;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** One server for this class, and a context that is told where it is. */
@SpringBootTest
class DynamicPropertySourceTest {

  @MockExchangeOnline(
      endpoint = CLIENT_SUBMISSION,
      accounts = @MailAccount(user = "app@contoso.com", password = "s3cret"))
  static MockExchangeOnlineServer exchange;

  @DynamicPropertySource
  static void mail(DynamicPropertyRegistry registry) {
    exchange.springMailProperties(registry::add);
  }

  @Autowired private Reports reports;

  @Test
  void submits_by_tls() {
    reports.send("hello");

    assertThat(exchange.awaitSessions(1).only()).usedTlsAtLeast(TLS_1_2).deliveredMessage();
  }

  @Test
  @InjectFault(onConnection = 1, at = CLIENT_HELLO, drop = FIN)
  void does_not_submit_in_the_clear() {
    assertThatExceptionOfType(MailSendException.class).isThrownBy(() -> reports.send("hello"));

    Sessions sessions = exchange.awaitQuiet(ofMillis(200));
    assertThat(sessions).neverFellBackToCleartext();
    assertThat(sessions.deliveredMessages()).isEmpty();
  }
}
