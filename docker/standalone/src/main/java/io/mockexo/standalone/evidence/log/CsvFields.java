package io.mockexo.standalone.evidence.log;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * A line of comma-separated values as Exchange writes it (facts 6.2): a field with a comma or a
 * quote stands in double quotes (RFC 4180, section 2).
 */
final class CsvFields {

  private CsvFields() {}

  /** The line, without its end. Whatever the fields are, it is one line with so many fields. */
  static String line(Collection<String> fields) {
    return fields.stream().map(CsvFields::field).collect(Collectors.joining(","));
  }

  private static String field(String value) {
    String safe = unarmed(printable(value));
    boolean quoted = safe.indexOf(',') >= 0 || safe.indexOf('"') >= 0;
    return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }

  /**
   * These logs are opened with spreadsheets. No command and no reply of SMTP begins as a formula
   * does; what a client sends instead of one is kept from being taken for one. The signs of the
   * events are alone in their field.
   */
  private static String unarmed(String value) {
    boolean formula = value.length() > 1 && "=+-@".indexOf(value.charAt(0)) >= 0;
    return formula ? "'" + value : value;
  }

  /** No field can end the line that it is in, or turn the direction of its text. */
  static String printable(String value) {
    StringBuilder safe = new StringBuilder(value.length());
    value.codePoints().forEach(c -> append(safe, c));
    return safe.toString();
  }

  private static void append(StringBuilder safe, int c) {
    switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          safe.append(c < 0x100 ? "\\x%02X".formatted(c) : "\\u%04X".formatted(c));
      default -> safe.appendCodePoint(c);
    }
  }
}
