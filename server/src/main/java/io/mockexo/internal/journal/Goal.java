package io.mockexo.internal.journal;

import io.mockexo.journal.Sessions;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What a thread waits for. The functions are called with the journal's lock held.
 *
 * @param awaited what it is, as it continues "Expecting": {@code 2 sessions to be complete}
 * @param nanosLeft 0 when it is reached; {@link #NEEDS_CHANGE} when only a change of the journal
 *     can bring it nearer; else the time after which it is reached if nothing changes
 * @param result the snapshot to return once it is reached
 */
record Goal(String awaited, LongSupplier nanosLeft, Supplier<Sessions> result) {

  static final long NEEDS_CHANGE = Long.MAX_VALUE;

  /** What is told to whoever still waits when the journal is closed. */
  IllegalStateException closed() {
    return new IllegalStateException("closed while waiting for " + awaited);
  }
}
