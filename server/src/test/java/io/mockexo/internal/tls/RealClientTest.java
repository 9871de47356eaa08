package io.mockexo.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.client.Tool;
import io.mockexo.tls.CertificateKind;
import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.TlsPolicy;
import io.mockexo.tls.TlsVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that know nothing of this product, each against one engine behind a socket. */
class RealClientTest {

  @TempDir private static Path folder;
  private static Path caFile;

  @BeforeAll
  static void write_the_root() throws Exception {
    caFile = Files.writeString(folder.resolve("ca.pem"), Fixture.AUTHORITY.trustAnchor().pem());
  }

  /** TLS 1.3, list A, list B in all its versions (facts 5.3), and one each of the other kinds. */
  @ParameterizedTest
  @CsvSource({
    "TLS_1_3, TLS_AES_256_GCM_SHA384",
    "TLS_1_3, TLS_AES_128_GCM_SHA256",
    "TLS_1_3, TLS_CHACHA20_POLY1305_SHA256",
    "TLS_1_2, ECDHE-RSA-AES256-GCM-SHA384",
    "TLS_1_2, ECDHE-RSA-AES128-GCM-SHA256",
    "TLS_1_2, ECDHE-RSA-AES256-SHA384",
    "TLS_1_2, ECDHE-RSA-AES128-SHA256",
    "TLS_1_2, ECDHE-RSA-AES256-SHA",
    "TLS_1_2, ECDHE-RSA-AES128-SHA",
    "TLS_1_2, AES256-GCM-SHA384",
    "TLS_1_2, AES128-GCM-SHA256",
    "TLS_1_2, AES256-SHA256",
    "TLS_1_2, AES128-SHA256",
    "TLS_1_2, AES256-SHA",
    "TLS_1_2, AES128-SHA",
    "TLS_1_2, DHE-RSA-AES256-GCM-SHA384",
    "TLS_1_2, ECDHE-RSA-CHACHA20-POLY1305",
    "TLS_1_2, AES128-CCM",
    "TLS_1_2, CAMELLIA128-SHA",
    "TLS_1_1, ECDHE-RSA-AES256-SHA",
    "TLS_1_1, ECDHE-RSA-AES128-SHA",
    "TLS_1_1, AES256-SHA",
    "TLS_1_1, AES128-SHA",
    "TLS_1_0, ECDHE-RSA-AES256-SHA",
    "TLS_1_0, ECDHE-RSA-AES128-SHA",
    "TLS_1_0, AES256-SHA",
    "TLS_1_0, AES128-SHA",
    "TLS_1_0, DHE-RSA-AES128-SHA",
  })
  void openssl_negotiates(TlsVersion version, String suite) throws Exception {
    opensslNegotiates(version, suite, CertificateKind.RSA_2048);
  }

  @ParameterizedTest
  @CsvSource({
    "TLS_1_3, TLS_AES_256_GCM_SHA384",
    "TLS_1_2, ECDHE-ECDSA-AES256-GCM-SHA384",
    "TLS_1_2, ECDHE-ECDSA-AES128-SHA",
    "TLS_1_1, ECDHE-ECDSA-AES128-SHA",
    "TLS_1_0, ECDHE-ECDSA-AES256-SHA",
  })
  void openssl_negotiates_with_an_ecdsa_certificate(TlsVersion version, String suite)
      throws Exception {
    opensslNegotiates(version, suite, CertificateKind.ECDSA_P256);
  }

  @Test
  void a_default_openssl_is_asked_again_for_a_key_share_as_by_exchange_online() throws Exception {
    try (EngineServer server = serverWith(TlsPolicy.exchangeOnline())) {
      Tool.OPENSSL.run("hello\n", sClient(server.port()));

      RecordedEvents events = server.nextConnection();
      assertThat(events.lines)
          .startsWith(
              "clientHello", "clientHello", "established TLS 1.3 TLS_AES_256_GCM_SHA384 secp384r1");
    }
  }

  @Test
  void a_client_below_the_floor_is_refused_before_any_answer() throws Exception {
    try (EngineServer server = serverWith(TlsPolicy.exchangeOnline())) {
      String output =
          Tool.OPENSSL
              .run("", sClient(server.port(), "-tls1_1", "-cipher", "ALL:@SECLEVEL=0"))
              .output();

      assertThat(server.nextConnection().lines)
          .containsExactly("clientHello", "refused below TLS 1.2");
      assertThat(output).contains("SSL handshake has read 0 bytes");
    }
  }

  /** In TLS 1.3 this alert comes in plaintext, although the server writes under keys already. */
  @ParameterizedTest
  @ValueSource(strings = {"-tls1_2", "-tls1_3"})
  void the_alert_of_a_client_that_rejects_the_certificate_is_reported(String version)
      throws Exception {
    try (EngineServer server = serverWith(TlsPolicy.exchangeOnline())) {
      Tool.OPENSSL.run(
          "",
          "s_client",
          version,
          "-connect",
          "localhost:" + server.port(),
          "-verify_return_error");

      RecordedEvents events = server.nextConnection();
      assertThat(events.lines)
          .endsWith("alertReceived fatal unknown_ca", "failed")
          .noneMatch(line -> line.startsWith("established"));
      assertThat(events.failure).isEqualTo("the client sent unknown_ca");
    }
  }

