package io.mockexo.internal.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mockexo.exchange.AuthMechanism;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.ReceiveConnector;
import io.mockexo.tls.ClientCertificateMode;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mutual TLS by domain, on premises. */
class DomainSecurityTest {

  private static final ExchangeProfile SECURED = secured(true);

  private static final String HELLO =
      """
      C: HELO client.example
      S: 250 mail1.contoso.com Hello [192.0.2.1]
      """;

  private static final String STARTTLS =
      """
      C: STARTTLS
      S: 220 2.0.0 SMTP server ready
      """;

  private static ExchangeProfile secured(boolean enabled) {
    return ExchangeProfile.builder(Endpoint.ON_PREMISES)
        .account("alice@contoso.com", "s3cret")
        .receiveConnector(
            c ->
                c.withDomainSecureEnabled(enabled)
                    .withTlsReceiveDomainSecureList(List.of("Partner.example", "b.example")))
        .build();
  }

  private static String mail(String sender, String reply) {
    String heldBack = reply.startsWith("2") ? ":" : "~";
    return "C: MAIL FROM:<%s>\nS%s %s\n".formatted(sender, heldBack, reply) + ended(sender, reply);
  }

  private static String ended(String sender, String reply) {
    return reply.startsWith("250")
        ? ""
        : "-- REFUSED %s, from <%s> to [], 0 bytes\n".formatted(reply.substring(0, 3), sender);
  }

  @Test
  void mail_in_cleartext_is_refused_and_that_of_other_domains_is_not() {
    Script.play(
        SECURED,
        HELLO
            + mail("a@partner.example", "530 5.7.1 Not authenticated")
            + mail("a@PARTNER.EXAMPLE", "530 5.7.1 Not authenticated")
            + mail("a@sub.partner.example", "250 2.1.0 Sender OK"));
    Script.play(SECURED, HELLO + mail("", "250 2.1.0 Sender OK"));
  }

  @Test
  void tls_without_a_certificate_is_not_mutual() {
    Script.play(
        SECURED,
        HELLO
            + STARTTLS
            + ">> TLS\n"
            + HELLO
            + mail("a@partner.example", "530 5.7.1 Not authenticated"));
  }

  @ParameterizedTest
  @CsvSource({
    "partner.example, TRUSTED, 250 2.1.0 Sender OK",
    "mail.partner.example, TRUSTED, 250 2.1.0 Sender OK",
    "*.partner.example, TRUSTED, 250 2.1.0 Sender OK",
    "*.mail.partner.example, TRUSTED, 250 2.1.0 Sender OK",
    "*.example, TRUSTED, 454 4.7.5 Certificate validation failure",
    "*.*.partner.example, TRUSTED, 454 4.7.5 Certificate validation failure",
    "mail*.partner.example, TRUSTED, 454 4.7.5 Certificate validation failure",
    "mail.otherpartner.example, TRUSTED, 454 4.7.5 Certificate validation failure",
    "b.example, TRUSTED, 454 4.7.5 Certificate validation failure",
    "mail.partner.example, UNTRUSTED_ROOT, 454 4.7.5 Certificate validation failure",
    "mail.partner.example, EXPIRED, 454 4.7.5 Certificate validation failure",
    "mail.partner.example, SELF_SIGNED, 454 4.7.5 Certificate validation failure",
    "mail.partner.example, REVOKED, 454 4.7.5 Certificate validation failure"
  })
  void the_certificate_has_to_be_the_domains_and_to_be_trusted(
      String name, String verdict, String reply) {
    Script.play(
        SECURED,
        HELLO
            + STARTTLS
            + ">> TLS as %s, %s\n".formatted(name, verdict)
            + HELLO
            + mail("a@partner.example", reply));
  }

  @Test
  void who_has_authenticated_needs_no_certificate() {
    Script.play(
        SECURED,
        HELLO
            + STARTTLS
            + ">> TLS\n"
            + HELLO
            + """
            C: AUTH LOGIN YWxpY2VAY29udG9zby5jb20=
            S: 334 UGFzc3dvcmQ6
            C: czNjcmV0
            S: 235 2.7.0 Authentication successful
            -- AUTH LOGIN by alice@contoso.com succeeded
            """
            + mail("a@partner.example", "250 2.1.0 Sender OK"));
  }

  @Test
  void a_connector_without_domain_security_takes_no_mail_of_these_domains() {
    Script.play(
        secured(false),
        HELLO
            + STARTTLS
            + ">> TLS as mail.partner.example, TRUSTED\n"
            + HELLO
            + mail(
                "a@partner.example",
                "451 4.7.3 The admin has temporarily disallowed this secure domain"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*.partner.example", "*", "a@partner.example", ""})
  void what_is_no_domain_is_refused(String domain) {
    ReceiveConnector connector = ReceiveConnector.defaultFrontend();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> connector.withTlsReceiveDomainSecureList(List.of(domain)))
        .withMessageContaining("'" + domain + "'");
    assertThat(connector.tlsReceiveDomainSecureList()).isEmpty();
  }

  @Test
  void what_nobody_could_fulfill_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> SECURED.receiveConnector().withAuthMechanisms(Set.of(AuthMechanism.BASIC_AUTH)))
        .withMessageContaining("tlsReceiveDomainSecureList needs TLS among the authMechanisms");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                SECURED.toBuilder()
                    .tls(t -> t.clientCertificate(ClientCertificateMode.NOT_ASKED))
                    .build())
        .withMessageContaining("tlsReceiveDomainSecureList needs clientCertificate ASKED");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ExchangeProfile.builder(Endpoint.MX)
                    .receiveConnector(c -> c.withDomainSecureEnabled(true))
                    .build())
        .withMessageContaining("receiveConnector has no effect on MX");
  }
}
