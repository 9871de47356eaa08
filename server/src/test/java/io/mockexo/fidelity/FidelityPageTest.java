package io.mockexo.fidelity;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.mockexo.fault.ExchangeError;
import io.mockexo.scenario.Scenario;
import io.mockexo.scenario.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds {@code fidelity.md} to the facts, as far as these can be counted, and to the code. */
class FidelityPageTest {

  /**
   * How many rows each section of the facts has, those of 3.3a and 6.1 to 6.2 in prose included.
   */
  private static final Map<String, Long> ROWS_OF_THE_FACTS =
      Map.ofEntries(
          Map.entry("0", 4L),
          Map.entry("1.1", 17L),
          Map.entry("1.2", 11L),
          Map.entry("1.3", 6L),
          Map.entry("2.1", 12L),
          Map.entry("2.2", 4L),
          Map.entry("3.1", 10L),
          Map.entry("3.2", 19L),
          Map.entry("3.3", 20L),
          Map.entry("3.3a", 8L),
          Map.entry("3.4", 4L),
          Map.entry("3.5", 8L),
          Map.entry("4", 38L),
          Map.entry("5.1", 12L),
          Map.entry("5.2", 4L),
          Map.entry("5.3", 10L),
          Map.entry("5.4", 10L),
          Map.entry("5.5", 6L),
          Map.entry("6.1", 15L),
          Map.entry("6.2", 15L),
          Map.entry("6.3", 17L),
          Map.entry("7", 12L),
          Map.entry("8", 15L),
          Map.entry("9", 10L),
          Map.entry("10", 15L),
          Map.entry("12", 15L),
          Map.entry("13", 1L));

  private static final Pattern ROW =
      Pattern.compile("\\| (\\S+)\\.(\\d+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|(.*)\\|");
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");
  private static final Pattern CITED = Pattern.compile("[Ff]acts (\\d+(?:\\.\\d+)?)");

  private record Row(
      String section, int number, String what, String sure, String here, String how) {
    @Override
    public String toString() {
      return "%s.%d %s".formatted(section, number, what);
    }
  }

  @Test
  void every_row_of_the_facts_is_here() throws IOException {
    Map<String, Long> counted = rows().stream().collect(groupingBy(Row::section, counting()));
    assertThat(counted).containsExactlyInAnyOrderEntriesOf(ROWS_OF_THE_FACTS);

    Map<String, Integer> last = new TreeMap<>();
    for (Row row : rows()) {
      assertThat(row.number()).as("%s", row).isEqualTo(last.merge(row.section(), 1, Integer::sum));
    }
  }

  @Test
  void every_row_says_how_sure_it_is_and_what_became_of_it() throws IOException {
    assertThat(rows())
        .allSatisfy(
            row -> {
              assertThat(row.sure()).matches("([VDSG](, [VDSG])*|conflict|gap|doubtful)");
              assertThat(row.here()).isIn("default", "set", "fault", "part", "no");
              if (!row.here().equals("default")) {
                assertThat(row.how()).as("%s", row).isNotBlank();
              }
            });
  }

  @Test
  void what_is_set_or_put_in_place_by_a_fault_is_named_so_that_it_can_be_found()
      throws IOException {
    Set<String> known = namesOfTheCode();
    List<String> unknown =
        rows().stream()
            .flatMap(row -> NAME.matcher(row.how()).results().map(name -> name.group(1)))
            .filter(name -> !name.startsWith("at(") && !known.contains(name))
            .toList();
    assertThat(unknown).isEmpty();
  }

  @Test
  void names_that_users_cannot_meet_do_not_count() {
    assertThat(namesOfTheCode())
        .contains("TlsPolicyBuilder", "sessionTickets", "TLS_1_3", "withIdle", "session-tickets")
        .doesNotContain("MOST_TICKETS", "refuseWithoutTls12", "ServerBinding", "Contradictions");
  }

  @Test
  void every_section_that_the_code_cites_is_here() throws IOException {
    Set<String> cited = new TreeSet<>();
    for (String source : sources("src/main/java")) {
      CITED.matcher(source).results().map(found -> found.group(1)).forEach(cited::add);
    }
    assertThat(cited).hasSizeGreaterThan(10);
    Set<String> chapters =
        ROWS_OF_THE_FACTS.keySet().stream()
            .flatMap(section -> Stream.of(section, section.replaceAll("\\..*", "")))
            .collect(Collectors.toSet());
    assertThat(chapters).containsAll(cited);
  }

  @Test
  void the_errors_for_faults_are_those_of_the_code() throws IOException {
    List<String> expected = Stream.of(ExchangeError.values()).map(FidelityPageTest::row).toList();
    assertThat(page().lines().filter(line -> line.matches("\\| `[A-Z_0-9]+` \\|.*")))
        .containsExactlyElementsOf(expected);
  }

  @Test
  void each_text_of_a_refusal_stands_once_in_the_code() throws IOException {
    Pattern text = Pattern.compile("\"[245]\\.\\d{1,3}\\.\\d{1,3} [^\"]{4,}");
    List<String> texts = new ArrayList<>();
    Stream.of(ExchangeError.values()).map(error -> '"' + error.text()).forEach(texts::add);
    for (String folder : List.of("internal/smtp", "exchange")) {
      for (String source : sources("src/main/java/io/mockexo/" + folder)) {
        text.matcher(source).results().map(MatchResult::group).forEach(texts::add);
      }
    }
    assertThat(texts).hasSizeGreaterThan(60).doesNotHaveDuplicates();
  }

  private static String row(ExchangeError error) {
    String text = error.text();
    int diagnostics = text.indexOf("Cannot submit message");
    return "| `%s` | `%s` | `%d %s` | %s |"
        .formatted(
            error,
            error.stage(),
            error.code(),
            diagnostics < 0 ? text : text.substring(0, diagnostics) + "...",
            error.confidence().name().charAt(0));
  }

  /**
   * Names of public types, constants, methods and record components, which users can meet, and of
   * scenarios. Endpoints, errors and builders are among them.
   */
  private static Set<String> namesOfTheCode() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.mockexo");
    Set<String> names = new TreeSet<>();
    for (JavaClass type : classes) {
      boolean isInternal = type.getPackageName().contains(".internal.");
      if (type.getModifiers().contains(JavaModifier.PUBLIC) && !isInternal) {
        names.add(type.getSimpleName());
        type.getMembers().stream()
            .filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC))
            .map(JavaMember::getName)
            .forEach(names::add);
      }
    }
    Scenarios.all().stream().map(Scenario::name).forEach(names::add);
    return names;
  }

  private static List<Row> rows() throws IOException {
    return page()
        .lines()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .map(
            row ->
                new Row(
                    row.group(1),
                    Integer.parseInt(row.group(2)),
                    row.group(3),
                    row.group(4),
                    row.group(5),
                    row.group(6).strip()))
        .toList();
  }

  private static String page() throws IOException {
    return Files.readString(Path.of("fidelity.md"));
  }

  private static List<String> sources(String folder) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      List<String> sources = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        sources.add(Files.readString(file));
      }
      return sources;
    }
  }
}
