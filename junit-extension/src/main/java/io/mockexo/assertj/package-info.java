/**
 * Assertions on what a client did: fallback, retry, TLS, and the messages that came.
 *
 * <p>Fallback and retry are judged for each message, which is known by its reverse-path and
 * Message-ID, or by a hash if it has none. Where that does not tell which message a session was
 * for, and it matters, nothing is guessed: the assertion fails as <em>ambiguous</em>, with the way
 * out. So it does where a mailer may have tried again with a new Message-ID, which is what {@code
 * Transport.send} of Jakarta Mail makes each time ({@link io.mockexo.assertj.SessionsAssert}).
 */
@NullMarked
package io.mockexo.assertj;

import org.jspecify.annotations.NullMarked;
