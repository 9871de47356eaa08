package io.mockexo.standalone.config;

import io.mockexo.client.wire.ScenarioMistakes;
import io.mockexo.client.wire.ScenarioSettings;
import io.mockexo.client.wire.Setting;
import io.mockexo.client.wire.SettingException;
import io.mockexo.scenario.Catalogue;
import io.mockexo.scenario.Scenario;
import io.mockexo.tls.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A user's scenarios: a folder with a file for each, in YAML or JSON. One can be based on another,
 * in the folder or of the product.
 */
public final class ScenarioFolder {

  /** Nobody can follow more. */
  private static final int DEEPEST = 20;

  /** Whom a name resembles is looked for among so many at most. */
  private static final int MOST_TO_COMPARE = 1_000;

  private final Set<String> shipped = Set.copyOf(Catalogue.shipped().names());
  private final Map<String, Setting> found = new LinkedHashMap<>();

  /** Those that are no base for others: their name is missing, or is that of another one. */
  private final List<Setting> unnamed = new ArrayList<>();

  private final Map<String, Scenario> read = new LinkedHashMap<>();
  private final Map<String, ScenarioMistakes> failed = new HashMap<>();
  private final Set<String> beingRead = new LinkedHashSet<>();

  private ScenarioFolder() {}

  /**
   * The scenarios of the product, and those in {@code folder}.
   *
   * @throws ConfigurationException if it cannot be read, or there is a mistake in one of its files
   */
  public static Catalogue read(Path folder) {
    return catalogue(files(folder));
  }

  /**
   * The scenarios of the product, and those in these files.
   *
   * @throws ConfigurationException with all mistakes in the first file that has some
   */
  public static Catalogue catalogue(List<Path> files) {
    ScenarioFolder folder = new ScenarioFolder();
    try {
      files.forEach(folder::find);
      folder.unnamed.forEach(folder::whole);
      folder.found.keySet().forEach(folder::scenario);
      return Catalogue.shipped().and(folder.read.values());
    } catch (SettingException | ScenarioMistakes e) {
      throw new ConfigurationException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * All mistakes in these files, a line each, in their order; none if they can be used together.
   *
   * @param others on which these may be based, besides; mistakes in those are told where they
   *     matter
   */
  public static List<String> mistakes(List<Path> files, List<Path> others) {
    ScenarioFolder folder = new ScenarioFolder();
    FileMistakes mistakes = new FileMistakes(files);
    files.forEach(file -> mistakes.note(file, () -> folder.find(file)));
    List<String> names = List.copyOf(folder.found.keySet());
    List<Setting> unnamed = List.copyOf(folder.unnamed);
    Set<Path> given = files.stream().map(ScenarioFolder::plain).collect(Collectors.toSet());
    others.stream()
        .filter(other -> !given.contains(plain(other)))
        .forEach(other -> mistakes.note(other, () -> folder.find(other)));
    unnamed.forEach(setting -> mistakes.note(() -> folder.whole(setting)));
    names.forEach(name -> mistakes.note(() -> folder.scenario(name)));
    return mistakes.inOrder();
  }

  private static Path plain(Path file) {
    return file.toAbsolutePath().normalize();
  }

  /** The files of a folder that are meant, in the order of their names. */
  public static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches(".+\\.(ya?ml|json)"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new ConfigurationException(
          Files.isDirectory(folder)
              ? folder + ": cannot be read: " + e.getMessage()
              : folder + ": there is no such folder");
    }
  }

  private void find(Path file) {
    Setting root = YamlFile.read(file);
    if (root == null) {
      throw new ConfigurationException(file + ": there is nothing in it; a scenario was expected");
    }
    String name = name(root);
    if (name == null) {
      unnamed.add(root); // which is told with all else that is wrong in it
      return;
    }
    Setting other = found.get(name);
    if (other != null || shipped.contains(name)) {
      unnamed.add(root);
      throw root.errorAt(
          "name",
          "'%s' is the name of a scenario %s already"
              .formatted(name, other == null ? "of the product" : "at " + other.place()));
    }
    found.put(name, root);
  }

  private static @Nullable String name(Setting root) {
    try {
      return ScenarioSettings.name(root);
    } catch (SettingException e) {
      return null;
    }
  }

  private Scenario scenario(String name) {
    Scenario known = read.get(name);
    ScenarioMistakes mistakes = failed.get(name);
    Setting setting = found.get(name);
    if (known != null) {
      return known;
    } else if (mistakes != null) {
      throw mistakes;
    } else if (setting == null) {
      return Catalogue.shipped().named(requireKnown(name));
    }
    if (!beingRead.add(name)) {
      throw setting.errorAt(
          "basedOn",
          "these are based on each other: %s -> %s"
              .formatted(String.join(" -> ", beingRead), name));
    }
    try {
      return scenario(name, setting);
    } finally {
      beingRead.remove(name);
    }
  }

  private Scenario scenario(String name, Setting setting) {
    if (beingRead.size() > DEEPEST) {
      throw setting.errorAt(
          "basedOn", "more than %d are based on one another: %s".formatted(DEEPEST, name));
    }
    try {
      Scenario scenario = whole(setting);
      read.put(name, scenario);
      return scenario;
    } catch (ScenarioMistakes e) {
      failed.put(name, e);
      throw e;
    }
  }

  private Scenario whole(Setting setting) {
    return ScenarioSettings.read(setting, this::scenario);
  }

  private String requireKnown(String name) {
    if (shipped.contains(name)) {
      return name;
    }
    String near = "";
    if (found.size() <= MOST_TO_COMPARE) {
      Set<String> names = new TreeSet<>(shipped);
      names.addAll(found.keySet());
      near = NearestName.closeTo(name, names).map(" did you mean '%s'?"::formatted).orElse("");
    }
    throw new IllegalArgumentException(
        "there is no scenario '%s';%s"
            .formatted(
                name, near.isEmpty() ? " the command scenarios lists those of the product" : near));
  }
}
