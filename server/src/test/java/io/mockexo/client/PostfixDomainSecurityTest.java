package io.mockexo.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.exchange.Endpoint;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.tls.CertificateSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A partner's Postfix, whose mail has to come over mutual TLS. */
class PostfixDomainSecurityTest {

  private static MockExchangeOnlineServer exchange() {
    return MockExchangeOnlineServer.builder(Endpoint.ON_PREMISES)
        .profile(
            p ->
                p.receiveConnector(
                    c ->
                        c.withDomainSecureEnabled(true)
                            .withTlsReceiveDomainSecureList(List.of("partner.example"))))
        .start();
  }

  private static void submit(Postfix postfix) {
    postfix.submit("app@partner.example", "b@contoso.com", "Subject: hello\n\nhello\n");
  }

  @Test
  void with_its_certificate_it_delivers_and_without_one_the_mail_bounces(@TempDir Path folder)
      throws IOException {
    Tool.CHMOD.run("", "755", folder.toString()); // Postfix reads its key as another user
    try (MockExchangeOnlineServer exchange = exchange()) {
      Path pem =
          Files.writeString(
              folder.resolve("client.pem"),
              exchange.issueToClient(CertificateSpec.forHost("mail.partner.example")).pem());
      try (Postfix postfix =
          Postfix.start(
              exchange.port(), "smtp_tls_security_level = may", "smtp_tls_chain_files = " + pem)) {
        submit(postfix);

        assertThat(exchange.awaitMessages(1, Duration.ofSeconds(60)).deliveredMessages())
            .hasSize(1);
        assertThat(postfix.awaitStatus("b@contoso.com")).contains("status=sent");
      }
      exchange.reset();
      try (Postfix postfix = Postfix.start(exchange.port(), "smtp_tls_security_level = may")) {
        submit(postfix);

        assertThat(postfix.awaitStatus("b@contoso.com", "status=bounced"))
            .contains("530 5.7.1 Not authenticated");
      }
    }
  }
}
