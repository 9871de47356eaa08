package io.mockexo.assertj;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;
import org.junit.jupiter.api.Test;

/** Every assertion has a message that is known word for word, and two examples. */
class CompletenessTest {

  private static final Path MAIN = Path.of("src/main/java/io/mockexo/assertj");

  private static final Path GOLDEN_FILES = Path.of("src/test/resources/io/mockexo/assertj");

  private static final Pattern HEADING = Pattern.compile("(?m)^===== (.+)$");

  private static final Pattern DOCUMENTED =
      Pattern.compile(
          "/\\*\\*(?<doc>(?:(?!\\*/).)*)\\*/\\s*(?:@\\w+(?:\\(.*?\\))?[^\n]*\\s*)*public (?:final )?(?:SELF|\\w+Assert) (?<name>\\w+)\\(",
          Pattern.DOTALL);

  @Test
  void every_assertion_has_its_message_in_a_golden_file() throws IOException {
    Set<String> known = new TreeSet<>();
    try (Stream<Path> files = Files.list(GOLDEN_FILES)) {
      for (Path file : files.toList()) {
        Matcher heading = HEADING.matcher(Files.readString(file));
        heading
            .results()
            .map(result -> result.group(1).replaceFirst(":.*", ""))
            .forEach(known::add);
      }
    }

    assertThat(known).containsAll(assertions());
  }

  @Test
  void every_message_in_a_golden_file_is_checked() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN_FILES)) {
      for (Path file : files.toList()) {
        String test = file.getFileName().toString().replace(".txt", ".java");
        String source = Files.readString(Path.of("src/test/java/io/mockexo/assertj", test));

        assertThat(HEADING.matcher(Files.readString(file)).results())
            .isNotEmpty()
            .allMatch(heading -> source.contains('"' + heading.group(1) + '"'));
      }
    }
  }

  @Test
  void every_assertion_has_an_example_that_passes_and_one_that_fails() throws IOException {
    Set<String> documented = new TreeSet<>();
    try (Stream<Path> files = Files.list(MAIN)) {
      for (Path file : files.filter(path -> path.toString().endsWith("Assert.java")).toList()) {
        Matcher method = DOCUMENTED.matcher(Files.readString(file));
        while (method.find()) {
          String doc = method.group("doc");
          if (doc.contains("// passes: ") && doc.contains("// fails: ")) {
            documented.add(method.group("name"));
          }
        }
      }
    }

    assertThat(documented).containsAll(assertions());
  }

  private static Set<String> assertions() {
    List<Class<?>> types = List.of(SessionsAssert.class, SessionAssert.class, MessageAssert.class);
    return types.stream()
        .flatMap(type -> Arrays.stream(type.getMethods()))
        .filter(method -> AbstractAssert.class.isAssignableFrom(method.getReturnType()))
        .filter(method -> method.getDeclaringClass().getPackageName().equals("io.mockexo.assertj"))
        .map(Method::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
