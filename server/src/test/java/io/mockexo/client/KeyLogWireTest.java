package io.mockexo.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.journal.SmtpSession;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.tls.KeyLogLine;
import io.mockexo.tls.TlsVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Key logs against those who know: the client at the other end, and Wireshark. */
class KeyLogWireTest {

  private static final String NAME = "inside.client.example";

  @TempDir private static Path folder;

  private static MockExchangeOnlineServer start(boolean keyLog) {
    return MockExchangeOnlineServer.mx()
        .minimumTls(TlsVersion.TLS_1_0)
        .cipherSuites(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "ECDHE-RSA-AES256-GCM-SHA384",
            "ECDHE-RSA-AES256-SHA384",
            "ECDHE-RSA-AES128-SHA",
            "AES128-GCM-SHA256",
            "AES256-SHA256",
            "AES256-SHA")
        .profile(profile -> profile.keyLog(keyLog))
        .start();
  }

  private static String[] options(String version, String suites, String more) {
    List<String> options = new ArrayList<>(List.of("-" + version));
    options.addAll(List.of("-cipher", suites + ":@SECLEVEL=0"));
    options.addAll(more == null ? List.of() : List.of(more.split(" ")));
    return options.toArray(String[]::new);
  }

  private static List<String> lines(SmtpSession session) {
    return session.keyLog().stream().map(KeyLogLine::text).toList();
  }

  /** The last column: what OpenSSL says besides; by default it is asked again for a key share. */
  @ParameterizedTest
  @CsvSource({
    "tls1, ECDHE-RSA-AES128-SHA,",
    "tls1, AES256-SHA,",
    "tls1_1, ECDHE-RSA-AES128-SHA,",
    "tls1_1, AES256-SHA,",
    "tls1_2, ECDHE-RSA-AES256-GCM-SHA384,",
    "tls1_2, ECDHE-RSA-AES256-SHA384,",
    "tls1_2, ECDHE-RSA-AES128-SHA,",
    "tls1_2, AES128-GCM-SHA256,",
    "tls1_2, AES256-SHA256,",
    "tls1_3, ALL, -groups X25519:P-384",
    "tls1_3, ALL, -groups P-384",
    "tls1_3, ALL, -ciphersuites TLS_AES_128_GCM_SHA256",
  })
  void wireshark_reads_the_smtp_inside_tls(String version, String suites, String more)
      throws Exception {
    Path capture = folder.resolve("capture.pcap");
    try (MockExchangeOnlineServer exchange = start(true)) {
      try (WireCapture wire = WireCapture.start(exchange.port(), capture)) {
        OpenSsl.sClient(exchange, "EHLO " + NAME + "\r\nQUIT\r\n", options(version, suites, more));
        wire.untilClosed();
      }
      SmtpSession session = exchange.awaitSessions(1).only();
      Tshark tshark = new Tshark(capture, exchange.port());

      assertThat(session.tls()).as(session.transcript()).isPresent();
      // Wireshark shows four letters of a command.
      assertThat(tshark.values("smtp.req.command")).containsExactly("EHLO", "STAR");
      Tshark decrypting = tshark.withKeyLog(Files.write(folder.resolve("keys"), lines(session)));
      assertThat(decrypting.values("smtp.req.parameter")).contains(NAME);
      assertThat(String.join(",", decrypting.values("smtp.req.command")))
          .isEqualTo("EHLO,STAR,EHLO,QUIT");
      assertThat(decrypting.values("smtp.rsp.parameter"))
          .contains("2.0.0 Service closing transmission channel");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tls1, ECDHE-RSA-AES128-SHA,",
    "tls1_1, AES256-SHA,",
    "tls1_2, ECDHE-RSA-AES256-GCM-SHA384,",
    "tls1_2, AES128-GCM-SHA256,",
    "tls1_3, ALL, -groups X25519:P-384",
    "tls1_3, ALL, -groups P-384",
  })
  void the_lines_are_those_of_openssl(String version, String suites, String more) throws Exception {
    Path file = Files.createTempFile(folder, "openssl", ".keys");
    List<String> options = new ArrayList<>(List.of(options(version, suites, more)));
    options.addAll(List.of("-keylogfile", file.toString()));
    try (MockExchangeOnlineServer exchange = start(true)) {
      OpenSsl.sClient(exchange, "QUIT\r\n", options.toArray(String[]::new));

      assertThat(lines(exchange.awaitSessions(1).only()))
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(
              Files.readAllLines(file).stream().filter(KeyLogWireTest::isOfThisAge).toList());
    }
  }

  /** OpenSSL adds a comment and, for the RSA key exchange, the premaster secret as NSS once did. */
  private static boolean isOfThisAge(String line) {
    return !line.startsWith("#") && !line.startsWith("RSA ");
  }

  @Test
  void nothing_is_kept_unless_asked_for() {
    try (MockExchangeOnlineServer exchange = start(false)) {
      OpenSsl.sClient(exchange, "QUIT\r\n");

      SmtpSession session = exchange.awaitSessions(1).only();
      assertThat(session.tls()).isPresent();
      assertThat(session.keyLog()).isEmpty();
      assertThat(session.transcript()).doesNotContain("key log");
    }
  }
}
