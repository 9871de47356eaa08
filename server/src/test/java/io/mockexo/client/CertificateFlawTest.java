package io.mockexo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.mockexo.journal.SmtpSession;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.server.MockExchangeOnlineServerBuilder;
import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.CertificateFlaw;
import io.mockexo.tls.CertificateKind;
import io.mockexo.tls.TlsVersion;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What clients say to a certificate with something wrong, and to one with names of its own. */
class CertificateFlawTest {

  private static final Pattern VERIFY_ERROR = Pattern.compile("verify error:num=\\d+:(.*)");

  @TempDir private Path folder;

  static Stream<Arguments> verdicts() {
    return Stream.of(
        arguments(
            CertificateFlaw.EXPIRED,
            Set.of("certificate has expired"),
            AlertDescription.CERTIFICATE_EXPIRED),
        arguments(
            CertificateFlaw.NOT_YET_VALID,
            Set.of("certificate is not yet valid"),
            AlertDescription.BAD_CERTIFICATE),
        arguments(
            CertificateFlaw.SELF_SIGNED,
            Set.of("self-signed certificate"),
            AlertDescription.UNKNOWN_CA),
        arguments(
            CertificateFlaw.UNKNOWN_ROOT,
            Set.of("unable to get local issuer certificate"),
            AlertDescription.UNKNOWN_CA),
        arguments(
            CertificateFlaw.WRONG_HOST,
            Set.of("hostname mismatch"),
            AlertDescription.BAD_CERTIFICATE),
        arguments(
            CertificateFlaw.MISSING_INTERMEDIATE,
            Set.of(
                "unable to get local issuer certificate", "unable to verify the first certificate"),
            AlertDescription.UNKNOWN_CA),
        arguments(
            CertificateFlaw.SHA1_SIGNATURE,
            Set.of("CA signature digest algorithm too weak"),
            AlertDescription.BAD_CERTIFICATE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("verdicts")
  void openssl_finds_this_and_nothing_else_wrong(
      CertificateFlaw flaw, Set<String> verdict, AlertDescription alert) throws IOException {
    try (MockExchangeOnlineServer exchange = mx().certificateFlaw(flaw).start()) {
      assertThat(errors(verify(exchange, "-verify_hostname", "localhost"))).isEqualTo(verdict);

      verify(exchange, "-verify_hostname", "localhost", "-verify_return_error");
      assertThat(lastSession(exchange).alertsReceived())
          .singleElement()
          .hasFieldOrPropertyWithValue("code", alert.code());
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_flaw_goes_with_an_ecdsa_key(CertificateFlaw flaw) throws IOException {
    try (MockExchangeOnlineServer exchange =
        mx().certificate(CertificateKind.ECDSA_P256).certificateFlaw(flaw).start()) {
      Set<?> verdict =
          verdicts()
              .filter(known -> known.get()[0] == flaw)
              .map(known -> (Set<?>) known.get()[1])
              .findFirst()
              .orElseThrow();
      Tool.Run run = verify(exchange, "-verify_hostname", "localhost");

      assertThat(errors(run)).isEqualTo(verdict);
      assertThat(run.output()).contains("Peer signature type: ECDSA");
    }
  }

  @Test
  void openssl_finds_the_address_of_a_wrong_host_wrong_too() throws IOException {
    try (MockExchangeOnlineServer exchange =
        mx().certificateFlaw(CertificateFlaw.WRONG_HOST).start()) {
      assertThat(errors(verify(exchange, "-verify_ip", "127.0.0.1")))
          .containsExactly("IP address mismatch");
      assertThat(errors(verify(exchange, "-verify_hostname", "wrong-host.example"))).isEmpty();
    }
  }

  @Test
  void what_an_inspecting_firewall_shows_has_the_names_that_the_client_wants() throws IOException {
    try (MockExchangeOnlineServer exchange =
        mx().certificateFlaw(CertificateFlaw.UNKNOWN_ROOT).start()) {
      assertThat(verify(exchange).output())
          .contains(
              "CN = mail.protection.outlook.com",
              "issuer=O = Mock TLS Inspection Firewall, CN = Mock TLS Inspection CA");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TlsVersion.class,
      names = {"TLS_1_0", "TLS_1_2", "TLS_1_3"})
  void an_rsa_key_of_1024_bits_is_too_small_for_openssl_and_can_be_used(TlsVersion version)
      throws IOException {
    try (MockExchangeOnlineServer exchange =
        mx().certificate(CertificateKind.RSA_1024).minimumTls(TlsVersion.TLS_1_0).start()) {
      String ca = Files.writeString(folder.resolve("ca.pem"), exchange.caPem()).toString();
      Tool.Run run = OpenSsl.quit(exchange, version, "-CAfile", ca, "-cipher", OpenSsl.ALL_CIPHERS);
      assertThat(run.output()).contains("Verify return code: 0 (ok)", "221 2.0.0");

      Tool.Run usual = verify(exchange);
      assertThat(errors(usual)).containsExactly("EE certificate key too weak");
    }
  }

  @ParameterizedTest
  @CsvSource({"rsa_pss_rsae_sha512:rsa_pss_rsae_sha256,true", "rsa_pss_rsae_sha512,false"})
  void no_key_of_1024_bits_signs_with_pss_and_sha_512(String schemes, boolean possible) {
    try (MockExchangeOnlineServer exchange = mx().certificate(CertificateKind.RSA_1024).start()) {
      OpenSsl.quit(exchange, TlsVersion.TLS_1_3, "-sigalgs", schemes);

      assertThat(exchange.awaitSessions(1).only().tls().isPresent()).isEqualTo(possible);
    }
  }

  @Test
  void the_names_given_are_in_the_certificate_and_no_others() throws IOException {
    try (MockExchangeOnlineServer exchange =
        mx().certificateNames("*.contoso.com", "mx.fabrikam.com", "192.0.2.1", "::1").start()) {
      for (String name : List.of("mail.contoso.com", "mx.fabrikam.com")) {
        assertThat(errors(verify(exchange, "-verify_hostname", name))).isEmpty();
      }
      for (String address : List.of("192.0.2.1", "::1")) {
        assertThat(errors(verify(exchange, "-verify_ip", address))).isEmpty();
      }
      for (String name :
          List.of("contoso.com", "a.b.contoso.com", "localhost", "mail.protection.outlook.com")) {
        assertThat(errors(verify(exchange, "-verify_hostname", name)))
            .containsExactly("hostname mismatch");
      }
      assertThat(errors(verify(exchange, "-verify_ip", "127.0.0.1")))
          .containsExactly("IP address mismatch");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          EXPIRED              | NotAfter:
          NOT_YET_VALID        | NotBefore:
          SELF_SIGNED          | unable to find valid certification path to requested target
          UNKNOWN_ROOT         | unable to find valid certification path to requested target
          MISSING_INTERMEDIATE | unable to find valid certification path to requested target
          WRONG_HOST           | No subject alternative names matching IP address 127.0.0.1 found
          """)
  void jakarta_mail_says_so_too(CertificateFlaw flaw, String verdict) {
    try (MockExchangeOnlineServer exchange = mx().certificateFlaw(flaw).start()) {
      Properties properties = exchange.jakartaMailProperties();
      properties.put("mail.smtp.starttls.required", "true");
      assertThatExceptionOfType(MessagingException.class)
          .isThrownBy(
              () -> {
                try (Transport smtp = Session.getInstance(properties).getTransport("smtp")) {
                  smtp.connect();
                }
              })
          .havingRootCause()
          .withMessageContaining(verdict);
    }
  }

  @Test
  void a_running_server_shows_another_certificate_when_told_to() throws IOException {
    try (MockExchangeOnlineServer exchange = mx().start()) {
      assertThat(errors(verify(exchange))).isEmpty();
      exchange.updateProfile(p -> p.tls(t -> t.certificateFlaw(CertificateFlaw.EXPIRED)));
      assertThat(errors(verify(exchange))).containsExactly("certificate has expired");
      exchange.updateProfile(p -> p.tls(t -> t.certificateFlaw(null)));
      assertThat(errors(verify(exchange))).isEmpty();
    }
  }

  private static MockExchangeOnlineServerBuilder mx() {
    return MockExchangeOnlineServer.mx();
  }

  private static SmtpSession lastSession(MockExchangeOnlineServer exchange) {
    List<SmtpSession> sessions = new ArrayList<>();
    exchange.awaitSessions(2).forEach(sessions::add);
    return sessions.get(1);
  }

  /** OpenSSL as it is by default, trusting the test CA. */
  private Tool.Run verify(MockExchangeOnlineServer exchange, String... options) throws IOException {
    Path ca = Files.writeString(folder.resolve("ca.pem"), exchange.caPem());
    List<String> all = new ArrayList<>(List.of("-CAfile", ca.toString()));
    all.addAll(List.of(options));
    return OpenSsl.quit(exchange, TlsVersion.TLS_1_3, all.toArray(String[]::new));
  }

  private static Set<String> errors(Tool.Run run) {
    return VERIFY_ERROR
        .matcher(run.output())
        .results()
        .map(result -> result.group(1))
        .collect(Collectors.toSet());
  }
}
