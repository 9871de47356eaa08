package io.mockexo.standalone.evidence.log;

import io.mockexo.client.wire.Host;
import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.SessionEvent.TlsEstablished;
import io.mockexo.journal.SmtpSession;
import io.mockexo.journal.TlsRptFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How clients use TLS: a row for each address and EHLO name, in the order in which they came, as
 * Exchange Online tells a tenant of its own senders. Connections on which nothing was sent are in
 * no row. Beyond {@value #MAX_ROWS} rows all further clients share the last.
 *
 * @param rows never more than one above {@value #MAX_ROWS}
 */
public record TlsReport(List<Row> rows) {

  /** How many clients are told apart. */
  static final int MAX_ROWS = 1000;

  private static final Client OTHERS = new Client("(others)", "");

  private static final List<String> COLUMNS =
      List.of(
          "client",
          "ehlo-name",
          "connections",
          "messages",
          "messages-in-cleartext",
          "tls-versions",
          "cipher-suites",
          "tls-rpt");

  /** Copies. */
  public TlsReport {
    rows = List.copyOf(rows);
  }

  /**
   * One client.
   *
   * @param client its address, without port
   * @param ehloName by which it introduced itself; empty if it did not
   * @param connections on which it sent anything
   * @param messages that it delivered
   * @param messagesInCleartext how many of these outside TLS
   * @param versions how many connections had which version
   * @param cipherSuites how many connections had which suite
   * @param failures how many connections failed how, by {@linkplain TlsRptFailure the names} of RFC
   *     8460
   */
  public record Row(
      String client,
      String ehloName,
      long connections,
      long messages,
      long messagesInCleartext,
      Map<String, Long> versions,
      Map<String, Long> cipherSuites,
      Map<String, Long> failures) {

    /** Copies, in the order of the names. */
    public Row {
      versions = sorted(versions);
      cipherSuites = sorted(cipherSuites);
      failures = sorted(failures);
    }

    private static Map<String, Long> sorted(Map<String, Long> counts) {
      return Collections.unmodifiableMap(new TreeMap<>(counts));
    }

    /** The share of messages in cleartext, from 0 to 1; empty if there are none. */
    public Optional<Double> cleartextShare() {
      return messages == 0
          ? Optional.empty()
          : Optional.of((double) messagesInCleartext / messages);
    }
  }

  private record Client(String address, String ehloName) {
    static Client of(SmtpSession session) {
      return new Client(
          new Host(session.peer().getAddress()).toString(), session.heloName().orElse(""));
    }
  }

  /** The table of these sessions. */
  public static TlsReport of(Iterable<SmtpSession> sessions) {
    Map<Client, List<SmtpSession>> byClient = new LinkedHashMap<>();
    for (SmtpSession session : sessions) {
      if (!session.isSilent()) {
        Client client = Client.of(session);
        boolean told = byClient.containsKey(client) || byClient.size() < MAX_ROWS;
        byClient.computeIfAbsent(told ? client : OTHERS, c -> new ArrayList<>()).add(session);
      }
    }
    return new TlsReport(
        byClient.entrySet().stream().map(e -> row(e.getKey(), e.getValue())).toList());
  }

  private static Row row(Client client, List<SmtpSession> sessions) {
    List<MailTransaction> mails =
        sessions.stream().flatMap(session -> session.deliveredMessages().stream()).toList();
    List<TlsEstablished> tls =
        sessions.stream().flatMap(session -> session.tls().stream()).toList();
    return new Row(
        client.address(),
        client.ehloName(),
        sessions.size(),
        mails.size(),
        mails.stream().filter(mail -> !mail.insideTls()).count(),
        count(tls.stream().map(each -> each.version().name()).toList()),
        count(tls.stream().map(each -> each.cipherSuite().name()).toList()),
        count(
            sessions.stream()
                .flatMap(session -> TlsRptFailure.of(session).stream())
                .map(failure -> failure.resultType().toString())
                .toList()));
  }

  private static Map<String, Long> count(Collection<String> words) {
    return words.stream().collect(Collectors.groupingBy(word -> word, Collectors.counting()));
  }

  /** As comma-separated values, with names in the first line; counts as {@code TLS_1_2: 3}. */
  public String csv() {
    StringBuilder text = new StringBuilder(CsvFields.line(COLUMNS)).append("\r\n");
    rows.forEach(row -> text.append(CsvFields.line(cells(row))).append("\r\n"));
    return text.toString();
  }

  /** As a table for people; long names are cut. */
  public String text() {
    return TextTable.of(COLUMNS, rows.stream().map(TlsReport::cells).toList());
  }

  private static List<String> cells(Row row) {
    return List.of(
        row.client(),
        row.ehloName(),
        Long.toString(row.connections()),
        Long.toString(row.messages()),
        Long.toString(row.messagesInCleartext()),
        cell(row.versions()),
        cell(row.cipherSuites()),
        cell(row.failures()));
  }

  private static String cell(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(count -> count.getKey() + ": " + count.getValue())
        .collect(Collectors.joining("; "));
  }
}
