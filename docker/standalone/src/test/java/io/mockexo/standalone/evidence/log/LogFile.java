package io.mockexo.standalone.evidence.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.journal.SmtpSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A protocol log as a tool reads it: a reader of CSV, and the names of the log's own fields. */
final class LogFile {

  private static final String FIELDS = "#Fields: ";

  private LogFile() {}

  static List<CSVRecord> read(ProtocolLog log, List<SmtpSession> sessions) {
    StringBuilder text = new StringBuilder();
    try {
      log.write(sessions, Instant.parse("2023-01-11T16:00:04.113Z"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return read(text.toString());
  }

  /** Comments are skipped as such, but for the one that names the fields. */
  static List<CSVRecord> read(String text) {
    String[] fields =
        text.lines()
            .filter(line -> line.startsWith(FIELDS))
            .map(line -> line.substring(FIELDS.length()).split(",", -1))
            .findFirst()
            .orElseThrow();
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader(fields).setCommentMarker('#').get();
    try (CSVParser parser = CSVParser.parse(text, format)) {
      List<CSVRecord> records = parser.getRecords();
      assertThat(records).allMatch(CSVRecord::isConsistent);
      return records;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
