package io.mockexo.client.wire;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that is wrong in a scenario, as it stands in its file, and then in those that it is based on.
 *
 * @since 0.1
 */
public final class ScenarioMistakes extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final transient List<SettingException> mistakes;

  ScenarioMistakes(List<SettingException> own, Collection<SettingException> ofBase) {
    this(inOrder(own, ofBase));
  }

  private ScenarioMistakes(List<SettingException> mistakes) {
    super(mistakes.stream().map(Throwable::getMessage).collect(Collectors.joining("\n")));
    this.mistakes = mistakes;
  }

  private static List<SettingException> inOrder(
      List<SettingException> own, Collection<SettingException> ofBase) {
    return Stream.concat(
            own.stream()
                .sorted(
                    Comparator.comparingInt(SettingException::line)
                        .thenComparingInt(SettingException::column)),
            ofBase.stream())
        .toList();
  }

  /** Each of them. */
  public List<SettingException> mistakes() {
    return mistakes;
  }
}
