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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A user's scenarios: a folder with a file for each, in YAML or JSON. One can be based on another,
 * in the folder or of the product.
 */
public final class ScenarioFolder {

  /** Nobody can follow more. */
  private static final int DEEPEST = 20;

  private final Map<String, Setting> found = new LinkedHashMap<>();
  private final Map<String, Scenario> read = new LinkedHashMap<>();
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
      folder.found.keySet().forEach(folder::scenario);
      return Catalogue.shipped().and(folder.read.values());
    } catch (SettingException e) {
      throw new ConfigurationException(String.valueOf(e.getMessage()));
    }
  }

  /** All mistakes in these files, a line each; none if they can be used together. */
  public static List<String> mistakes(List<Path> files) {
    ScenarioFolder folder = new ScenarioFolder();
    List<String> mistakes = new ArrayList<>();
    files.forEach(file -> note(mistakes, () -> folder.find(file)));
    for (String name : folder.found.keySet()) {
      folder.beingRead.clear();
      note(mistakes, () -> folder.scenario(name));
    }
    return mistakes.stream().flatMap(String::lines).distinct().toList();
  }

  private static void note(List<String> mistakes, Runnable reading) {
    try {
      reading.run();
    } catch (SettingException | ConfigurationException e) {
      mistakes.add(String.valueOf(e.getMessage()));
    }
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
    String name = ScenarioSettings.name(root);
    Setting other = found.putIfAbsent(name, root);
    boolean shipped = Catalogue.shipped().names().contains(name);
    if (other != null || shipped) {
      throw root.errorAt(
          "name",
          "'%s' is the name of a scenario %s already"
              .formatted(name, shipped ? "of the product" : "at " + other.place()));
    }
  }

  private Scenario scenario(String name) {
    Scenario known = read.get(name);
    Setting setting = found.get(name);
    if (known != null) {
      return known;
    } else if (setting == null) {
      return Catalogue.shipped().named(requireKnown(name));
    }
    if (!beingRead.add(name)) {
      throw setting.errorAt(
          "basedOn",
          "these are based on each other: %s -> %s"
              .formatted(String.join(" -> ", beingRead), name));
    }
    if (beingRead.size() > DEEPEST) {
      throw setting.errorAt(
          "basedOn", "more than %d are based on one another: %s".formatted(DEEPEST, name));
    }
    Scenario scenario = whole(setting);
    beingRead.remove(name);
    read.put(name, scenario);
    return scenario;
  }

  /** What is wrong with the base of a scenario is no mistake of the scenario. */
  private Scenario whole(Setting setting) {
    try {
      return ScenarioSettings.read(setting, this::scenario);
    } catch (ScenarioMistakes e) {
      throw new ConfigurationException(String.valueOf(e.getMessage()));
    }
  }

  private String requireKnown(String name) {
    Set<String> names = new TreeSet<>(Catalogue.shipped().names());
    names.addAll(found.keySet());
    if (!names.contains(name)) {
      throw new IllegalArgumentException(
          "there is no scenario '%s';%s"
              .formatted(
                  name,
                  NearestName.closeTo(name, names)
                      .map(" did you mean '%s'?"::formatted)
                      .orElse(" the command scenarios lists those of the product")));
    }
    return name;
  }
}
