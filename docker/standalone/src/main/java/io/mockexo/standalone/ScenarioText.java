package io.mockexo.standalone;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mockexo.client.wire.ScenarioForm;
import io.mockexo.client.wire.Wire;
import io.mockexo.fault.ScriptedFault;
import io.mockexo.scenario.Conduct;
import io.mockexo.scenario.Scenario;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** A scenario written down. */
final class ScenarioText {

  private ScenarioText() {}

  /** As a file that {@link io.mockexo.standalone.config.ScenarioFolder} reads. */
  static String yaml(Scenario scenario) {
    ObjectMapper mapper = Wire.mapper();
    DumperOptions form = new DumperOptions();
    form.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    form.setWidth(100);
    Map<String, Object> tree =
        mapper.convertValue(ScenarioForm.of(scenario, mapper), new TypeReference<>() {});
    return new Yaml(form).dump(tree);
  }

  /** For a person. */
  static String prose(Scenario scenario) {
    StringBuilder text = new StringBuilder();
    text.append(scenario.name()).append(": ").append(scenario.title()).append("\n\n");
    text.append("What the customer sees\n");
    scenario.symptoms().forEach(symptom -> text.append("  ").append(symptom).append('\n'));
    section(text, "Why", scenario.cause());
    section(
        text, "A sound client that uses TLS where it can", words(scenario.opportunisticClient()));
    section(text, "A sound client that requires TLS", words(scenario.tlsRequiringClient()));
    section(text, "What to change at the customer's", scenario.remedy());
    section(text, "Source", scenario.source());
    text.append("\nWhat goes wrong\n");
    ScenarioForm.settings(scenario)
        .forEach((key, value) -> text.append("  %s: %s\n".formatted(key, value)));
    for (ScriptedFault fault : scenario.script().faults()) {
      text.append("  ").append(fault).append('\n');
    }
    text.append("\nserve --scenario ").append(scenario.name()).append('\n');
    return text.toString();
  }

  private static void section(StringBuilder text, String title, String words) {
    if (!words.isEmpty()) {
      text.append('\n').append(title).append("\n  ").append(words).append('\n');
    }
  }

  private static String words(Conduct conduct) {
    String outcome = conduct.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return conduct.words().isEmpty() ? "" : "%s (%s)".formatted(conduct.words(), outcome);
  }
}
