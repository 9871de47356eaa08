package io.mockexo.client;

import io.mockexo.tls.TlsVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The document {@code client-errors.md}, whose tables are the expectations of a test. */
record ClientErrors(List<String> index, List<Row> rows) {

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /**
   * What one client says of some troubles, and what the session says.
   *
   * @param versions the versions for which it is so
   */
  record Row(
      List<Trouble> troubles,
      MailClient client,
      Set<TlsVersion> versions,
      Cell says,
      Cell session) {

    boolean isFor(Trouble trouble, MailClient other, TlsVersion version) {
      return troubles.contains(trouble) && client == other && versions.contains(version);
    }
  }

  /**
   * One of several things that can be seen.
   *
   * @param fragments all of which are there
   * @param noError whether the client is content
   */
  record Alternative(List<String> fragments, boolean noError) {

    boolean isSeenIn(MailClient.Outcome outcome) {
      return noError == outcome.succeeded()
          && fragments.stream().allMatch(outcome.said()::contains);
    }

    /** As it is written in the document. */
    @Override
    public String toString() {
      return fragments.stream().map(f -> "`" + f + "`").collect(Collectors.joining(", "));
    }
  }

  /**
   * A cell with texts.
   *
   * @param waits whether it says that the client waits
   */
  record Cell(List<Alternative> alternatives, boolean waits) {

    private static final Pattern TOKEN = Pattern.compile("`([^`]+)`|\\b(or|no error|waits)\\b");

    static Cell of(String text) {
      List<Alternative> alternatives = new ArrayList<>();
      List<String> fragments = new ArrayList<>();
      boolean noError = false;
      boolean waits = false;
      Matcher token = TOKEN.matcher(text);
      while (token.find()) {
        if (token.group(1) != null) {
          fragments.add(token.group(1));
        } else if (token.group(2).equals("or")) {
          alternatives.add(new Alternative(List.copyOf(fragments), noError));
          fragments.clear();
          noError = false;
        } else if (token.group(2).equals("waits")) {
          waits = true;
        } else {
          noError = true;
        }
      }
      alternatives.add(new Alternative(List.copyOf(fragments), noError));
      return new Cell(alternatives, waits);
    }

    List<String> fragments() {
      return alternatives.stream().flatMap(a -> a.fragments().stream()).distinct().toList();
    }
  }

  /** Reads it; a row whose first cell is empty goes on with what the row above is about. */
  static ClientErrors read(Path document) {
    List<String> index = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    List<Trouble> troubles = List.of();
    for (String line : lines(document)) {
      List<String> cells = Stream.of(line.split("\\|")).map(String::strip).skip(1).toList();
      if (!line.startsWith("|") || line.startsWith("| ---") || !line.contains("`")) {
        continue;
      }
      if (cells.size() == 3) {
        index.add(line);
        continue;
      }
      troubles = cells.get(0).isEmpty() ? troubles : troubles(cells.get(0));
      rows.add(row(troubles, cells));
    }
    return new ClientErrors(index, rows);
  }

  /** What else this client says elsewhere in the table, and must not say here. */
  List<String> saidElsewhere(Row row) {
    List<String> here = row.says().fragments();
    return rowsOf(row.client()).stream()
        .flatMap(other -> other.says().fragments().stream())
        .filter(fragment -> here.stream().noneMatch(own -> own.contains(fragment)))
        .distinct()
        .toList();
  }

  /** The index as it follows from the rows: for each message what can have caused it. */
  List<String> derivedIndex() {
    Map<String, Set<String>> causes = new LinkedHashMap<>();
    for (MailClient client : MailClient.values()) {
      for (Row row : rowsOf(client)) {
        for (Alternative said : row.says().alternatives()) {
          if (!said.fragments().isEmpty()) {
            Set<String> effects =
                causes.computeIfAbsent(
                    "| %s | %s | ".formatted(said, client), m -> new LinkedHashSet<>());
            row.troubles().forEach(trouble -> effects.add("`" + trouble.effect() + "`"));
          }
        }
      }
    }
    return causes.entrySet().stream()
        .map(cause -> cause.getKey() + String.join(", ", cause.getValue()) + " |")
        .toList();
  }

  private List<Row> rowsOf(MailClient client) {
    return rows.stream().filter(row -> row.client() == client).toList();
  }

  private static Row row(List<Trouble> troubles, List<String> cells) {
    String[] client = cells.get(1).split(", ", 2);
    Set<TlsVersion> versions =
        client.length > 1
            ? Set.of(TlsVersion.valueOf(client[1].replaceAll("[ .]", "_")))
            : troubles.get(0).versions();
    return new Row(
        troubles,
        MailClient.titled(client[0]),
        versions,
        Cell.of(cells.get(2)),
        Cell.of(cells.get(3)));
  }

  private static List<Trouble> troubles(String cell) {
    return CODE.matcher(cell).results().map(code -> Trouble.named(code.group(1))).toList();
  }

  private static List<String> lines(Path document) {
    try {
      return Files.readAllLines(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
