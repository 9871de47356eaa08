package io.mockexo.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The page on fidelity, which the program carries, for those who have no browser at hand. */
@Command(
    name = "fidelity",
    description = {
      "Tells what is known of Exchange, how sure it is, and where the mock has it.",
      "Exit code 0 if a line has the words, 1 if none has."
    },
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class)
final class FidelityCommand implements Callable<Integer> {

  private static final String PAGE = "/fidelity.md";

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "WORDS",
      arity = "0..*",
      description = "Only lines that have all of these, in any case; default: the whole page.")
  private List<String> words = List.of();

  @Override
  public Integer call() throws IOException {
    List<String> lines = page().lines().toList();
    List<String> found = words.isEmpty() ? lines : withTitles(lines);
    if (found.isEmpty()) {
      Objects.requireNonNull(spec)
          .commandLine()
          .getErr()
          .println("no line has the words '%s'".formatted(String.join(" ", words)));
    }
    found.forEach(Objects.requireNonNull(spec).commandLine().getOut()::println);
    return found.isEmpty() ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  /** The lines of tables that have the words, each behind the title of its section. */
  private List<String> withTitles(List<String> lines) {
    Stream.Builder<String> found = Stream.builder();
    String title = "";
    for (String line : lines) {
      if (line.startsWith("## ")) {
        title = line;
      } else if (line.startsWith("| ") && hasWords(line)) {
        if (!title.isEmpty()) {
          found.add(title);
        }
        title = "";
        found.add(line);
      }
    }
    return found.build().toList();
  }

  private boolean hasWords(String line) {
    String text = line.toLowerCase(Locale.ROOT);
    return words.stream().allMatch(word -> text.contains(word.toLowerCase(Locale.ROOT)));
  }

  private static String page() throws IOException {
    try (InputStream page = FidelityCommand.class.getResourceAsStream(PAGE)) {
      return new String(Objects.requireNonNull(page, PAGE).readAllBytes(), UTF_8);
    }
  }
}
