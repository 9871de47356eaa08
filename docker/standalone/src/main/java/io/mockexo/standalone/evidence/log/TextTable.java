package io.mockexo.standalone.evidence.log;

import java.util.List;
import java.util.stream.IntStream;

/** Rows under names, in columns as wide as they need. */
final class TextTable {

  /** Of names that a client chose. */
  private static final int MAX_WIDTH = 100;

  private TextTable() {}

  static String of(List<String> names, List<List<String>> rows) {
    List<List<String>> cut =
        rows.stream().map(row -> row.stream().map(TextTable::cut).toList()).toList();
    int[] widths =
        IntStream.range(0, names.size())
            .map(
                i ->
                    cut.stream()
                        .mapToInt(row -> row.get(i).length())
                        .reduce(names.get(i).length(), Math::max))
            .toArray();
    StringBuilder text = new StringBuilder(line(names, widths));
    cut.forEach(row -> text.append(line(row, widths)));
    return text.toString();
  }

  private static String cut(String cell) {
    String safe = CsvFields.printable(cell);
    return safe.length() <= MAX_WIDTH ? safe : safe.substring(0, MAX_WIDTH - 3) + "...";
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(cells.get(i)).append(" ".repeat(widths[i] - cells.get(i).length() + 2));
    }
    return line.toString().stripTrailing() + "\n";
  }
}
