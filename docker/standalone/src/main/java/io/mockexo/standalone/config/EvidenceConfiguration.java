package io.mockexo.standalone.config;

import io.mockexo.client.wire.Setting;
import io.mockexo.standalone.evidence.EvidenceLimits;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of sessions for those who were not there.
 *
 * @param folder where it is written to; null if nowhere
 * @param secrets whether TLS secrets are kept, and stand in the captures
 * @param limits how much the folder may hold
 * @param captureBytes how much memory the bytes of connections may take
 */
public record EvidenceConfiguration(
    @Nullable Placed<Path> folder, boolean secrets, EvidenceLimits limits, long captureBytes) {

  /** Nothing is written, and captures can be had on request. */
  public static EvidenceConfiguration defaults() {
    return new EvidenceConfiguration(
        null, false, EvidenceLimits.defaults(), captureBytes(Runtime.getRuntime().maxMemory()));
  }

  /** 32 MiB, or a sixteenth of a small heap. */
  static long captureBytes(long heap) {
    return Math.min(32L << 20, heap / 16);
  }

  static EvidenceConfiguration read(Setting node) {
    Map<String, Setting> entries =
        node.entries(Set.of("folder", "secrets", "maxSessions", "maxBytes", "captureBytes"));
    EvidenceConfiguration defaults = defaults();
    Setting folder = entries.get("folder");
    Setting secrets = entries.get("secrets");
    Setting maxSessions = entries.get("maxSessions");
    Setting maxBytes = entries.get("maxBytes");
    Setting captureBytes = entries.get("captureBytes");
    EvidenceLimits limits = defaults.limits();
    return new EvidenceConfiguration(
        folder == null ? null : new Placed<>(Paths.of(folder), folder.place()),
        secrets != null && secrets.bool(),
        new EvidenceLimits(
            maxSessions == null ? limits.maxSessions() : maxSessions.integer(1, Integer.MAX_VALUE),
            maxBytes == null ? limits.maxBytes() : maxBytes.bytes()),
        captureBytes == null ? defaults.captureBytes() : captureBytes.bytes());
  }

  /** With another folder. */
  public EvidenceConfiguration withFolder(Placed<Path> newFolder) {
    return new EvidenceConfiguration(newFolder, secrets, limits, captureBytes);
  }

  /** With secrets. */
  public EvidenceConfiguration withSecrets() {
    return new EvidenceConfiguration(folder, true, limits, captureBytes);
  }
}
