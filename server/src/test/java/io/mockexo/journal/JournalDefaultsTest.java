package io.mockexo.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JournalDefaultsTest {

  @Test
  void a_journal_takes_an_eighth_of_a_small_heap() {
    assertThat(JournalLimits.defaults(8L << 30).maxBytes()).isEqualTo(64L << 20);
    assertThat(JournalLimits.defaults(512L << 20).maxBytes()).isEqualTo(64L << 20);
    assertThat(JournalLimits.defaults(24L << 20).maxBytes()).isEqualTo(3L << 20);
    assertThat(JournalLimits.defaults(1).maxBytes()).isEqualTo(1);
  }
}
