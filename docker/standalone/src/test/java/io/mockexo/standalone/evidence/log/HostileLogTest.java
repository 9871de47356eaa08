package io.mockexo.standalone.evidence.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.exchange.Endpoint;
import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.SessionEvent.CommandReceived;
import io.mockexo.journal.SessionEvent.ReplySent;
import io.mockexo.journal.SmtpSession;
import io.mockexo.server.MockExchangeOnlineServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a client says, a line of the log is one line, and is about what it is about. */
@Timeout(120)
class HostileLogTest {

  private static final String FORGED =
      "2021-01-11T16:43:14.811Z,x,08D8B64FC6449F2A,0,,10.1.0.16:25,-,,Local";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NOOP a,b",
        "NOOP \"a\",\"b",
        "NOOP \"\n" + FORGED,
        "NOOP \"\r\n" + FORGED + "\r\n",
        "NOOP \u2028" + FORGED + "\u0085" + FORGED,
        "#Fields: a,b\0",
        "\"",
        "\",\"",
        "\\\",",
        " NOOP ",
        "",
        "NOOP \u202Eevil"
      })
  void a_line_can_neither_be_broken_nor_forged(String said) {
    List<SessionEvent> events =
        List.of(
            new ReplySent(Duration.ZERO, false, 220, List.of("ready")),
            new CommandReceived(Duration.ofMillis(1), false, "NOOP", said, false),
            new ReplySent(Duration.ofMillis(2), false, 500, List.of(said, said)),
            new Closed(Duration.ofMillis(3), Closed.Side.CLIENT, Closed.End.FIN));
    for (ProtocolLog log : List.of(ProtocolLog.receive(said), ProtocolLog.send(said))) {
      boolean sends = log.fileName(Instant.EPOCH, 1).startsWith("SEND");
      List<CSVRecord> lines = LogFile.read(log, List.of(session(events)));
      assertThat(lines).hasSize(sends ? 7 : 5);
      assertThat(lines).extracting(line -> line.get("sequence-number")).doesNotHaveDuplicates();
      assertThat(lines).extracting(line -> line.get("event")).containsOnlyOnce("-");
      assertThat(lines)
          .extracting(line -> line.get("data"))
          .allMatch(data -> data.chars().noneMatch(Character::isISOControl));
      assertThat(log.lines(session(events))).noneMatch(line -> line.startsWith("#"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"=HYPERLINK(\"http://evil.example\")", "@SUM(1)", "+1+1", "-1"})
  void no_spreadsheet_takes_what_a_client_says_for_a_formula(String said) {
    List<SessionEvent> events = List.of(new CommandReceived(Duration.ZERO, false, "", said, false));
    List<CSVRecord> lines = LogFile.read(ProtocolLog.receive("mx"), List.of(session(events)));
    assertThat(lines.get(1).get("data")).isEqualTo("'" + said);
    assertThat(lines.get(0).get("event")).isEqualTo("+");
  }

  @Test
  void long_commands_and_credentials_of_a_real_client_do_no_harm() throws Exception {
    String password =
        Base64.getEncoder()
            .encodeToString("\0alice\0S3cret-Pa55".getBytes(StandardCharsets.US_ASCII));
    String said =
        "EHLO a\",\"b\r\nNOOP \0,\"\r\nNOOP \rNOOP\r\nAUTH PLAIN "
            + password
            + "\r\n"
            + password
            + "\r\nNOOP "
            + "\"".repeat(100_000)
            + "\r\nQUIT\r\n";
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.clientSubmission().start();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), exchange.port())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(said.getBytes(StandardCharsets.ISO_8859_1));
      assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
      socket.shutdownOutput();
      List<SmtpSession> sessions = exchange.awaitSessions(1).list();
      for (ProtocolLog log : List.of(ProtocolLog.receive("s"), ProtocolLog.send("s"))) {
        List<CSVRecord> lines = LogFile.read(log, sessions);
        assertThat(lines).hasSameSizeAs(log.lines(sessions.get(0)));
        assertThat(lines.toString()).doesNotContain(password).contains("<authentication response>");
        assertThat(lines).extracting(line -> line.get("data")).allMatch(d -> d.length() < 2_000);
      }
    }
  }

  private static SmtpSession session(List<SessionEvent> events) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    return new SmtpSession(
        1,
        Endpoint.MX,
        new InetSocketAddress(loopback, 40_000),
        new InetSocketAddress(loopback, 25),
        Instant.parse("2021-01-11T16:43:14.811Z"),
        events);
  }
}
