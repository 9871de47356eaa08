package io.mockexo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.mockexo.journal.SessionEvent.TlsEstablished;
import io.mockexo.journal.SmtpSession;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.TlsPolicy;
import io.mockexo.tls.TlsVersion;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** OpenSSL with each suite that Exchange Online has published, in each version, at each floor. */
class OpenSslSuitesTest {

  /** Usable with TLS 1.0 and 1.1 until 2020 (facts 5.3, list B). */
  private static final List<String> LIST_B =
      List.of(
          "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
          "TLS_RSA_WITH_AES_256_CBC_SHA",
          "TLS_RSA_WITH_AES_128_CBC_SHA",
          "TLS_RSA_WITH_AES_256_CBC_SHA256",
          "TLS_RSA_WITH_AES_128_CBC_SHA256");

  /** Lists A and B and those of TLS 1.3 (facts 5.3). */
  private static List<CipherSuite> published() {
    return Stream.concat(
            TlsPolicy.exchangeOnline().cipherSuites().stream(),
            LIST_B.stream().map(CipherSuite::named))
        .distinct()
        .toList();
  }

  static Stream<Arguments> versions_and_suites() {
    return OpenSsl.VERSIONS.stream()
        .flatMap(
            version ->
                published().stream()
                    .filter(suite -> suite.isFor(version))
                    .map(suite -> arguments(version, suite)));
  }

  static Stream<Arguments> floors_versions_and_suites() {
    return OpenSsl.VERSIONS.stream()
        .flatMap(floor -> versions_and_suites().map(c -> arguments(floor, c.get()[0], c.get()[1])));
  }

  @ParameterizedTest(name = "floor {0}, client {1} with {2} only")
  @MethodSource("floors_versions_and_suites")
  void a_client_with_one_suite_is_served_with_it_from_the_floor_on_and_refused_below(
      TlsVersion floor, TlsVersion client, CipherSuite suite) {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx()
            .minimumTls(floor)
            .cipherSuites(published().stream().map(CipherSuite::name).toArray(String[]::new))
            .start()) {
      OpenSsl.quit(
          exchange,
          client,
          suite.isTls13() ? "-ciphersuites" : "-cipher",
          suite.isTls13() ? suite.name() : openSslName(suite) + ":@SECLEVEL=0");

      SmtpSession session = exchange.awaitSessions(1).only();
      assertThat(session.clientHello().orElseThrow().cipherSuites()).contains(suite);
      if (client.isAtLeast(floor)) {
        TlsEstablished tls = session.tls().orElseThrow();
        assertThat(tls.version()).isEqualTo(client);
        assertThat(tls.cipherSuite()).isEqualTo(suite);
      } else {
        assertThat(session.tls()).isEmpty();
        assertThat(session.tlsRefused().orElseThrow().reason()).isEqualTo("below " + floor);
      }
    }
  }

  /** {@code TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA} is {@code ECDHE-RSA-AES256-SHA} there. */
  private static String openSslName(CipherSuite suite) {
    return suite
        .name()
        .replaceFirst("^TLS_(RSA_WITH_)?", "")
        .replace("_WITH", "")
        .replace("_CBC", "")
        .replace("AES_", "AES")
        .replace('_', '-');
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("versions_and_suites")
  void every_published_suite_is_negotiated(TlsVersion version, CipherSuite suite) {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx()
            .minimumTls(TlsVersion.TLS_1_0)
            .cipherSuites(suite.name())
            .start()) {
      Tool.Run run = OpenSsl.quit(exchange, version, "-cipher", OpenSsl.ALL_CIPHERS);

      TlsEstablished tls = exchange.awaitSessions(1).only().tls().orElseThrow();
      assertThat(tls.version()).isEqualTo(version);
      assertThat(tls.cipherSuite()).isEqualTo(suite);
      assertThat(run.output()).contains("221 2.0.0 Service closing transmission channel");
    }
  }
}
