package io.mockexo.standalone.evidence.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.FrontEnd;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.server.MockExchangeOnlineServerBuilder;
import io.mockexo.tls.NamedGroup;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real sessions, field by field beside lines that Exchange servers have written. */
@Timeout(120)
class ProtocolLogTest {

  private static final String DATE =
      "[A-Z][a-z]{2}, \\d{1,2} [A-Z][a-z]{2} \\d{4} [\\d:]{8} \\+\\d{4}";

  @Test
  void the_send_log_of_a_fallback_is_that_of_the_exchange_team() throws IOException {
    try (MockExchangeOnlineServer exchange =
        onPremises("BN3USG02FT012", "mail.protection.office365.us", 2021)
            .minimumTls(TlsVersion.TLS_1_2)
            .refuseOldTlsWith(TlsRefusal.FIN)
            .start()) {
      Talk.to(exchange).say("EHLO exc16.contoso.com").offerOldTls();
      Talk.to(exchange)
          .say("EHLO exc16.contoso.com")
          .say("MAIL FROM:<user@contoso.com> SIZE=9031", "RCPT TO:<user@fabrikam.com>")
          .bytes("BDAT 2932 LAST\r\n" + message())
          .quit();

      List<CSVRecord> ours =
          LogFile.read(ProtocolLog.send("Connector2Fabrikam"), exchange.awaitSessions(2).list());
      List<CSVRecord> theirs = LogFile.read(excerpt("send-old-tls.csv"));

      assertThat(common(ours)).isEqualTo(common(theirs));
      assertThat(ids(ours)).isEqualTo(idsFrom(ours.get(0).get("session-id")));
      assertThat(ids(theirs)).isEqualTo(idsFrom(theirs.get(0).get("session-id")));
    }
  }

  @Test
  void the_receive_log_of_a_failed_login_is_that_of_a_real_server() throws IOException {
    try (MockExchangeOnlineServer exchange =
        onPremises("SERVER", "DOMAIN.TEST", 2021)
            .account("username@domain.com", "right")
            .minimumTls(TlsVersion.TLS_1_2)
            .cipherSuites("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")
            .profile(profile -> profile.tls(tls -> tls.groups(NamedGroup.SECP256R1)))
            .start()) {
      Talk.to(exchange)
          .say("EHLO [10.1.20.33]")
          .startTls(exchange.clientSslContext())
          .say("EHLO [10.1.20.33]")
          .say("AUTH LOGIN")
          .say(base64("username@domain.com"))
          .say(base64("wrong"))
          .quit();

      List<CSVRecord> all =
          LogFile.read(
              ProtocolLog.receive("SERVER\\Default Frontend SERVER"),
              exchange.awaitSessions(1).list());
      List<CSVRecord> theirs = LogFile.read(excerpt("receive-auth.csv"));

      // Their excerpt has neither the first line, nor the one of the first 334.
      assertThat(all.get(0).get("event")).isEqualTo("+");
      assertThat(all.get(13).toList()).endsWith(">", "334 <authentication response>", "");
      List<CSVRecord> ours = new ArrayList<>(all.subList(1, 17));
      ours.remove(12);
      assertThat(common(ours)).isEqualTo(common(theirs));
      assertThat(all.stream().map(CSVRecord::toString))
          .noneMatch(line -> line.contains(base64("wrong")));
      assertThat(all.get(all.size() - 1).toList()).endsWith("-", "", "Local");
    }
  }

  @Test
  void a_file_begins_with_five_lines_and_is_named_by_day_or_hour() throws IOException {
    StringBuilder text = new StringBuilder();
    Instant begun = Instant.parse("2023-01-11T16:00:04.113Z");
    ProtocolLog.receive("mx").write(List.of(), begun, text);
    assertThat(text)
        .hasToString(
            excerpt("receive-auth.csv")
                .lines()
                .limit(5)
                .map(l -> l + "\r\n")
                .reduce("", String::concat));
    assertThat(ProtocolLog.send("mx").header(begun)).contains("#Log-type: SMTP Send Protocol Log");
    assertThat(ProtocolLog.receive("mx").fileName(begun, 1)).isEqualTo("RECV20230111-1.LOG");
    assertThat(ProtocolLog.receive("mx").fileNameOfHour(begun, 1))
        .isEqualTo("RECV2023011116-1.LOG");
    assertThat(ProtocolLog.send("mx").fileName(begun, 2)).isEqualTo("SEND20230111-2.LOG");
  }

  @Test
  void a_session_has_the_id_that_its_client_was_shown() {
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start()) {
      Talk.to(exchange).quit();
      List<CSVRecord> log =
          LogFile.read(ProtocolLog.receive("mx"), exchange.awaitSessions(1).list());
      assertThat(log.get(1).get("data")).endsWith("[" + log.get(1).get("session-id") + "]");
    }
  }

  private static MockExchangeOnlineServerBuilder onPremises(
      String server, String forest, int year) {
    return MockExchangeOnlineServer.builder(Endpoint.ON_PREMISES)
        .profile(profile -> profile.asOf(year).frontEnd(new FrontEnd(server, forest)));
  }

  private static String message() {
    String head = "Message-ID: <5149fa60b89741cfaf6e05d5767776a9@contoso.com>\r\n\r\n";
    return head + "x".repeat(2932 - head.length() - 2) + "\r\n";
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static String excerpt(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(ProtocolLogTest.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  /**
   * The fields in which two servers cannot but agree. What differs is the time, ports and
   * addresses, numbers that a server makes, and certificates: theirs we do not have.
   */
  private static List<List<String>> common(List<CSVRecord> log) {
    return log.stream()
        .map(
            line ->
                List.of(
                    line.get("date-time").replaceAll("\\d", "9"),
                    line.get("connector-id"),
                    line.get("session-id").replaceAll("^08[0-9A-F]{14}$", "id"),
                    line.get("sequence-number"),
                    endpoint(line.get("local-endpoint")),
                    endpoint(line.get("remote-endpoint")),
                    line.get("event"),
                    line.get("context").startsWith("Sending certificate")
                        ? ""
                        : numbers(line.get("data")),
                    numbers(line.get("context"))))
        .toList();
  }

  private static String endpoint(String text) {
    return text.replaceAll("^[\\d.]+:\\d+$", "address:port");
  }

  private static String numbers(String text) {
    return text.replaceAll(DATE, "date")
        .replaceAll("Hello \\[[\\d.]+]", "Hello [address]")
        .replaceAll("InternalId=\\d+", "InternalId=n")
        .replaceAll("RecordId \\d+", "RecordId n")
        .replaceAll("\\d+ bytes in \\d+\\.\\d{3}, \\d+\\.\\d{3} KB/sec", "n bytes");
  }

  private static List<String> ids(List<CSVRecord> log) {
    return log.stream().map(line -> line.get("session-id")).distinct().toList();
  }

  private static List<String> idsFrom(String first) {
    return List.of(first, "%016X".formatted(Long.parseLong(first, 16) + 1));
  }
}
