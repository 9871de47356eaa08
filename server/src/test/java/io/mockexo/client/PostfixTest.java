package io.mockexo.client;

import static io.mockexo.fault.Fault.at;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.fault.Drop;
import io.mockexo.fault.Stage;
import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.MessageAttempts;
import io.mockexo.journal.SessionEvent.LimitReached;
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

  @Test
  void after_five_different_faults_it_delivers_on_the_sixth_connection() {
    try (MockExchangeOnlineServer exchange =
            MockExchangeOnlineServer.mx()
                .onConnection(1, at(Stage.CONNECT).drop(Drop.RST))
                .onConnection(2, at(Stage.STARTTLS).reply("454 4.7.0 TLS not available"))
                .onConnection(3, at(Stage.CLIENT_HELLO).drop(Drop.FIN))
                .onConnection(4, at(Stage.RCPT).reply("451 4.7.500 Server busy"))
                .onConnection(5, at(Stage.BODY, 100).drop(Drop.RST))
                .start();
        Postfix postfix = Postfix.start(exchange.port(), settings("encrypt"))) {
      postfix.submit("app@sender.example", "alice@contoso.com", "Subject: hello\n\nhello\n");

      exchange.awaitMessages(1, ofSeconds(60));
      Sessions sessions = exchange.awaitQuiet(ofSeconds(2));

      assertThat(sessions.stream().map(SmtpSession::summary))
          .containsExactly(
              "silent, fault at(CONNECT).drop(RST)",
              "fault at(STARTTLS).reply(454, \"4.7.0 TLS not available\"),"
                  + " STARTTLS refused with 454, sent no mail",
              "fault at(CLIENT_HELLO).drop(FIN), TLS failed: handshake not completed",
              "fault at(RCPT).reply(451, \"4.7.500 Server busy\"), TLS 1.3,"
                  + " delivered nothing, refused with 451 4.7.500",
              "fault at(BODY, 100).drop(RST), TLS 1.3,"
                  + " delivered nothing, a mail transaction was left unfinished",
              "delivered 1 message over TLS 1.3");
      assertThat(sessions.deliveredMessages()).hasSize(1);
      assertThat(sessions.deliveredOverTls()).hasSize(1);
      assertThat(sessions.stories())
          .containsExactly(
              "tried again 4 times, at least as strong as before, and delivered:"
                  + " session 2 (STARTTLS refused with 454) -> session 3 -> session 4 -> session 5"
                  + " -> session 6");
      assertThat(exchange.unfiredFaults()).isEmpty();
    }
  }

  @Test
  void in_the_lab_a_handshake_that_fails_and_greylisting_are_both_outlived() {
    try (MockExchangeOnlineServer exchange =
            MockExchangeOnlineServer.mx()
                .profile(p -> p.throttling(t -> t.withGreylisting(ofSeconds(2))))
                .onConnection(1, at(Stage.CLIENT_HELLO).drop(Drop.FIN))
                .start();
        Postfix postfix = Postfix.start(exchange.port(), settings("may"))) {
      postfix.submit("app@sender.example", "alice@contoso.com", "Subject: hello\n\nhello\n");

      exchange.awaitMessages(1, ofSeconds(60));
      Sessions sessions = exchange.awaitQuiet(ofSeconds(1));

      assertThat(sessions.stories())
          .singleElement()
          .asString()
          .startsWith("tried again ")
          .contains(
              "at least as strong as before, and delivered: session 1 (TLS failed: handshake not"
                  + " completed) -> session 2 -> session 3");
      assertThat(sessions.number(2).events(LimitReached.class)).hasSize(1);
    }
  }
}
