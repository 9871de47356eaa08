package io.mockexo.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FidelityCommandTest {

  @Test
  void tells_the_whole_page() {
    CommandRun run = CommandRun.of("fidelity");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("# How faithful it is\n")
        .contains("\n| 3.2.9 | Wrong password");
  }

  @Test
  void tells_the_lines_that_have_all_words_with_their_section() {
    CommandRun run = CommandRun.of("fidelity", "WRONG", "password");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines())
        .containsExactly(
            "## 3.2 AUTH", "| 3.2.9 | Wrong password | V | default | on premises 535 5.7.3 |");
  }

  @Test
  void nothing_found_is_exit_code_1() {
    CommandRun run = CommandRun.of("fidelity", "no-such-thing");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualToIgnoringNewLines("no line has the words 'no-such-thing'");
  }
}
