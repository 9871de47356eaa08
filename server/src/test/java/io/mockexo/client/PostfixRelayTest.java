package io.mockexo.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.exchange.InboundConnector;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.tls.CertificateFlaw;
import io.mockexo.tls.CertificateSpec;
import io.mockexo.tls.ServerCertificate;
import io.mockexo.tls.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Postfix that relays through the tenant, by an inbound connector for its certificate. */
class PostfixRelayTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String[] OLD_TLS = {
    "smtp_tls_protocols = >=TLSv1, <=TLSv1.1", "smtp_tls_ciphers = low"
  };

  private Path folder;

  /** Postfix reads its key as another user. */
  @BeforeEach
  void open(@TempDir Path temporary) throws IOException {
    folder = temporary;
    Tool.CHMOD.run("", "755", temporary.toString());
  }

  private static MockExchangeOnlineServer exchange() {
    return MockExchangeOnlineServer.mx()
        .acceptedDomains("contoso.com")
        .profile(p -> p.tenant(t -> t.connector(InboundConnector.onPremises("mail.contoso.com"))))
        .start();
  }

  private Postfix postfix(
      MockExchangeOnlineServer exchange, @Nullable CertificateFlaw flaw, String... more)
      throws IOException {
    ServerCertificate certificate =
        TestAuthority.shared().issue(CertificateSpec.forHost("mail.contoso.com").withFlaw(flaw));
    List<String> settings = new ArrayList<>(List.of(more));
    settings.add("smtp_tls_security_level = may");
    settings.add(
        "smtp_tls_cert_file = "
            + Files.writeString(folder.resolve("chain.pem"), certificate.chainPem()));
    settings.add(
        "smtp_tls_key_file = "
            + Files.writeString(folder.resolve("key.pem"), certificate.privateKeyPem()));
    return Postfix.start(exchange.port(), settings.toArray(String[]::new));
  }

  private static void submit(Postfix postfix, String to) {
    postfix.submit("app@contoso.com", to, "Subject: hello\n\nhello\n");
  }

  @Test
  void with_the_certificate_it_relays() throws IOException {
    try (MockExchangeOnlineServer exchange = exchange();
        Postfix postfix = postfix(exchange, null)) {
      submit(postfix, "b@elsewhere.example");

      assertThat(exchange.awaitMessages(1, PATIENCE).deliveredMessages()).hasSize(1);
      assertThat(postfix.awaitStatus("b@elsewhere.example")).contains("status=sent (250 2.6.0 ");
    }
  }

  /** Seed 0: relaying ends with the fallback, delivery to the tenant's own mailboxes does not. */
  @Test
  void falling_back_from_old_tls_it_loses_relay_and_keeps_delivery() throws IOException {
    try (MockExchangeOnlineServer exchange = exchange();
        Postfix postfix = postfix(exchange, null, OLD_TLS)) {
      submit(postfix, "b@elsewhere.example");

      assertThat(postfix.awaitStatus("b@elsewhere.example", "status=bounced"))
          .contains("said: 550 5.7.0 Relay Access Denied [");
      assertThat(exchange.sessions().first().tlsRefused()).isPresent();

      exchange.reset();
      submit(postfix, "alice@contoso.com");
      assertThat(exchange.awaitMessages(1, PATIENCE).deliveredMessages())
          .isNotEmpty()
          .allSatisfy(mail -> assertThat(mail.insideTls()).isFalse());
    }
  }

  @Test
  void with_an_untrusted_chain_it_is_told_so_at_mail() throws IOException {
    try (MockExchangeOnlineServer exchange = exchange();
        Postfix postfix = postfix(exchange, CertificateFlaw.UNKNOWN_ROOT)) {
      submit(postfix, "b@elsewhere.example");

      assertThat(postfix.awaitStatus("b@elsewhere.example"))
          .contains(
              "status=deferred",
              "454 4.7.0 Failed to establish appropriate TLS channel: UntrustedRoot: Access Denied");
    }
  }
}
