package io.mockexo.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README's Java is what is compiled and run here. */
class ReadmeTest {

  @Test
  void the_example_is_a_test_of_ours() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/io/mockexo/example", "MailerTest.java"));
    String shown = source.substring(source.indexOf("import "));

    assertThat(Files.readString(Path.of("..", "README.md")))
        .contains("```java\n" + shown + "```\n");
  }
}
