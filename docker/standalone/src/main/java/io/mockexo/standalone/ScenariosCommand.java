package io.mockexo.standalone;

import io.mockexo.client.wire.ScenarioForm;
import io.mockexo.client.wire.Wire;
import io.mockexo.exchange.Endpoint;
import io.mockexo.scenario.Catalogue;
import io.mockexo.scenario.Scenario;
import io.mockexo.standalone.config.ConfigurationException;
import io.mockexo.standalone.config.ScenarioFolder;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The catalogue, for people and for files. */
@Command(
    name = "scenarios",
    description = "Lists the failures that customers met, or tells one in full.",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class)
final class ScenariosCommand implements Callable<Integer> {

  /** Nobody reads more. */
  private static final int MOST_TOLD = 1_000;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "Which to tell; default: a list.")
  private @Nullable String name;

  @Option(
      names = "--scenario-folder",
      paramLabel = "FOLDER",
      scope = ScopeType.INHERIT,
      description = "Scenarios of your own, a file each, in YAML or JSON.")
  private @Nullable Path folder;

  @ArgGroup private Form form = new Form();

  private static final class Form {
    @Option(names = "--json", description = "In JSON, as the control API gives it.")
    private boolean json;

    @Option(names = "--yaml", description = "As a file for a folder of your own.")
    private boolean yaml;
  }

  @Override
  public Integer call() {
    Catalogue catalogue = folder == null ? Catalogue.shipped() : ScenarioFolder.read(folder);
    PrintWriter out = out();
    if (name == null) {
      list(catalogue, out);
      return ExitCode.OK;
    }
    Scenario scenario = named(catalogue, name);
    if (form.yaml) {
      out.print(ScenarioText.yaml(scenario));
    } else if (form.json) {
      out.println(ScenarioForm.of(scenario, Wire.mapper()).toPrettyString());
    } else {
      out.print(ScenarioText.prose(scenario));
    }
    return ExitCode.OK;
  }

  /** Explains what is wrong in files, before a server is started with them. */
  @Command(
      name = "validate",
      description = {
        "Explains every mistake in scenario files, with line and column.",
        "They may be based on each other, and on those in --scenario-folder.",
        "Exit code 0 if there is none, 2 if there is one."
      },
      mixinStandardHelpOptions = true)
  int validate(
      @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files, or folders of them.")
          List<Path> given) {
    List<Path> files = given.stream().flatMap(path -> filesOf(path).stream()).distinct().toList();
    List<Path> others = folder == null ? List.of() : ScenarioFolder.files(folder);
    List<String> mistakes = ScenarioFolder.mistakes(files, others);
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    mistakes.stream().limit(MOST_TOLD).forEach(err::println);
    if (mistakes.size() > MOST_TOLD) {
      err.printf("and %d more%n", mistakes.size() - MOST_TOLD);
    }
    err.flush();
    if (mistakes.isEmpty()) {
      out()
          .println(
              files.size() == 1 ? "1 scenario is right" : files.size() + " scenarios are right");
      return ExitCode.OK;
    }
    return ExitCode.USAGE;
  }

  /** Nothing is right about a folder without files: another one was meant. */
  private static List<Path> filesOf(Path given) {
    if (!Files.isDirectory(given)) {
      return List.of(given);
    }
    List<Path> files = ScenarioFolder.files(given);
    if (files.isEmpty()) {
      throw new ConfigurationException(
          given + ": there is no file of a scenario in it (.yaml, .yml or .json)");
    }
    return files;
  }

  private void list(Catalogue catalogue, PrintWriter out) {
    if (form.json) {
      out.println(
          Wire.mapper()
              .createArrayNode()
              .addAll(
                  catalogue.all().stream()
                      .map(scenario -> ScenarioForm.of(scenario, Wire.mapper()))
                      .toList())
              .toPrettyString());
    } else if (form.yaml) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), "--yaml is for one scenario: give its NAME");
    } else {
      int width = catalogue.names().stream().mapToInt(String::length).max().orElse(0);
      for (Scenario scenario : catalogue.all()) {
        String name = scenario.name() + " ".repeat(width - scenario.name().length());
        out.println("%s  %s (%s)".formatted(name, scenario.title(), places(scenario)));
      }
    }
  }

  private static String places(Scenario scenario) {
    return scenario.endpoints().stream().map(Endpoint::name).collect(Collectors.joining(", "));
  }

  private static Scenario named(Catalogue catalogue, String name) {
    try {
      return catalogue.named(name);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(String.valueOf(e.getMessage()));
    }
  }

  private PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }
}
