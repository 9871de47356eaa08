package com.example.mail;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThatExceptionOfType;
import static io.mockexo.fault.Drop.RST;
import static io.mockexo.fault.Stage.CLIENT_HELLO;
import static io.mockexo.tls.TlsRefusal.FIN;
import static io.mockexo.tls.TlsVersion.TLS_1_2;
import static io.mockexo.tls.TlsVersion.TLS_1_3;
import static java.time.Duration.ofMillis;

import io.mockexo.journal.Sessions;
import io.mockexo.junit.InjectFault;
import io.mockexo.junit.MockExchangeOnline;
import io.mockexo.server.MockExchangeOnlineServer;
import jakarta.mail.MessagingException;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailerTest {

  private static Properties limitedToTls12(MockExchangeOnlineServer exchange) {
    Properties properties = exchange.jakartaMailProperties();
    properties.put("mail.smtp.ssl.protocols", "TLSv1.2");
    return properties;
  }

  @Test
  void falls_back_to_cleartext_when_its_tls_is_too_old(
      @MockExchangeOnline(minimumTls = TLS_1_3, refuseOldTlsWith = FIN)
          MockExchangeOnlineServer exchange)
      throws MessagingException {
    Mailer.opportunistic(limitedToTls12(exchange)).send("hello");

    Sessions sessions = exchange.awaitQuiet(ofMillis(200));
    assertThat(sessions).fellBackToCleartext();
    assertThat(sessions.first()).offeredTlsUpTo(TLS_1_2).failedTls().deliveredNothing();
    assertThat(sessions.last()).stayedInCleartext().deliveredMessage();
  }

  @Test
  @InjectFault(onConnection = 1, at = CLIENT_HELLO, drop = RST)
  void requires_tls_and_retries(@MockExchangeOnline MockExchangeOnlineServer exchange)
      throws MessagingException {
    Mailer.requiringTls(exchange.jakartaMailProperties()).send("hello");

    Sessions sessions = exchange.awaitQuiet(ofMillis(200));
    assertThat(sessions).retriedAfterTlsFailure().neverFellBackToCleartext();
    assertThat(sessions.last()).usedTlsAtLeast(TLS_1_2).deliveredMessage();
  }

  @Test
  void does_not_trust_just_any_server(@MockExchangeOnline MockExchangeOnlineServer exchange) {
    Properties settings = exchange.jakartaMailProperties();
    settings.remove("mail.smtp.ssl.socketFactory");

    assertThatExceptionOfType(MessagingException.class)
        .isThrownBy(() -> Mailer.requiringTls(settings).send("hello"))
        .withStackTraceContaining("unable to find valid certification path");
    assertThat(exchange.awaitSessions(3).deliveredMessages()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"io.netty.channel.Channel", "org.bouncycastle.util.Arrays"})
  void nothing_comes_along_that_could_disturb_the_application(String className) {
    assertThatExceptionOfType(ClassNotFoundException.class)
        .isThrownBy(() -> Class.forName(className));
  }
}
