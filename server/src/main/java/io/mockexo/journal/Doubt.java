package io.mockexo.journal;

import java.util.List;

/**
 * An attempt that fits more than one message.
 *
 * @param candidates the messages, at least two; if there are {@link Candidates#MANY}, there may be
 *     more
 */
record Doubt(Attempt attempt, List<MessageAttempts> candidates) {

  Doubt {
    candidates = List.copyOf(candidates);
  }

  boolean knowsAllCandidates() {
    return candidates.size() < Candidates.MANY;
  }
}
