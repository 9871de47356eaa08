package io.mockexo.assertj;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * The messages of failed assertions, word for word, in the file named after the test class: a
 * heading in equals signs for each. Run with {@code -Dgolden.accept=true} to write them anew, then
 * read what has changed.
 */
final class Golden {

  private static final String HEADING = "===== ";

  private final Path file;
  private final Map<String, String> sections = new TreeMap<>();

  private Golden(Class<?> test) {
    String name = test.getSimpleName() + ".txt";
    file = Path.of("src/test/resources/io/mockexo/assertj", name);
    try (InputStream in = test.getResourceAsStream(name)) {
      read(in == null ? "" : new String(in.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Golden of(Class<?> test) {
    return new Golden(test);
  }

  /** Checks that an assertion fails, with the message of this heading. */
  void fails(String heading, ThrowingCallable assertion) {
    AssertionError error = catchThrowableOfType(AssertionError.class, assertion);
    assertThat(error).as(heading).isNotNull();
    if (Boolean.getBoolean("golden.accept")) {
      accept(heading, error.getMessage());
    }
    assertThat(error).hasMessage(sections.get(heading));
  }

  private void read(String text) {
    for (String section : text.split("(?m)^" + HEADING, -1)) {
      int end = section.indexOf('\n');
      if (end > 0) {
        sections.put(section.substring(0, end), section.substring(end + 1).stripTrailing());
      }
    }
  }

  private synchronized void accept(String heading, String message) {
    sections.put(heading, message);
    StringBuilder text = new StringBuilder();
    sections.forEach((key, value) -> text.append(HEADING + key + "\n" + value + "\n\n"));
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text.toString().stripTrailing() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