  /** With SECLEVEL 1 a client offers TLS 1.0 and then finds its SHA-1 signatures too weak. */
  @Test
  void the_alert_of_an_openssl_that_contradicts_itself_is_reported() throws Exception {
    TlsPolicy policy = TlsPolicy.builder().minimumTls(TlsVersion.TLS_1_0).build();
    try (EngineServer server = serverWith(policy)) {
      Tool.OPENSSL.run("", sClient(server.port(), "-tls1", "-cipher", "ECDHE:@SECLEVEL=1"));

      assertThat(server.nextConnection().lines)
          .endsWith("alertReceived fatal internal_error", "failed");
    }
  }

  @Test
  void a_fallback_that_was_not_needed_is_answered_with_inappropriate_fallback() throws Exception {
    try (EngineServer server = serverWith(TlsPolicy.exchangeOnline())) {
      Tool.OPENSSL.run("", sClient(server.port(), "-tls1_2", "-fallback_scsv"));

      assertThat(server.nextConnection().lines)
          .containsExactly("clientHello", "alertSent fatal inappropriate_fallback", "failed");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TLS1.0, RSA, RSA_2048, TLS_RSA_WITH_3DES_EDE_CBC_SHA",
    "TLS1.2, RSA, RSA_2048, TLS_RSA_WITH_3DES_EDE_CBC_SHA",
    "TLS1.0, ECDHE-RSA, RSA_2048, TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA",
    "TLS1.1, ECDHE-ECDSA, ECDSA_P256, TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA",
  })
  void gnutls_negotiates_3des(
      String version, String keyExchange, CertificateKind kind, String suite) throws Exception {
    TlsPolicy policy =
        TlsPolicy.builder()
            .minimumTls(TlsVersion.TLS_1_0)
            .cipherSuites(suite)
            .certificate(kind)
            .build();
    try (EngineServer server = serverWith(policy)) {
      String priority =
          "NORMAL:-VERS-ALL:+VERS-%s:-CIPHER-ALL:+3DES-CBC:-KX-ALL:+%s"
              .formatted(version, keyExchange);
      Tool.Run run =
          Tool.GNUTLS_CLI.run(
              "hello\n",
              "--priority=" + priority,
              "--x509cafile=" + caFile,
              "--port=" + server.port(),
              "localhost");

      assertThat(run.output()).contains("The certificate is trusted", "Handshake was completed");
      assertThat(server.nextConnection().lines)
          .anyMatch(line -> line.startsWith("established TLS 1.") && line.contains(suite));
    }
  }

  /** No packaged client speaks SSL 3.0 any more, but a JDK does if its properties are changed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
        "TLS_RSA_WITH_AES_128_CBC_SHA",
        "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA"
      })
  void a_jdk_of_old_negotiates_ssl_3(String suite) throws Exception {
    TlsPolicy policy = TlsPolicy.builder().minimumTls(TlsVersion.SSL_3).cipherSuites(suite).build();
    try (EngineServer server = serverWith(policy)) {
      String output = OldJdkClient.run(folder, server.port(), "SSLv3", suite);

      assertThat(output).isEqualTo("hello\n");
      assertThat(server.nextConnection().lines)
          .anyMatch(line -> line.startsWith("established SSL 3.0 " + CipherSuite.named(suite)));
    }
  }

  private static void opensslNegotiates(TlsVersion version, String suite, CertificateKind kind)
      throws Exception {
    TlsPolicy policy =
        TlsPolicy.builder()
            .minimumTls(TlsVersion.TLS_1_0)
            .certificate(kind)
            .cipherSuites(suite)
            .build();
    try (EngineServer server = serverWith(policy)) {
      String output = Tool.OPENSSL.run("hello\n", sClient(server.port(), version, suite)).output();

      assertThat(output).contains("Verify return code: 0 (ok)").contains("\nhello\n");
      RecordedEvents events = server.nextConnection();
      assertThat(events.lines)
          .anyMatch(
              line ->
                  line.startsWith("established " + version + " " + policy.cipherSuites().get(0)));
      assertThat(events.failure).isNull();
    }
  }

  private static EngineServer serverWith(TlsPolicy policy) throws Exception {
    return new EngineServer(policy, Fixture.certificate(policy.certificate()));
  }

  private static String[] sClient(int port, TlsVersion version, String suite) {
    if (version == TlsVersion.TLS_1_3) {
      return sClient(port, "-tls1_3", "-ciphersuites", suite);
    }
    String option =
        Map.of(TlsVersion.TLS_1_0, "-tls1", TlsVersion.TLS_1_1, "-tls1_1")
            .getOrDefault(version, "-tls1_2");
    // Debian's OpenSSL allows TLS 1.0 and 1.1 at security level 0 only.
    return sClient(port, option, "-cipher", suite + ":@SECLEVEL=0");
  }

  private static String[] sClient(int port, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("s_client", "-connect", "localhost:" + port, "-ign_eof"));
    arguments.addAll(List.of("-CAfile", caFile.toString(), "-verify_return_error"));
    arguments.addAll(List.of("-verify_hostname", "localhost"));
    arguments.addAll(List.of(options));
    return arguments.toArray(new String[0]);
  }
}
