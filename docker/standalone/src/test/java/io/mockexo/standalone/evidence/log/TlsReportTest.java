package io.mockexo.standalone.evidence.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.exchange.Endpoint;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.SessionEvent.CommandReceived;
import io.mockexo.journal.SmtpSession;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.tls.TlsVersion;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who uses which TLS, and who none. */
@Timeout(120)
class TlsReportTest {

  @Test
  void clients_are_told_apart_by_address_and_name() throws Exception {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx().minimumTls(TlsVersion.TLS_1_2).start()) {
      Talk secure = Talk.to(exchange).say("EHLO new.example");
      deliver(secure.startTls(exchange.clientSslContext(), "TLSv1.3").say("EHLO new.example"));
      Talk.to(exchange).say("EHLO old.example").offerOldTls();
      deliver(Talk.to(exchange).say("EHLO old.example"));
      exchange.awaitSessions(3);

      TlsReport report = TlsReport.of(exchange.sessions());
      assertThat(report.rows())
          .containsExactly(
              new TlsReport.Row(
                  "127.0.0.1",
                  "new.example",
                  1,
                  1,
                  0,
                  Map.of("TLS_1_3", 1L),
                  Map.of("TLS_AES_256_GCM_SHA384", 1L),
                  Map.of()),
              new TlsReport.Row(
                  "127.0.0.1",
                  "old.example",
                  2,
                  1,
                  1,
                  Map.of(),
                  Map.of(),
                  Map.of("validation-failure", 1L)));
      assertThat(report.rows().get(0).cleartextShare()).contains(0.0);
      assertThat(report.rows().get(1).cleartextShare()).contains(1.0);
      assertThat(report.text().lines())
          .hasSize(3)
          .anyMatch(line -> line.matches("127\\.0\\.0\\.1 +new\\.example +1 +1 +0 +TLS_1_3: 1 .*"));
      CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
      List<CSVRecord> records = format.parse(new StringReader(report.csv())).getRecords();
      assertThat(records).hasSize(2).allMatch(CSVRecord::isConsistent);
      assertThat(records.get(1).get("tls-rpt")).isEqualTo("validation-failure: 1");
    }
  }

  @Test
  void a_flood_of_names_is_bounded_and_breaks_no_line() {
    List<SmtpSession> flood =
        IntStream.range(0, TlsReport.MAX_ROWS + 500)
            .mapToObj(i -> session(i + 1, "EHLO " + i + "\",\u2028" + "x".repeat(300)))
            .toList();
    TlsReport report = TlsReport.of(flood);
    assertThat(report.rows()).hasSize(TlsReport.MAX_ROWS + 1);
    assertThat(report.rows().get(TlsReport.MAX_ROWS).client()).isEqualTo("(others)");
    assertThat(report.rows().get(TlsReport.MAX_ROWS).connections()).isEqualTo(500);
    assertThat(report.rows().get(0).cleartextShare()).isEmpty();
    assertThat(report.text().split("\\R", -1)).hasSize(TlsReport.MAX_ROWS + 3);
    assertThat(report.csv().split("\\R", -1)).hasSize(TlsReport.MAX_ROWS + 3);
  }

  @Test
  void who_sent_nothing_is_no_client() {
    assertThat(TlsReport.of(List.of(session(1, null))).rows()).isEmpty();
  }

  private static void deliver(Talk talk) {
    talk.say("MAIL FROM:<a@client.example>", "RCPT TO:<b@contoso.com>")
        .say("DATA")
        .bytes("Message-ID: <1@x>\r\n\r\nx\r\n.\r\n")
        .quit();
  }

  private static SmtpSession session(int number, String ehlo) {
    Closed closed = new Closed(Duration.ZERO, Closed.Side.CLIENT, Closed.End.FIN);
    InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 25);
    return new SmtpSession(
        number,
        Endpoint.MX,
        here,
        here,
        Instant.EPOCH,
        ehlo == null
            ? List.of(closed)
            : List.of(new CommandReceived(Duration.ZERO, false, "EHLO", ehlo, false), closed));
  }
}
