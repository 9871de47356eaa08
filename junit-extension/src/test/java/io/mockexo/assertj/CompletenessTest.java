package io.mockexo.assertj;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;
import org.junit.jupiter.api.Test;

/**
 * Every assertion has a message that is known word for word, two examples (each overload, and each
 * of the same name on another subject), and a line in {@code assertions.md}.
 */
class CompletenessTest {

  private static final Path MAIN = Path.of("src/main/java/io/mockexo/assertj");

  private static final Path GOLDEN_FILES = Path.of("src/test/resources/io/mockexo/assertj");

  /** What the messages of these begin with. */
  private static final Map<String, Class<?>> SUBJECTS =
      Map.of(
          "the client", SessionsAssert.class,
          "session", SessionAssert.class,
          "message", MessageAssert.class,
          "the message", MessageAssert.class);

  private static final Pattern HEADING = Pattern.compile("(?m)^===== (.+)$");

  private static final Pattern MESSAGE =
      Pattern.compile(
          "(?m)^===== (?<assertion>[^:\n]+).*\n(?:\\[.*\\] )?Expecting (?<subject>(?:the )?[a-z]+)");

  private static final Pattern DOCUMENTED =
      Pattern.compile(
          "/\\*\\*(?<doc>(?:(?!\\*/).)*)\\*/\\s*(?:@\\w+(?:\\(.*?\\))?[^\n]*\\s*)*"
              + "public (?:final )?(?:SELF|\\w+Assert) (?<name>\\w+)\\((?<parameters>[^)]*)\\)",
          Pattern.DOTALL);

  /** An overload with the same meaning links to the one that is documented. */
  private static final Pattern AS = Pattern.compile("As \\{@link #(\\w+\\([^)]*\\))}\\.");

  /** A cell of {@code assertions.md}. */
  private static final Pattern NAME = Pattern.compile("`(\\w+)\\([^`]*\\)`");

  @Test
  void every_assertion_has_its_message_in_a_golden_file() throws IOException {
    Set<String> known = new TreeSet<>();
    for (Path file : files(GOLDEN_FILES, ".txt")) {
      Matcher message = MESSAGE.matcher(Files.readString(file));
      while (message.find()) {
        Class<?> type = SUBJECTS.get(message.group("subject"));
        known.add((type == null ? "?" : type.getSimpleName()) + "." + message.group("assertion"));
      }
    }

    Set<String> expected = new TreeSet<>();
    for (Class<?> type : Set.copyOf(SUBJECTS.values())) {
      List<Method> all = assertions(type);
      for (Method method : all) {
        boolean overloaded =
            all.stream().filter(other -> other.getName().equals(method.getName())).count() > 1;
        expected.add(
            type.getSimpleName() + "." + (overloaded ? signature(method) : method.getName()));
      }
    }
    assertThat(known).containsAll(expected);
  }

  @Test
  void every_message_in_a_golden_file_is_checked() throws IOException {
    for (Path file : files(GOLDEN_FILES, ".txt")) {
      String test = file.getFileName().toString().replace(".txt", ".java");
      String source = Files.readString(Path.of("src/test/java/io/mockexo/assertj", test));

      assertThat(HEADING.matcher(Files.readString(file)).results())
          .isNotEmpty()
          .allMatch(heading -> source.contains('"' + heading.group(1) + '"'));
    }
  }

