package io.mockexo.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.server.MockExchangeOnlineServerBuilder;
import io.mockexo.tls.CertificateFlaw;
import io.mockexo.tls.CertificateSpec;
import io.mockexo.tls.ClientTrust;
import io.mockexo.tls.ClientVerdict;
import io.mockexo.tls.TestAuthority;
import io.mockexo.tls.TlsVersion;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates that are revoked, and those of which nobody can tell: what OpenSSL finds out. */
class RevocationTest {

  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", Pattern.DOTALL);

  private static final Pattern OCSP = Pattern.compile("http://[^ \n]+/ocsp");

  @TempDir private Path folder;

  private static MockExchangeOnlineServerBuilder good() {
    return MockExchangeOnlineServer.mx().profile(p -> p.tls(t -> t.revocationInfo(true)));
  }

  private static MockExchangeOnlineServerBuilder flawed(CertificateFlaw flaw) {
    return MockExchangeOnlineServer.mx().certificateFlaw(flaw);
  }

  @Test
  void a_list_that_does_not_name_the_certificate_lets_it_pass() throws IOException {
    try (MockExchangeOnlineServer exchange = good().start()) {
      assertThat(withList(exchange).output()).contains("Verify return code: 0 (ok)");
    }
  }

  @Test
  void a_revoked_certificate_is_on_the_list() throws IOException {
    try (MockExchangeOnlineServer exchange = flawed(CertificateFlaw.REVOKED).start()) {
      assertThat(withList(exchange).output()).contains("verify error:num=23:certificate revoked");
    }
  }

  @Test
  void a_list_that_cannot_be_had_is_missed() throws IOException {
    try (MockExchangeOnlineServer exchange =
        flawed(CertificateFlaw.REVOCATION_UNREACHABLE).start()) {
      assertThat(withList(exchange).output())
          .contains("verify error:num=3:unable to get certificate CRL");
    }
  }

  /** And so is whoever does not ask. */
  @ParameterizedTest
  @EnumSource(
      value = CertificateFlaw.class,
      names = {"REVOKED", "REVOCATION_UNREACHABLE"})
  void whoever_looks_up_nothing_finds_nothing_wrong(CertificateFlaw flaw) throws IOException {
    try (MockExchangeOnlineServer exchange = flawed(flaw).start()) {
      assertThat(sClient(exchange, TlsVersion.TLS_1_3).output())
          .contains("Verify return code: 0 (ok)")
          .doesNotContain("OCSP");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TlsVersion.class,
      names = {"TLS_1_0", "TLS_1_2", "TLS_1_3"})
  void who_asks_in_the_handshake_is_told(TlsVersion version) throws IOException {
    try (MockExchangeOnlineServer good = good().minimumTls(TlsVersion.TLS_1_0).start();
        MockExchangeOnlineServer revoked =
            flawed(CertificateFlaw.REVOKED).minimumTls(TlsVersion.TLS_1_0).start();
        MockExchangeOnlineServer unreachable =
            flawed(CertificateFlaw.REVOCATION_UNREACHABLE).minimumTls(TlsVersion.TLS_1_0).start()) {
      assertThat(sClient(good, version, "-status").output())
          .contains("OCSP Response Status: successful", "Cert Status: good", "221 2.0.0");
      assertThat(sClient(revoked, version, "-status").output())
          .contains("Cert Status: revoked", "Revocation Reason: keyCompromise", "221 2.0.0");
      assertThat(sClient(unreachable, version, "-status").output())
          .contains("OCSP response: no response sent", "221 2.0.0");
    }
  }

  @Test
  void usually_there_is_nothing_to_tell() throws IOException {
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start()) {
      Tool.Run run = sClient(exchange, TlsVersion.TLS_1_3, "-status", "-showcerts");

      assertThat(run.output()).contains("OCSP response: no response sent");
      assertThat(text(leaf(run))).doesNotContain("CRL Distribution Points", "OCSP - URI");
    }
  }

