package io.mockexo.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.journal.SmtpSession;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.tls.TlsVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may differ in a handshake besides versions, suites and certificates. */
class HandshakeMarksTest {

  @ParameterizedTest
  @CsvSource({
    "false, P-384:P-256, 1, secp384r1",
    "true, P-384:P-256, 2, secp256r1",
    "true, P-256:P-384, 2, secp384r1",
    "true, P-384, 1, secp384r1",
    "false, X25519:P-256, 2, secp256r1",
    "true, X25519:P-256, 2, secp256r1"
  })
  void a_client_is_asked_again_if_it_has_another_group(
      boolean forced, String groups, int hellos, String group) {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx()
            .profile(p -> p.tls(t -> t.helloRetryRequest(forced)))
            .start()) {
      Tool.Run run = OpenSsl.quit(exchange, TlsVersion.TLS_1_3, "-groups", groups);

      assertThat(run.output()).contains("221 2.0.0");
      SmtpSession session = exchange.awaitSessions(1).only();
      assertThat(session.clientHellos()).hasSize(hellos);
      assertThat(session.tls().orElseThrow().group()).hasToString(group);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "false, ECDHE-RSA-AES256-SHA384, false",
    "true, ECDHE-RSA-AES256-SHA384, true",
    "true, ECDHE-RSA-AES128-SHA, true",
    "true, ECDHE-RSA-AES256-GCM-SHA384, false"
  })
  void encrypt_then_mac_is_agreed_to_where_it_is_allowed(
      boolean allowed, String suite, boolean agreed) {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx().profile(p -> p.tls(t -> t.encryptThenMac(allowed))).start()) {
      Tool.Run run = OpenSsl.quit(exchange, TlsVersion.TLS_1_2, "-cipher", suite, "-tlsextdebug");

      assertThat(run.output()).contains("221 2.0.0");
      assertThat(run.output().contains("TLS server extension \"encrypt-then-mac\""))
          .isEqualTo(agreed);
    }
  }
}