  @Test
  void every_assertion_has_an_example_that_passes_and_one_that_fails() throws IOException {
    Set<String> documented = new TreeSet<>();
    for (Path file : files(MAIN, "Assert.java")) {
      String type = file.getFileName().toString().replace(".java", "");
      List<MatchResult> methods = DOCUMENTED.matcher(Files.readString(file)).results().toList();
      Set<String> withExamples =
          methods.stream()
              .filter(method -> hasExamples(method.group(1)))
              .map(CompletenessTest::signature)
              .collect(Collectors.toSet());
      for (MatchResult method : methods) {
        Matcher as = AS.matcher(method.group(1));
        if (withExamples.contains(as.find() ? as.group(1) : signature(method))) {
          documented.add(type + "." + signature(method));
        }
      }
    }

    Set<String> expected = new TreeSet<>();
    for (Class<?> type : SUBJECTS.values()) {
      assertions(type)
          .forEach(
              method ->
                  expected.add(
                      method.getDeclaringClass().getSimpleName() + "." + signature(method)));
    }
    assertThat(documented).containsAll(expected);
  }

  @Test
  void every_assertion_is_in_the_table_of_its_subject_and_nothing_else_is() throws IOException {
    for (Class<?> type : Set.copyOf(SUBJECTS.values())) {
      assertThat(named(rows(type)))
          .containsExactlyInAnyOrderElementsOf(
              assertions(type).stream().map(Method::getName).collect(Collectors.toSet()));
    }
  }

  @Test
  void the_table_says_which_need_a_quiet_snapshot() throws IOException {
    Set<String> needQuiet = new TreeSet<>();
    for (Class<?> type = SessionsAssert.class;
        type != AbstractClientAssert.class;
        type = type.getSuperclass()) {
      String source = Files.readString(MAIN.resolve(type.getSimpleName() + ".java"));
      DOCUMENTED
          .matcher(source)
          .results()
          .filter(method -> method.group(1).contains("Needs a quiet snapshot"))
          .forEach(method -> needQuiet.add(method.group(2)));
    }

    assertThat(named(rows(SessionsAssert.class).filter(row -> row.endsWith(" | yes |"))))
        .isEqualTo(needQuiet);
  }

  /** The rows that stand below the heading of this subject. */
  private static Stream<String> rows(Class<?> type) throws IOException {
    String file = Files.readString(Path.of("assertions.md"));
    String heading = "\n## `%s`: ".formatted(type.getSimpleName());
    assertThat(file).containsOnlyOnce(heading);
    String section = file.substring(file.indexOf(heading) + heading.length());
    return section.split("\n## ", 2)[0].lines().filter(line -> line.startsWith("| `"));
  }

  /** What the first cells of rows name. */
  private static Set<String> named(Stream<String> rows) {
    return rows.map(row -> row.split("\\|", 3)[1])
        .flatMap(cell -> NAME.matcher(cell).results().map(name -> name.group(1)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean hasExamples(String doc) {
    return doc.contains("// passes: ") && doc.contains("// fails: ");
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(path -> path.toString().endsWith(ending)).toList();
    }
  }

  /** Where they are declared: what javac adds to public classes for hidden ones is left out. */
  private static List<Method> assertions(Class<?> type) {
    List<Method> assertions = new ArrayList<>();
    for (Class<?> t = type; t.getPackage().equals(type.getPackage()); t = t.getSuperclass()) {
      Arrays.stream(t.getDeclaredMethods())
          .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
          .filter(method -> AbstractAssert.class.isAssignableFrom(method.getReturnType()))
          .forEach(assertions::add);
    }
    return assertions;
  }

  /** {@code gotReply(int, String)}. */
  private static String signature(Method method) {
    String parameters =
        Arrays.stream(method.getParameterTypes())
            .map(Class::getSimpleName)
            .collect(Collectors.joining(", "));
    return "%s(%s)"
        .formatted(
            method.getName(),
            method.isVarArgs() ? parameters.replaceFirst("\\[]$", "...") : parameters);
  }

  /** The same of a declaration in the source: without names and type arguments. */
  private static String signature(MatchResult method) {
    String parameters =
        method.group(3).replaceAll("<[^>]*>", "").replaceAll("\\s+\\w+\\s*(,|$)", "$1");
    return "%s(%s)".formatted(method.group(2), parameters.replaceAll("\\s*,\\s*", ", ").strip());
  }
}
