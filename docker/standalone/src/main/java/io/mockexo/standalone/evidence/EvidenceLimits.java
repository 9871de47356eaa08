package io.mockexo.standalone.evidence;

/**
 * How much a folder of evidence may hold; the oldest sessions go first.
 *
 * @param maxSessions of how many sessions, at least 1
 * @param maxBytes in how many bytes; a single session may have more
 */
public record EvidenceLimits(int maxSessions, long maxBytes) {

  /** 10,000 sessions, in 1 GiB. */
  public static EvidenceLimits defaults() {
    return new EvidenceLimits(10_000, 1L << 30);
  }
}
