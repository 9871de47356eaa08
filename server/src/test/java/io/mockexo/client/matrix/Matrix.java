package io.mockexo.client.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The data: a section for each failure, a line for each client and mode with what the journal
 * concludes and what the client says. An asterisk stands for what can be anything.
 */
final class Matrix {

  private static final String HEADING = "===== ";

  private static final String BETWEEN = " | ";

  private final Path file;

  /** By section and row. */
  private final Map<String, Seen> expected = new TreeMap<>();

  private Matrix(Path file) {
    this.file = file;
  }

  static Matrix read(Path file) {
    Matrix matrix = new Matrix(file);
    String section = "";
    for (String line : lines(file)) {
      if (line.startsWith(HEADING)) {
        section = line.substring(HEADING.length());
      } else if (!line.isBlank()) {
        String[] columns = line.split(" \\| ", 3);
        matrix.expected.put(section + ": " + columns[0], new Seen(columns[1], columns[2]));
      }
    }
    return matrix;
  }

  /** All that there is to be run. */
  static List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (Failure failure : Failure.values()) {
      for (Sender sender : Sender.values()) {
        for (Mode mode : sender.client().modes()) {
          cells.add(new Cell(failure, sender, mode, cells.size()));
        }
      }
    }
    return cells;
  }

  /** The names of all cells that it has. */
  Iterable<String> names() {
    return expected.keySet();
  }

  Seen expected(Cell cell) {
    return expected.getOrDefault(cell.toString(), new Seen("?", "?"));
  }

  /** Takes over what was seen; what was right with its asterisks stays. */
  void accept(Cell cell, Seen seen) {
    Seen before = expected(cell);
    String client = Plain.matches(before.client(), seen.client()) ? before.client() : seen.client();
    expected.put(cell.toString(), new Seen(seen.journal(), client));
  }

  void write() {
    StringBuilder text = new StringBuilder();
    Failure section = null;
    for (Cell cell : cells()) {
      if (section != cell.failure()) {
        section = cell.failure();
        text.append(text.isEmpty() ? "" : "\n").append(HEADING).append(section).append('\n');
      }
      Seen seen = expected(cell);
      text.append(String.join(BETWEEN, cell.row(), seen.journal(), seen.client())).append('\n');
    }
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
