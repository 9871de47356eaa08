package io.mockexo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.mockexo.journal.SmtpSession;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.tls.ClientHello;
import io.mockexo.tls.SignatureScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The fingerprints of real clients, as Wireshark sees them on the wire. */
class FingerprintWireTest {

  private static final String JA4 = "tls.handshake.ja4";

  @TempDir private static Path folder;

  static Stream<Arguments> clients() {
    return Stream.of(
        arguments("TLS 1.0, refused", openSsl("-tls1", "-cipher", "ALL:@SECLEVEL=0")),
        arguments("TLS 1.1, refused", openSsl("-tls1_1", "-cipher", "ALL:@SECLEVEL=0")),
        arguments("TLS 1.2 without SNI", openSsl("-tls1_2", "-noservername")),
        arguments("TLS 1.2 with SNI", openSsl("-tls1_2", "-servername", "mx.contoso.com")),
        arguments("TLS 1.2 with ALPN", openSsl("-tls1_2", "-alpn", "smtp")),
        arguments("TLS 1.2, few suites", openSsl("-tls1_2", "-cipher", "ECDHE-RSA-AES256-SHA384")),
        arguments("TLS 1.3, asked again", openSsl()),
        arguments("TLS 1.3 without SNI", openSsl("-groups", "P-384", "-noservername")),
        arguments(
            "TLS 1.3 with SNI and ALPN",
            openSsl("-groups", "P-384", "-servername", "mx.contoso.com", "-alpn", "h2,http/1.1")),
        arguments("GnuTLS", gnuTls()),
        arguments("GnuTLS with ALPN", gnuTls("--alpn=h2", "--sni-hostname=mx.contoso.com")),
        arguments("GnuTLS, TLS 1.2", gnuTls("--priority=NORMAL:-VERS-TLS1.3", "--disable-sni")),
        arguments("JDK, TLS 1.2", jdk("TLSv1.2")),
        arguments("JDK, TLS 1.3", jdk("TLSv1.3")),
        arguments("JDK, both", jdk("TLSv1.2", "TLSv1.3")));
  }

  private static Consumer<MockExchangeOnlineServer> openSsl(String... options) {
    return exchange -> OpenSsl.sClient(exchange, "QUIT\r\n", options);
  }

  private static Consumer<MockExchangeOnlineServer> gnuTls(String... options) {
    return exchange ->
        Tool.GNUTLS_CLI.run(
            "QUIT\r\n",
            Stream.concat(
                    Stream.of(
                        "--insecure",
                        "--starttls-proto=smtp",
                        "--port=" + exchange.port(),
                        exchange.host()),
                    Stream.of(options))
                .toArray(String[]::new));
  }

  private static Consumer<MockExchangeOnlineServer> jdk(String... protocols) {
    return exchange -> {
      try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
        client.command("STARTTLS");
        client.startTls(exchange.clientSslContext(), protocols);
        client.command("QUIT");
      }
    };
  }

  private record Sighting(Tshark tshark, List<ClientHello> hellos) {}

  private static Sighting capture(Consumer<MockExchangeOnlineServer> client) {
    Path file = folder.resolve("capture.pcap");
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start()) {
      try (WireCapture wire = WireCapture.start(exchange.port(), file)) {
        client.accept(exchange);
        wire.untilClosed();
      }
      SmtpSession session = exchange.awaitSessions(1).only();
      assertThat(session.clientHellos()).as(session.transcript()).isNotEmpty();
      return new Sighting(new Tshark(file, exchange.port()), session.clientHellos());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clients")
  void ja3_and_what_ja4_is_made_of_are_what_wireshark_finds(
      String name, Consumer<MockExchangeOnlineServer> client) {
    Sighting seen = capture(client);
    ClientHello hello = seen.hellos().get(0);
    Tshark tshark = seen.tshark();

    assertThat(seen.hellos())
        .extracting(ClientHello::ja3)
        .isEqualTo(tshark.values("tls.handshake.ja3_full"));
    assertThat(seen.hellos())
        .extracting(ClientHello::ja3Hash)
        .isEqualTo(tshark.values("tls.handshake.ja3"));
    assertThat(first(tshark.values("tls.handshake.extensions_alpn_str")))
        .isEqualTo(String.join(",", hello.alpnProtocols()));
    assertThat(first(tshark.values("tls.handshake.extensions.supported_version")))
        .startsWith(hex(hello.supportedVersions()));
    // The JDK sends signature_algorithms_cert, too: the same field, but not a part of JA4.
    assertThat(first(tshark.values("tls.handshake.sig_hash_alg")))
        .startsWith(hex(hello.signatureSchemes().stream().map(SignatureScheme::code).toList()));
  }

  /** Wireshark has JA4 from version 4.2 on; Debian 12, on which CI runs, has 4.0. */
  static Stream<Arguments> clients_if_wireshark_knows_ja4() {
    // Not a tool that is missing: the one that CI installs may be older than JA4.
    assumeTrue(Tshark.knows(JA4), "this tshark has no " + JA4);
    return clients().filter(client -> !client.get()[0].toString().startsWith("JDK"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clients_if_wireshark_knows_ja4")
  void ja4_is_what_wireshark_finds(String name, Consumer<MockExchangeOnlineServer> client) {
    Sighting seen = capture(client);

    assertThat(seen.hellos()).extracting(ClientHello::ja4).isEqualTo(seen.tshark().values(JA4));
  }

  private static String first(List<String> values) {
    return values.isEmpty() ? "" : values.get(0);
  }

  private static String hex(List<Integer> codes) {
    return codes.stream().map("0x%04x"::formatted).collect(Collectors.joining(","));
  }
}
