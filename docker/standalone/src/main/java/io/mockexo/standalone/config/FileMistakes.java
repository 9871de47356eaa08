package io.mockexo.standalone.config;

import io.mockexo.client.wire.ScenarioMistakes;
import io.mockexo.client.wire.SettingException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is wrong in several files, each thing once, in the order of the files and as it stands. */
final class FileMistakes {

  private final Map<String, Integer> order = new HashMap<>();
  private final Set<Mistake> mistakes = new LinkedHashSet<>();

  private record Mistake(String file, int line, int column, String message) {}

  FileMistakes(List<Path> files) {
    files.forEach(file -> order.putIfAbsent(file.toString(), order.size()));
  }

  /** What is wrong with a file as such is told by its name alone, and has no place in it. */
  void note(Path file, Runnable reading) {
    try {
      note(reading);
    } catch (ConfigurationException e) {
      mistakes.add(new Mistake(file.toString(), 0, 0, String.valueOf(e.getMessage())));
    }
  }

  void note(Runnable reading) {
    try {
      reading.run();
    } catch (SettingException e) {
      add(e);
    } catch (ScenarioMistakes e) {
      e.mistakes().forEach(this::add);
    }
  }

  private void add(SettingException e) {
    mistakes.add(new Mistake(e.source(), e.line(), e.column(), String.valueOf(e.getMessage())));
  }

  /** A line each. */
  List<String> inOrder() {
    return mistakes.stream()
        .sorted(
            Comparator.comparingInt((Mistake m) -> order.getOrDefault(m.file(), order.size()))
                .thenComparing(Mistake::file)
                .thenComparingInt(Mistake::line)
                .thenComparingInt(Mistake::column))
        .map(Mistake::message)
        .toList();
  }
}
