package io.mockexo.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.journal.SessionEvent.ClientCertificateShown;
import io.mockexo.journal.SmtpSession;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.server.MockExchangeOnlineServerBuilder;
import io.mockexo.tls.CertificateFlaw;
import io.mockexo.tls.CertificateSpec;
import io.mockexo.tls.ClientCertificateMode;
import io.mockexo.tls.ClientIdentity;
import io.mockexo.tls.ClientVerdict;
import io.mockexo.tls.ServerCertificate;
import io.mockexo.tls.TestAuthority;
import io.mockexo.tls.TlsVersion;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that show a certificate. */
class ClientCertificateTest {

  private static final CertificateSpec SPEC =
      CertificateSpec.forHost("mail.contoso.com", "*.fabrikam.com", "192.0.2.1");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "TLS_1_2, , TRUSTED",
    "TLS_1_3, , TRUSTED",
    "TLS_1_2, EXPIRED, EXPIRED",
    "TLS_1_3, EXPIRED, EXPIRED",
    "TLS_1_3, NOT_YET_VALID, NOT_YET_VALID",
    "TLS_1_3, SELF_SIGNED, SELF_SIGNED",
    "TLS_1_3, UNKNOWN_ROOT, UNTRUSTED_ROOT",
    "TLS_1_3, MISSING_INTERMEDIATE, UNTRUSTED_ROOT"
  })
  void a_certificate_is_judged_and_the_handshake_completed(
      TlsVersion version, CertificateFlaw flaw, ClientVerdict verdict) throws IOException {
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start()) {
      Tool.Run run = show(exchange, version, TestAuthority.shared().issue(SPEC.withFlaw(flaw)));

      assertThat(run.output()).contains("221 2.0.0");
      SmtpSession session = exchange.awaitSessions(1).only();
      assertThat(client(session))
          .isEqualTo(
              new ClientIdentity(
                  "CN=mail.contoso.com,O=Mock Exchange Online",
                  "mail.contoso.com",
                  List.of("mail.contoso.com", "*.fabrikam.com"),
                  verdict));
      assertThat(session.transcript())
          .contains("client certificate for mail.contoso.com, *.fabrikam.com: " + verdict);
    }
  }

  @Test
  void who_is_trusted_can_be_said() throws IOException {
    TestAuthority company = TestAuthority.create();
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx()
            .profile(p -> p.tls(t -> t.clientAuthorities(company.trustAnchor())))
            .start()) {
      show(exchange, TlsVersion.TLS_1_3, company.issue(SPEC));
      assertThat(client(exchange.awaitSessions(1).only()).verdict())
          .isEqualTo(ClientVerdict.TRUSTED);
    }
  }

  @Test
  void without_a_certificate_there_is_nothing_to_judge() {
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start()) {
      OpenSsl.quit(exchange, TlsVersion.TLS_1_3);

      assertThat(exchange.awaitSessions(1).only().events(ClientCertificateShown.class)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TLS_1_0, handshake_failure, alert handshake failure",
    "TLS_1_2, handshake_failure, alert handshake failure",
    "TLS_1_3, certificate_required, alert certificate required"
  })
  void without_the_certificate_that_is_required_the_handshake_fails(
      TlsVersion version, String sent, String said) throws IOException {
    try (MockExchangeOnlineServer exchange =
        asking(ClientCertificateMode.REQUIRED).minimumTls(TlsVersion.TLS_1_0).start()) {
      Tool.Run run = OpenSsl.quit(exchange, version, "-cipher", OpenSsl.ALL_CIPHERS);

      assertThat(run.output()).contains(said).doesNotContain("221 2.0.0");
      SmtpSession session = exchange.awaitSessions(1).only();
      assertThat(session.tls()).isEmpty();
      assertThat(session.transcript())
          .contains("S: fatal alert " + sent, "TLS failed: ", "the client showed no certificate");
    }
  }

  @Test
  void any_certificate_is_as_good_as_another_where_one_is_required() throws IOException {
    try (MockExchangeOnlineServer exchange = asking(ClientCertificateMode.REQUIRED).start()) {
      CertificateSpec bad = SPEC.withFlaw(CertificateFlaw.SELF_SIGNED);
      Tool.Run run = show(exchange, TlsVersion.TLS_1_3, TestAuthority.shared().issue(bad));

      assertThat(run.output()).contains("221 2.0.0");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TlsVersion.class,
      names = {"TLS_1_2", "TLS_1_3"})
  void who_is_not_asked_shows_none(TlsVersion version) throws IOException {
    try (MockExchangeOnlineServer exchange = asking(ClientCertificateMode.NOT_ASKED).start()) {
      Tool.Run run = show(exchange, version, TestAuthority.shared().issue(SPEC));

      assertThat(run.output()).contains("221 2.0.0").doesNotContain("Requested Signature");
      SmtpSession session = exchange.awaitSessions(1).only();
      assertThat(session.events(ClientCertificateShown.class)).isEmpty();
      assertThat(session.tls().orElseThrow().clientCertificate()).isNull();
    }
  }

  private static MockExchangeOnlineServerBuilder asking(ClientCertificateMode mode) {
    return MockExchangeOnlineServer.mx().profile(p -> p.tls(t -> t.clientCertificate(mode)));
  }

  @Test
  void jakarta_mail_shows_what_is_in_a_key_store() throws Exception {
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start()) {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(TestAuthority.shared().issue(SPEC).keyStore("s3cret"), "s3cret".toCharArray());
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(exchange.trustStore());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      Properties properties = exchange.jakartaMailProperties();
      properties.put("mail.smtp.starttls.required", "true");
      properties.put("mail.smtp.ssl.socketFactory", context.getSocketFactory());
      try (Transport smtp = Session.getInstance(properties).getTransport("smtp")) {
        smtp.connect();
      }

      assertThat(client(exchange.awaitSessions(1).only()).verdict())
          .isEqualTo(ClientVerdict.TRUSTED);
    }
  }

  private static ClientIdentity client(SmtpSession session) {
    List<ClientCertificateShown> shown = session.events(ClientCertificateShown.class);
    assertThat(shown).hasSize(1);
    return shown.get(0).client();
  }

  private Tool.Run show(
      MockExchangeOnlineServer exchange, TlsVersion version, ServerCertificate certificate)
      throws IOException {
    Path chain = Files.writeString(folder.resolve("chain.pem"), certificate.chainPem());
    Path key = Files.writeString(folder.resolve("key.pem"), certificate.privateKeyPem());
    List<String> options =
        new ArrayList<>(
            List.of(
                "-cert",
                chain.toString(),
                "-cert_chain",
                chain.toString(),
                "-key",
                key.toString()));
    return OpenSsl.quit(exchange, version, options.toArray(String[]::new));
  }
}
