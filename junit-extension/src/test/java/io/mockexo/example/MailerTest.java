package io.mockexo.example;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.fault.Drop.RST;
import static io.mockexo.fault.Stage.CLIENT_HELLO;
import static io.mockexo.tls.TlsVersion.TLS_1_2;
import static io.mockexo.tls.TlsVersion.TLS_1_3;
import static java.time.Duration.ofSeconds;

import io.mockexo.journal.Sessions;
import io.mockexo.junit.InjectFault;
import io.mockexo.junit.MockExchangeOnline;
import io.mockexo.server.MockExchangeOnlineServer;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class MailerTest {

  @Test
  void keeps_the_mail_rather_than_fall_back_to_cleartext(
      @MockExchangeOnline(minimumTls = TLS_1_3) MockExchangeOnlineServer exchange)
      throws Exception {
    Properties smtp = exchange.jakartaMailProperties(); // host, port, and trust in its certificate
    smtp.put("mail.smtp.ssl.protocols", "TLSv1.2"); // too old for this server

    new Mailer(smtp).send("hello"); // your own; if it throws: assertThatThrownBy(() -> ...)

    Sessions sessions = exchange.awaitQuiet(ofSeconds(1)); // "never" needs a quiet snapshot
    assertThat(sessions).neverFellBackToCleartext().deliveredNothing();
    assertThat(sessions.first()).offeredTlsUpTo(TLS_1_2).failedTls().wasClosedByServer();
  }

  @Test
  void falls_back_where_it_is_told_to(
      @MockExchangeOnline(minimumTls = TLS_1_3) MockExchangeOnlineServer exchange)
      throws Exception {
    Properties smtp = exchange.jakartaMailProperties();
    smtp.put("mail.smtp.ssl.protocols", "TLSv1.2");

    new Mailer(smtp).fallingBack().send("hello");

    Sessions sessions = exchange.awaitQuiet(ofSeconds(1));
    assertThat(sessions).fellBackToCleartext().deliveredOnce();
    assertThat(sessions.last()).stayedInCleartext().deliveredMessage();
  }

  @Test
  @InjectFault(onConnection = 1, at = CLIENT_HELLO, drop = RST)
  void tries_again_over_tls(@MockExchangeOnline MockExchangeOnlineServer exchange)
      throws Exception {
    new Mailer(exchange.jakartaMailProperties()).send("hello");

    Sessions sessions = exchange.awaitQuiet(ofSeconds(1));
    assertThat(sessions).retriedAfterTlsFailure().neverFellBackToCleartext().deliveredOnce();
    assertThat(sessions.last()).usedTlsAtLeast(TLS_1_2).deliveredMessage();
  }
}
