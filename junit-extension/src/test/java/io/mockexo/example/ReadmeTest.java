package io.mockexo.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's Java is what is compiled and run here. */
class ReadmeTest {

  private static final Path EXAMPLES = Path.of("src/test/java/io/mockexo/example");

  /** Up to the next empty line. */
  private static final Pattern SNIPPET =
      Pattern.compile("(?<=\n    // In the README:\n).*?\n(?=\n)", Pattern.DOTALL);

  @Test
  void the_example_is_a_test_of_ours() throws IOException {
    String source = Files.readString(EXAMPLES.resolve("MailerTest.java"));
    String shown = source.substring(source.indexOf("import "));

    assertThat(readme()).contains("```java\n" + shown + "```\n");
  }

  @Test
  void so_are_the_lines_that_tests_mark() throws IOException {
    String source = Files.readString(EXAMPLES.resolve("SnippetsTest.java"));
    List<String> snippets =
        SNIPPET.matcher(source).results().map(lines -> lines.group().indent(-4)).toList();

    assertThat(snippets)
        .hasSize(4)
        .allSatisfy(lines -> assertThat(readme()).contains("```java\n" + lines + "```\n"));
  }

  private static String readme() throws IOException {
    return Files.readString(Path.of("..", "README.md"));
  }
}
