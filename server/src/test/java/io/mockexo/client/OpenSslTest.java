package io.mockexo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.mockexo.journal.SessionEvent.ReplySent;
import io.mockexo.journal.SessionEvent.TlsEstablished;
import io.mockexo.journal.SmtpSession;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.tls.CertificateKind;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** OpenSSL with each version, with and without a certificate, content and not. */
class OpenSslTest {

  static Stream<Arguments> floors_and_clients() {
    return OpenSsl.VERSIONS.stream()
        .flatMap(floor -> OpenSsl.VERSIONS.stream().map(client -> arguments(floor, client)));
  }

  @ParameterizedTest(name = "floor {0}, client {1}")
  @MethodSource("floors_and_clients")
  void a_client_is_served_from_the_floor_on_and_closed_with_fin_below_it(
      TlsVersion floor, TlsVersion client) {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx().minimumTls(floor).start()) {
      Tool.Run run = OpenSsl.quit(exchange, client, "-cipher", OpenSsl.ALL_CIPHERS);

      SmtpSession session = exchange.awaitSessions(1).only();
      assertThat(session.highestTlsOffered()).contains(client);
      if (client.isAtLeast(floor)) {
        assertThat(session.tls().map(TlsEstablished::version)).contains(client);
        assertThat(session.transcript()).contains("C* QUIT");
        assertThat(run.output()).contains("221 2.0.0 Service closing transmission channel");
      } else {
        assertThat(session.tls()).isEmpty();
        assertThat(session.alertsSent()).isEmpty();
        assertThat(session.tlsRefused().orElseThrow().how()).isEqualTo(TlsRefusal.FIN);
        assertThat(run.output()).contains("unexpected eof while reading");
      }
    }
  }

  @Test
  void without_a_common_suite_the_client_is_closed_with_fin_too() {
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start()) {
      OpenSsl.quit(exchange, TlsVersion.TLS_1_2, "-cipher", "DHE-RSA-AES256-GCM-SHA384");

      SmtpSession session = exchange.awaitSessions(1).only();
      assertThat(session.tlsRefused().orElseThrow().reason())
          .isEqualTo("no cipher suite in common for TLS 1.2");
      assertThat(session.alertsSent()).isEmpty();
    }
  }

  /** For OpenSSL the warning is the end. */
  @Test
  void renegotiation_is_refused_with_a_warning() {
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start()) {
      Tool.Run run =
          OpenSsl.sClientWithCommands(exchange, "R\n", OpenSsl.option(TlsVersion.TLS_1_2));

      SmtpSession session = exchange.awaitSessions(1).only();
      assertThat(session.tls()).isPresent();
      assertThat(session.transcript()).contains("S* warning alert no_renegotiation");
      assertThat(run.output()).contains("RENEGOTIATING", "no renegotiation");
    }
  }

  @Test
  void a_default_client_is_asked_again_for_p_384() {
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start()) {
      Tool.Run run = OpenSsl.sClient(exchange, "QUIT\n", "-crlf");

      SmtpSession session = exchange.awaitSessions(1).only();
      assertThat(session.clientHellos()).hasSize(2);
      assertThat(session.clientHellos().get(0).keyShareGroups()).hasToString("[x25519]");
      assertThat(session.clientHellos().get(1).keyShareGroups()).hasToString("[secp384r1]");
      assertThat(run.output()).contains("Server Temp Key: ECDH, secp384r1, 384 bits");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = CertificateKind.class,
      names = {"RSA_2048", "ECDSA_P256"})
  void the_chain_and_the_names_of_the_certificate_verify_against_the_test_ca(
      CertificateKind kind, @TempDir Path folder) throws Exception {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx().certificate(kind).start()) {
      Path ca = Files.writeString(folder.resolve("ca.pem"), exchange.caPem());
      for (String name : List.of("contoso-com.mail.protection.outlook.com", "localhost")) {
        Tool.Run run =
            OpenSsl.sClient(
                exchange,
                "QUIT\n",
                "-crlf",
                "-CAfile",
                ca.toString(),
                "-verify_hostname",
                name,
                "-verify_return_error");
        assertThat(run.output()).contains("Verify return code: 0 (ok)");
      }
      Tool.Run run =
          OpenSsl.sClient(
              exchange,
              "QUIT\n",
              "-crlf",
              "-CAfile",
              ca.toString(),
              "-verify_ip",
              "127.0.0.1",
              "-verify_return_error");
      assertThat(run.output()).contains("Verify return code: 0 (ok)");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TlsVersion.class,
      names = {"TLS_1_2", "TLS_1_3"})
  void a_client_that_dislikes_the_certificate_is_recorded_with_its_alert(TlsVersion version) {
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start()) {
      OpenSsl.quit(exchange, version, "-verify_return_error");

      SmtpSession session = exchange.awaitSessions(1).only();
      assertThat(session.tls()).isEmpty();
      assertThat(session.alertsReceived()).singleElement().hasFieldOrPropertyWithValue("code", 48);
      assertThat(session.summary()).contains("unknown_ca");
    }
  }

  @Test
  void a_client_certificate_is_recorded(@TempDir Path folder) {
    String key = folder.resolve("key.pem").toString();
    String certificate = folder.resolve("cert.pem").toString();
    Tool.OPENSSL.run(
        "",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=relay.contoso.com",
        "-keyout",
        key,
        "-out",
        certificate);
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start()) {
      OpenSsl.sClient(exchange, "QUIT\n", "-crlf", "-cert", certificate, "-key", key);

      assertThat(exchange.awaitSessions(1).only().tls().orElseThrow().clientCertificate())
          .isEqualTo("CN=relay.contoso.com");
    }
  }

  @Test
  void the_mx_can_take_the_handshake_of_an_old_client_and_refuse_its_mail() {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx().refuseOldTlsWith(TlsRefusal.REPLY).start()) {
      sClientSaying(exchange, TlsVersion.TLS_1_1, "EHLO a.example\nMAIL FROM:<a@client.example>\n");

      assertRefusedInDialogue(exchange.awaitSessions(1).only());
    }
  }

  @Test
  void client_submission_can_take_the_handshake_of_an_old_client_and_refuse_its_auth() {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.clientSubmission().refuseOldTlsWith(TlsRefusal.REPLY).start()) {
      sClientSaying(exchange, TlsVersion.TLS_1_0, "EHLO a.example\nAUTH LOGIN\n");

      assertRefusedInDialogue(exchange.awaitSessions(1).only());
    }
  }

  @Test
  void silence_lasts_until_the_client_gives_up() throws Exception {
    try (MockExchangeOnlineServer exchange =
            MockExchangeOnlineServer.mx().refuseOldTlsWith(TlsRefusal.STALL).start();
        SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      client.command("STARTTLS");
      client.send(ClientHellos.tls11());
      client.send(new byte[500_000]);
      while (exchange.open().get(0).tlsRefused().isEmpty()) {
        Thread.onSpinWait();
      }
      client.shutdownOutput();

      SmtpSession session = exchange.awaitSessions(1).only();
      assertThat(session.summary()).isEqualTo("refused: offered TLS 1.1, not answered any more");
      assertThat(session.closed().orElseThrow().by()).hasToString("CLIENT");
    }
  }

  private static void assertRefusedInDialogue(SmtpSession session) {
    assertThat(session.tls()).isPresent();
    List<ReplySent> replies = session.events(ReplySent.class);
    ReplySent last = replies.get(replies.size() - 1);
    assertThat(last.code()).isEqualTo(421);
    assertThat(last.lines().get(0))
        .startsWith(
            "4.7.66 TLS 1.0 and 1.1 are not supported. Please upgrade/update your client to"
                + " support TLS 1.2. Visit https://aka.ms/smtp_auth_tls. [");
    assertThat(session.closed().orElseThrow().by()).hasToString("SERVER");
  }

  private static void sClientSaying(
      MockExchangeOnlineServer exchange, TlsVersion version, String input) {
    OpenSsl.sClient(
        exchange, input, "-crlf", OpenSsl.option(version), "-cipher", OpenSsl.ALL_CIPHERS);
  }
}
