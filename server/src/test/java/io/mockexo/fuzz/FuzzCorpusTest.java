package io.mockexo.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All that fuzzing has ever found interesting, once more. {@link FuzzRun} looks for more. */
class FuzzCorpusTest {

  @ParameterizedTest
  @EnumSource
  void the_corpus_finds_nothing(FuzzTarget target) throws Throwable {
    List<Path> inputs = target.inputs();
    assertThat(inputs).as("corpus in %s", target.corpus()).isNotEmpty();
    for (Path input : inputs) {
      try {
        target.run(Files.readAllBytes(input));
      } catch (Throwable e) {
        throw new AssertionError("%s: %s".formatted(input, e), e);
      }
    }
    target.run(new byte[0]);
  }
}
