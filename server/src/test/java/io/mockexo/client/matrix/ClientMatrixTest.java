package io.mockexo.client.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Real clients meet a failing receiver, and what the journal concludes and what they say is what
 * stands in {@code matrix.txt}, and for readers in {@code client-matrix.md}. Run with {@code
 * -Dgolden.accept=true} to write both anew, then read what has changed; {@code
 * -Dmatrix.only=Postfix} runs those whose names have this in them.
 */
class ClientMatrixTest {

  private static final Path DATA =
      Path.of("src/test/resources/io/mockexo/client/matrix/matrix.txt");

  private static final Path DOCUMENT = Path.of("client-matrix.md");

  /** Behind it the document is made from the data. */
  private static final String FROM_HERE = "## At a glance\n\n";

  private static final boolean ACCEPT = Boolean.getBoolean("golden.accept");

  private final Matrix matrix = Matrix.read(DATA);

  @Test
  void every_client_is_in_the_data_with_every_failure_in_every_mode() {
    assertThat(matrix.names())
        .containsExactlyInAnyOrderElementsOf(Matrix.cells().stream().map(Cell::toString).toList());
  }

  @Test
  void the_document_has_the_data() throws IOException {
    if (ACCEPT) {
      Files.writeString(DOCUMENT, document());
    }
    assertThat(Files.readString(DOCUMENT)).isEqualTo(document());
  }

  @TestFactory
  Stream<DynamicTest> what_is_seen_is_what_is_in_the_data() throws IOException {
    List<Cell> cells = chosen();
    Map<Cell, Future<Seen>> seen = MatrixRun.all(cells);
    if (ACCEPT) {
      accept(seen);
    } else {
      seen.putAll(MatrixRun.all(differing(seen)));
    }
    return cells.stream()
        .map(cell -> dynamicTest(cell.toString(), () -> check(cell, Futures.get(seen.get(cell)))));
  }

  /**
   * Clients have clocks of their own: where a machine is slow for some seconds, a message of
   * Postfix is old when it is tried first, and falls back at once. So these are tried once more,
   * and what differs twice differs.
   */
  private List<Cell> differing(Map<Cell, Future<Seen>> seen) {
    return seen.entrySet().stream()
        .filter(entry -> Futures.hasValue(entry.getValue()))
        .filter(entry -> !isAsExpected(entry.getKey(), Futures.get(entry.getValue())))
        .map(Map.Entry::getKey)
        .toList();
  }

  private boolean isAsExpected(Cell cell, Seen seen) {
    Seen expected = matrix.expected(cell);
    return seen.journal().equals(expected.journal())
        && Plain.matches(expected.client(), seen.client());
  }

  private static List<Cell> chosen() {
    String part = System.getProperty("matrix.only", "");
    return Matrix.cells().stream().filter(cell -> cell.toString().contains(part)).toList();
  }

  private void check(Cell cell, Seen seen) {
    Seen expected = matrix.expected(cell);
    assertThat(seen.journal()).isEqualTo(expected.journal());
    assertThat(Plain.matches(expected.client(), seen.client()))
        .as("%s is what the client says: %s", expected.client(), seen.client())
        .isTrue();
  }

  private void accept(Map<Cell, Future<Seen>> seen) throws IOException {
    seen.forEach(
        (cell, future) -> {
          if (Futures.hasValue(future)) {
            matrix.accept(cell, Futures.get(future));
          }
        });
    matrix.write();
    Files.writeString(DOCUMENT, document());
  }

  /** What it should be: what is written by hand, and then the tables. */
  private String document() throws IOException {
    String text = Files.readString(DOCUMENT);
    int end = text.indexOf(FROM_HERE) + FROM_HERE.length();
    return text.substring(0, end) + new Rendering(matrix).tables();
  }
}
