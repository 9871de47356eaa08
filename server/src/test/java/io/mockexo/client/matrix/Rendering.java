package io.mockexo.client.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The data as tables in Markdown: one for a glance, and one for each failure. */
final class Rendering {

  private final Matrix matrix;

  Rendering(Matrix matrix) {
    this.matrix = matrix;
  }

  String tables() {
    List<String> parts = new ArrayList<>();
    parts.add(glance());
    for (Failure failure : Failure.values()) {
      parts.add("## " + capital(failure.toString()) + "\n\n" + table(failure));
    }
    return String.join("\n", parts);
  }

  private String glance() {
    List<String> failures = Stream.of(Failure.values()).map(Failure::toString).toList();
    StringBuilder table = new StringBuilder(row("", failures));
    table.append(row("---", failures.stream().map(failure -> "---").toList()));
    for (String client : cells(Failure.NOTHING).stream().map(Cell::row).toList()) {
      List<String> words =
          Matrix.cells().stream()
              .filter(cell -> cell.row().equals(client))
              .map(cell -> word(matrix.expected(cell).journal()))
              .toList();
      table.append(row(client, words));
    }
    return table.toString();
  }

  /** A conclusion in a word. */
  private static String word(String journal) {
    if (journal.contains("delivered over TLS")) {
      return journal.matches(".*(retried|came again).*") ? "TLS later" : "TLS";
    }
    if (journal.contains("delivered in cleartext")) {
      return journal.contains("fell back") ? "**falls back**" : "cleartext";
    }
    if (journal.contains("refused with 5")) {
      return "refused";
    }
    if (journal.contains(Waiting.ON)) {
      return "waits";
    }
    return journal.matches(".*(retried|came again).*") ? "retries" : "gives up";
  }

  private String table(Failure failure) {
    StringBuilder table =
        new StringBuilder(
            row("client", List.of("TLS", "the journal concludes", "the client says")));
    table.append(row("---", List.of("---", "---", "---")));
    for (Cell cell : cells(failure)) {
      Seen seen = matrix.expected(cell);
      table.append(
          row(
              cell.sender().toString(),
              List.of(cell.mode().toString(), seen.journal(), "`" + seen.client() + "`")));
    }
    return table.toString();
  }

  private static List<Cell> cells(Failure failure) {
    return Matrix.cells().stream().filter(cell -> cell.failure() == failure).toList();
  }

  private static String row(String first, List<String> more) {
    return Stream.concat(Stream.of(first), more.stream())
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
