package io.mockexo.client.wire;

import java.util.List;
import java.util.stream.Collectors;

/**
 * All that is wrong in a scenario.
 *
 * @since 0.1
 */
public final class ScenarioMistakes extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  ScenarioMistakes(List<SettingException> mistakes) {
    super(mistakes.stream().map(Throwable::getMessage).collect(Collectors.joining("\n")));
  }
}