  @ParameterizedTest
  @CsvSource({"false, good", "true, revoked"})
  void the_responder_answers(boolean revoked, String status) throws IOException {
    try (MockExchangeOnlineServer exchange =
        (revoked ? flawed(CertificateFlaw.REVOKED) : good()).start()) {
      List<String> chain = chain(sClient(exchange, TlsVersion.TLS_1_3, "-showcerts"));
      Path leaf = Files.writeString(folder.resolve("leaf.pem"), chain.get(0));
      Path issuer = Files.writeString(folder.resolve("issuer.pem"), chain.get(1));
      Tool.Run run =
          Tool.OPENSSL.run(
              "",
              "ocsp",
              "-issuer",
              issuer.toString(),
              "-cert",
              leaf.toString(),
              "-url",
              ocspUrl(leaf).toString(),
              "-CAfile",
              ca(exchange).toString());

      assertThat(run.output())
          .contains("Response verify OK", leaf + ": " + status)
          .doesNotContain("no nonce in response");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /ocsp/%s HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /ocsp HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc",
        "GET /other HTTP/1.0\r\n\r\n",
        "POST /ocsp HTTP/1.1\r\nContent-Length: x\r\n\r\n",
        "POST /ocsp HTTP/1.1\r\nContent-Length: -9999\r\n\r\n",
        "x\r\n\r\n"
      })
  void the_responder_survives_what_makes_no_sense(String request) throws IOException {
    try (MockExchangeOnlineServer exchange = good().start()) {
      Path leaf =
          Files.writeString(
              folder.resolve("l"), leaf(sClient(exchange, TlsVersion.TLS_1_3, "-showcerts")));
      URI url = ocspUrl(leaf);
      try (Socket nonsense = new Socket(url.getHost(), url.getPort())) {
        nonsense.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        nonsense.shutdownOutput();
        nonsense.getInputStream().readAllBytes();
      }
      assertThat(withList(exchange).output()).contains("Verify return code: 0 (ok)");
    }
  }

  /** A small question can be asked with GET, as the JDK does it. */
  @Test
  void a_question_in_the_path_is_answered() throws IOException {
    try (MockExchangeOnlineServer exchange = good().start()) {
      Path leaf =
          Files.writeString(
              folder.resolve("l"), leaf(sClient(exchange, TlsVersion.TLS_1_3, "-showcerts")));
      // An empty list of questions: SEQUENCE { SEQUENCE { SEQUENCE {} } }.
      URI url = URI.create(ocspUrl(leaf) + "/MAQwAjAA");
      try (InputStream answer = url.toURL().openStream()) {
        assertThat(answer.readAllBytes()).startsWith(0x30).contains(0x0A, 0x01, 0x00);
      }
    }
  }

  @Test
  void nobody_answers_any_more_when_the_server_is_closed() throws IOException {
    URI url;
    try (MockExchangeOnlineServer exchange = good().start()) {
      url =
          ocspUrl(
              Files.writeString(
                  folder.resolve("l"), leaf(sClient(exchange, TlsVersion.TLS_1_3, "-showcerts"))));
    }
    InetAddress host = InetAddress.getByName(url.getHost());
    Assertions.assertThatExceptionOfType(ConnectException.class)
        .isThrownBy(() -> new Socket(host, url.getPort()).close());
  }

  @Test
  void what_a_client_shows_may_be_revoked_too() {
    TestAuthority authority = TestAuthority.shared();
    CertificateSpec spec = CertificateSpec.forHost("mail.contoso.com");
    ClientTrust trust = ClientTrust.in(authority);

    assertThat(trust.judge(authority.issue(spec.withFlaw(CertificateFlaw.REVOKED)).chain()))
        .isEqualTo(ClientVerdict.REVOKED);
    assertThat(
            trust.judge(
                authority.issue(spec.withFlaw(CertificateFlaw.REVOCATION_UNREACHABLE)).chain()))
        .isEqualTo(ClientVerdict.REVOCATION_UNKNOWN);
    assertThat(trust.judge(authority.issue(spec).chain())).isEqualTo(ClientVerdict.TRUSTED);
  }

  private Tool.Run withList(MockExchangeOnlineServer exchange) throws IOException {
    return sClient(exchange, TlsVersion.TLS_1_3, "-crl_check", "-crl_download");
  }

  private Tool.Run sClient(MockExchangeOnlineServer exchange, TlsVersion version, String... options)
      throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of("-CAfile", ca(exchange).toString(), "-cipher", OpenSsl.ALL_CIPHERS));
    all.addAll(List.of(options));
    return OpenSsl.quit(exchange, version, all.toArray(String[]::new));
  }

  private Path ca(MockExchangeOnlineServer exchange) throws IOException {
    return Files.writeString(folder.resolve("ca.pem"), exchange.caPem());
  }

  private static List<String> chain(Tool.Run run) {
    return CERTIFICATE.matcher(run.output()).results().map(found -> found.group() + "\n").toList();
  }

  private static String leaf(Tool.Run run) {
    return chain(run).get(0);
  }

  private static String text(String certificate) {
    return Tool.OPENSSL.run(certificate, "x509", "-noout", "-text").output();
  }

  private static URI ocspUrl(Path certificate) throws IOException {
    Matcher url = OCSP.matcher(text(Files.readString(certificate)));
    assertThat(url.find()).isTrue();
    return URI.create(url.group());
  }
}
