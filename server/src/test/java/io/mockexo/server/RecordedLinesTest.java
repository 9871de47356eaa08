package io.mockexo.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.client.SmtpTestClient;
import io.mockexo.exchange.StartTlsInjection;
import io.mockexo.journal.SessionEvent.CommandReceived;
import io.mockexo.journal.SmtpSession;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client wrote is in the journal as what it was, and without its credentials. */
class RecordedLinesTest {

  private static CommandReceived lastLine(SmtpSession session) {
    return session.events().stream()
        .filter(CommandReceived.class::isInstance)
        .map(CommandReceived.class::cast)
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  @Test
  void commands_with_tabs_count_as_the_commands_that_they_are() {
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start()) {
      try (SmtpTestClient client = SmtpTestClient.connect(exchange)) {
        client.reply();
        assertThat(client.command("EHLO\tclient.example")).startsWith("250-");
        assertThat(client.command("MAIL\tFROM:<a@client.example>")).startsWith("250 ");
      }
      SmtpSession session = exchange.awaitSessions(1).first();
      assertThat(session.reachedEhlo()).isTrue();
      assertThat(session.heloName()).contains("client.example");
      assertThat(session.startTlsOffered()).isTrue();
      assertThat(session.sentMailInCleartext()).isTrue();
    }
  }

  @Test
  void a_recipient_that_looks_redacted_is_no_credential_and_auth_that_looks_odd_is() {
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start()) {
      try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
        client.command("RCPT TO:<redacted>");
      }
      assertThat(exchange.awaitSessions(1).first().sentCredentialsInCleartext()).isFalse();
      try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
        client.command("AUTH=PLAIN x");
      }
      assertThat(exchange.awaitSessions(2).last().sentCredentialsInCleartext()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"czNjcmV0", "s3cret pw", "QUIT czNjcmV0"})
  void a_password_is_not_readable_if_the_client_leaves_in_the_middle_of_it(String password) {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.clientSubmission().profile(p -> p.tarpit(Duration.ZERO)).start()) {
      try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
        client.command("STARTTLS");
        client.startTls(exchange.clientSslContext());
        client.command("EHLO client.example");
        assertThat(client.command("AUTH LOGIN")).startsWith("334 ");
        assertThat(client.command("YWxpY2U=")).startsWith("334 ");
        client.send(password);
      }
      SmtpSession session = exchange.awaitSessions(1).first();
      assertThat(lastLine(session).line()).isEqualTo("<redacted> (without its line end)");
      assertThat(lastLine(session).redacted()).isTrue();
      assertThat(lastLine(session).verb()).isEmpty();
    }
  }

  @Test
  void a_password_that_comes_after_everything_is_not_readable() {
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start()) {
      try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
        assertThat(client.command("FOO")).startsWith("500 ");
        assertThat(client.command("AUTH PLAIN czNjcmV0")).startsWith("5");
        assertThat(client.command("my s3cret")).startsWith("500 ");
        assertThat(client.command("NOOP\rAUTH PLAIN czNjcmV0")).startsWith("5");
        client.command("QUIT");
        assertThat(client.isAtEnd()).isTrue();
        client.send("my s3cret\rNOOP\r\n");
      }
      SmtpSession session = exchange.awaitSessions(1).first();
      assertThat(session.transcript())
          .contains("C: FOO", "AUTH PLAIN <redacted>", "NOOP\\x0DAUTH PLAIN <redacted>")
          .contains("<redacted>\\rNOOP\\r\\n")
          .doesNotContain("s3cret", "czNj");
    }
  }

  @ParameterizedTest
  @EnumSource(StartTlsInjection.class)
  void a_password_behind_starttls_is_not_readable(StartTlsInjection injection) {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx().profile(p -> p.startTlsInjection(injection)).start()) {
      try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
        client.command("AUTH LOGIN");
        client.send("STARTTLS\r\nmy s3cret\r\n");
        assertThat(client.reply()).startsWith("220 ");
      }
      SmtpSession session = exchange.awaitSessions(1).first();
      assertThat(session.transcript()).contains("<redacted>\\r\\n").doesNotContain("s3cret");
    }
  }

  @Test
  void a_message_that_is_broken_off_leaves_no_line() {
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start()) {
      try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
        client.command("MAIL FROM:<a@client.example>");
        client.command("RCPT TO:<b@contoso.com>");
        assertThat(client.command("DATA")).startsWith("354 ");
        client.send("Subject: x\r\n\r\nmy s3cret");
      }
      SmtpSession session = exchange.awaitSessions(1).first();
      assertThat(lastLine(session).line()).isEqualTo("DATA");
      assertThat(session.transcript()).doesNotContain("s3cret");
    }
  }
}
