package io.mockexo.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.client.SmtpTestClient;
import io.mockexo.journal.SmtpSession;
import io.mockexo.tls.KeyLogLine;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who decrypts a capture while it is made has the secrets in time. */
class LiveKeyLogTest {

  private final List<KeyLogLine> told = new CopyOnWriteArrayList<>();

  private static MockExchangeOnlineServer start(boolean keyLog) {
    return MockExchangeOnlineServer.mx().profile(profile -> profile.keyLog(keyLog)).start();
  }

  private static SmtpTestClient insideTls(MockExchange exchange, String protocol) {
    SmtpTestClient client = SmtpTestClient.hello(exchange);
    client.command("STARTTLS");
    client.startTls(exchange.clientSslContext(), protocol);
    return client;
  }

  /** Without waiting: a client's handshake is over when the server's last flight has come. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void secrets_are_told_before_what_they_encrypt_is_sent(String protocol) {
    try (MockExchangeOnlineServer exchange = start(true)) {
      exchange.onKeyLog(told::addAll);
      try (SmtpTestClient client = insideTls(exchange, protocol)) {
        List<KeyLogLine> atHandshake = List.copyOf(told);

        assertThat(exchange.open()).hasSize(1);
        client.command("QUIT");
        SmtpSession session = exchange.awaitSessions(1).only();
        assertThat(atHandshake).isNotEmpty().isEqualTo(session.keyLog());
        assertThat(told).isEqualTo(session.keyLog());
      }
    }
  }

  @Test
  void a_listener_that_fails_harms_neither_the_handshake_nor_another_one() {
    try (MockExchangeOnlineServer exchange = start(true)) {
      exchange.onKeyLog(
          lines -> {
            throw new IllegalStateException("a failing listener, logged on purpose");
          });
      exchange.onKeyLog(told::addAll);
      try (SmtpTestClient client = insideTls(exchange, "TLSv1.3")) {
        assertThat(client.command("NOOP")).startsWith("250");
      }

      assertThat(told).hasSize(5);
    }
  }

  @Test
  void a_subscription_that_has_ended_is_told_no_more() {
    try (MockExchangeOnlineServer exchange = start(true)) {
      Runnable end = exchange.onKeyLog(told::addAll);
      insideTls(exchange, "TLSv1.3").close();
      List<KeyLogLine> first = List.copyOf(told);
      end.run();
      insideTls(exchange, "TLSv1.3").close();

      assertThat(first).hasSize(5);
      assertThat(told).isEqualTo(first);
    }
  }

  @Test
  void nothing_is_told_unless_the_profile_asks_for_it_and_that_can_change() {
    try (MockExchangeOnlineServer exchange = start(false)) {
      exchange.onKeyLog(told::addAll);
      insideTls(exchange, "TLSv1.3").close();
      assertThat(told).isEmpty();

      exchange.updateProfile(profile -> profile.keyLog(true));
      insideTls(exchange, "TLSv1.3").close();
      assertThat(told).hasSize(5);
    }
  }
}
