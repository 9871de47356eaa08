package io.mockexo.standalone.evidence.log;

import io.mockexo.client.wire.Host;
import io.mockexo.journal.SmtpSession;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Sessions as a protocol log of Exchange Server, byte for byte what its tools read (facts 6.2): the
 * receive log of our side, or the send log as an Exchange server would have written it that had
 * been the client. Made of recorded sessions and of nothing else, so that it is the same whenever
 * it is written. Credentials are in none.
 */
public final class ProtocolLog {

  /** The fields of a line, in order. */
  public static final List<String> FIELDS =
      List.of(
          "date-time",
          "connector-id",
          "session-id",
          "sequence-number",
          "local-endpoint",
          "remote-endpoint",
          "event",
          "data",
          "context");

  private static final String END = "\r\n";

  /** As the Hybrid Configuration Wizard names it, and the Exchange team blog's log of 2021 (V). */
  private static final String OUTBOUND = "Outbound to Office 365";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private enum Side {
    RECEIVE("Receive", "RECV"),
    SEND("Send", "SEND");

    private final String word;
    private final String prefix;

    Side(String word, String prefix) {
      this.word = word;
      this.prefix = prefix;
    }
  }

  private final Side side;
  private final String connectorId;

  private ProtocolLog(Side side, String connectorId) {
    this.side = side;
    this.connectorId = connectorId;
  }

  /** The log of our side; Exchange names a connector {@code EX01\Default Frontend EX01}. */
  public static ProtocolLog receive(String connectorId) {
    return new ProtocolLog(Side.RECEIVE, connectorId);
  }

  /**
   * The log of an Exchange server that had been the client; its connector has the name that those
   * to Exchange Online have.
   */
  public static ProtocolLog send() {
    return send(OUTBOUND);
  }

  /** The same with a connector of this name. */
  static ProtocolLog send(String connectorId) {
    return new ProtocolLog(Side.SEND, connectorId);
  }

  /**
   * The n-th file of the day that a moment is in: {@code RECV20230111-1.LOG} (D).
   *
   * @param n from 1
   */
  public String fileName(Instant day, int n) {
    return fileName("uuuuMMdd", day, n);
  }

  /** The n-th file of an hour, as later builds name them: {@code RECV2023011116-1.LOG} (V). */
  public String fileNameOfHour(Instant hour, int n) {
    return fileName("uuuuMMddHH", hour, n);
  }

  private String fileName(String pattern, Instant time, int n) {
    String when =
        DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC).format(time);
    return "%s%s-%d.LOG".formatted(side.prefix, when, n);
  }

  /**
   * The five lines that a file begins with (V), without their ends.
   *
   * @param begun when the file was begun
   */
  public List<String> header(Instant begun) {
    return List.of(
        "#Software: Microsoft Exchange Server",
        "#Version: 15.0.0.0",
        "#Log-type: SMTP %s Protocol Log".formatted(side.word),
        "#Date: " + TIME.format(begun),
        "#Fields: " + String.join(",", FIELDS));
  }

  /** The lines of one session, without their ends; of one that is open, those so far. */
  public List<String> lines(SmtpSession session) {
    boolean receives = side == Side.RECEIVE;
    List<LogEntry> entries = receives ? ReceiveLog.of(session) : SendLog.of(session);
    String id = receives ? LogIds.ofReceiver(session) : LogIds.ofSender(session);
    List<String> lines = new ArrayList<>(entries.size());
    for (LogEntry entry : entries) {
      lines.add(line(session, id, lines.size(), entry));
    }
    return lines;
  }

  private String line(SmtpSession session, String id, int number, LogEntry entry) {
    String ours = session.local().map(ProtocolLog::endpoint).orElse("");
    String theirs = endpoint(session.peer());
    boolean receives = side == Side.RECEIVE;
    String local = receives ? ours : theirs;
    return CsvFields.line(
        List.of(
            TIME.format(session.acceptedAt().plus(entry.at())),
            connectorId,
            id,
            Integer.toString(number),
            entry.connected() ? local : "",
            receives ? theirs : ours,
            entry.event().sign(),
            entry.data(),
            entry.context()));
  }

  private static String endpoint(InetSocketAddress address) {
    return new Host(address.getAddress()).withPort(address.getPort());
  }

  /**
   * Writes a whole file, one session behind the other.
   *
   * @param begun when the file was begun
   * @throws IOException if {@code out} throws it
   */
  public void write(Iterable<SmtpSession> sessions, Instant begun, Appendable out)
      throws IOException {
    for (String line : header(begun)) {
      out.append(line).append(END);
    }
    for (SmtpSession session : sessions) {
      write(session, out);
    }
  }

  /**
   * Writes the lines of one more session.
   *
   * @throws IOException if {@code out} throws it
   */
  public void write(SmtpSession session, Appendable out) throws IOException {
    for (String line : lines(session)) {
      out.append(line).append(END);
    }
  }
}
