package io.mockexo.client;

import static io.mockexo.fault.Fault.at;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.fault.Drop;
import io.mockexo.fault.Stage;
import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.MessageAttempts;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.tls.TlsVersion;
import org.junit.jupiter.api.Test;

/** The two senders of the first article: one falls back to cleartext, the other queues for ever. */
class PostfixTest {

  private static final String[] ONLY_TLS_1_1 = {
    "smtp_tls_protocols = >=TLSv1, <=TLSv1.1", "smtp_tls_mandatory_protocols = >=TLSv1, <=TLSv1.1"
  };

  private static String[] settings(String securityLevel, String... more) {
    String[] settings = new String[more.length + 1];
    settings[0] = "smtp_tls_security_level = " + securityLevel;
    System.arraycopy(more, 0, settings, 1, more.length);
    return settings;
  }

  @Test
  void with_opportunistic_tls_up_to_1_1_it_delivers_in_cleartext_on_a_later_connection() {
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start();
        Postfix postfix = Postfix.start(exchange.port(), settings("may", ONLY_TLS_1_1))) {
      postfix.submit("app@sender.example", "alice@contoso.com", "Subject: hello\n\nhello\n");

      exchange.awaitMessages(1, ofSeconds(60));
      Sessions sessions = exchange.awaitQuiet(ofSeconds(1));

      assertThat(sessions.first().tlsRefused()).isPresent();
      assertThat(sessions.first().highestTlsOffered()).contains(TlsVersion.TLS_1_1);
      assertThat(sessions.last().tls()).isEmpty();
      assertThat(sessions.last().deliveredMessages()).hasSize(1);
      MessageAttempts attempts = sessions.attempts().messages().get(0);
      assertThat(attempts.fellBackToCleartext()).isTrue();
      assertThat(postfix.log()).contains("status=sent (250 2.6.0 <");
    }
  }

  @Test
  void with_tls_required_up_to_1_1_it_tries_again_and_again_and_never_delivers() {
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start();
        Postfix postfix = Postfix.start(exchange.port(), settings("encrypt", ONLY_TLS_1_1))) {
      postfix.submit("app@sender.example", "alice@contoso.com", "Subject: hello\n\nhello\n");

      Sessions sessions = exchange.awaitSessions(4, ofSeconds(60));

      assertThat(sessions.list().subList(0, 4))
          .allSatisfy(session -> assertThat(session.tlsRefused()).isPresent())
          .allSatisfy(session -> assertThat(session.sentMailInCleartext()).isFalse());
      assertThat(sessions.attempts().messages())
          .singleElement()
          .satisfies(
              attempts -> {
                assertThat(attempts.retried()).isTrue();
                assertThat(attempts.fellBackToCleartext()).isFalse();
              });
    }
  }

  @Test
  void with_current_tls_it_delivers_over_tls_1_3_in_one_connection() {
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start();
        Postfix postfix = Postfix.start(exchange.port(), settings("encrypt"))) {
      postfix.submit("app@sender.example", "alice@contoso.com", "Subject: hello\n\nhello\n");

      SmtpSession session = exchange.awaitSessions(1, ofSeconds(60)).only();

      assertThat(session.tls().orElseThrow().version()).isEqualTo(TlsVersion.TLS_1_3);
      assertThat(session.deliveredMessages()).hasSize(1);
    }
  }

  @Test
  void a_message_whose_reply_is_lost_comes_twice() {
    try (MockExchangeOnlineServer exchange =
            MockExchangeOnlineServer.mx()
                .onConnection(1, at(Stage.END_OF_DATA).drop(Drop.RST))
                .start();
        Postfix postfix = Postfix.start(exchange.port(), settings("encrypt"))) {
      postfix.submit("app@sender.example", "alice@contoso.com", "Subject: hello\n\nhello\n");

      exchange.awaitMessages(1, ofSeconds(60));
      Sessions sessions = exchange.awaitQuiet(ofSeconds(1));

      assertThat(sessions.first().transactions())
          .extracting(MailTransaction::outcome)
          .containsExactly(MailTransaction.Outcome.UNACKNOWLEDGED);
      assertThat(sessions.last().deliveredMessages()).hasSize(1);
      assertThat(sessions.attempts().messages())
          .singleElement()
          .satisfies(
              message ->
                  assertThat(message.duplicatedRecipients()).containsExactly("alice@contoso.com"));
    }
  }
}
