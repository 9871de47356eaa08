/**
 * Keeps what happened: one {@link io.mockexo.internal.journal.Journal} per endpoint with the only
 * lock, one {@link io.mockexo.internal.journal.SessionRecorder} per connection without any.
 */
@NullMarked
package io.mockexo.internal.journal;

import org.jspecify.annotations.NullMarked;
