package com.example.mail;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.tls.TlsVersion.TLS_1_2;

import io.mockexo.junit.MockExchangeOnline;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.tls.CertificateKind;
import io.mockexo.tls.TlsVersion;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Properties;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An application that prefers its own Bouncy Castle, an older one, for everything. */
class OtherBouncyCastleTest {

  private static List<Provider> providers;

  @BeforeAll
  static void prefer_the_provider() {
    Security.insertProviderAt(new BouncyCastleProvider(), 1);
    providers = List.of(Security.getProviders());
  }

  @AfterAll
  static void remove_the_provider() {
    Security.removeProvider(BouncyCastleProvider.PROVIDER_NAME);
  }

  private static void send(MockExchangeOnlineServer exchange, String protocol)
      throws MessagingException {
    Properties properties = exchange.jakartaMailProperties();
    properties.put("mail.smtp.starttls.required", "true");
    properties.put("mail.smtp.ssl.protocols", protocol);
    MimeMessage message = new MimeMessage(Session.getInstance(properties));
    message.setFrom(new InternetAddress("app@client.example"));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress("alice@contoso.com"));
    message.setText("hello");
    Transport.send(message);
  }

  @ParameterizedTest
  @EnumSource(
      value = TlsVersion.class,
      names = {"TLS_1_2", "TLS_1_3"})
  void the_mock_takes_mail_by_tls(
      TlsVersion version,
      @MockExchangeOnline MockExchangeOnlineServer withRsa,
      @MockExchangeOnline(certificate = CertificateKind.ECDSA_P256)
          MockExchangeOnlineServer withEcdsa)
      throws MessagingException {
    for (MockExchangeOnlineServer exchange : List.of(withRsa, withEcdsa)) {
      send(exchange, version == TLS_1_2 ? "TLSv1.2" : "TLSv1.3");

      assertThat(exchange.awaitSessions(1).only()).usedTls(version).deliveredMessage();
    }
  }

  @Test
  void the_application_keeps_its_own(@MockExchangeOnline MockExchangeOnlineServer exchange)
      throws Exception {
    send(exchange, "TLSv1.3");

    assertThat(Fingerprint.byProvider("hello")).isEqualTo(Fingerprint.directly("hello"));
    assertThat(Security.getProvider("BC").getVersionStr()).isEqualTo("1.7801");
    assertThat(Security.getProviders()).containsExactlyElementsOf(providers);
  }
}
