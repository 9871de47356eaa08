package io.mockexo.standalone.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.standalone.evidence.EvidenceLimits;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EvidenceConfigurationTest {

  private static EvidenceConfiguration read(String text) {
    return ConfigurationReader.parse("c.yaml", text).evidence();
  }

  @Test
  void every_setting_is_read() {
    EvidenceConfiguration evidence =
        read(
            "evidence: {folder: out, secrets: true, maxSessions: 7, maxBytes: 2KiB, captureBytes: 1MiB}");

    assertThat(evidence)
        .isEqualTo(
            new EvidenceConfiguration(
                new Placed<>(Path.of("out"), "c.yaml:1:20: evidence.folder"),
                true,
                new EvidenceLimits(7, 2048),
                1 << 20));
  }

  @Test
  void by_default_nothing_is_written_and_captures_can_be_had() {
    EvidenceConfiguration evidence = read("");

    assertThat(evidence.folder()).isNull();
    assertThat(evidence.secrets()).isFalse();
    assertThat(evidence.limits()).isEqualTo(new EvidenceLimits(10_000, 1L << 30));
    assertThat(evidence.captureBytes()).isPositive();
  }

  @Test
  void a_small_heap_has_little_room_for_captures() {
    assertThat(EvidenceConfiguration.captureBytes(96 << 20)).isEqualTo(6 << 20);
    assertThat(EvidenceConfiguration.captureBytes(8L << 30)).isEqualTo(32 << 20);
  }
}
