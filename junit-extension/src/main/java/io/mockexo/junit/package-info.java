/**
 * The JUnit Jupiter extension: {@link io.mockexo.junit.MockExchangeOnline} has a server for a test,
 * {@link io.mockexo.junit.InjectFault} says what goes wrong on it.
 *
 * <p><strong>What to wait for.</strong> A client works on after it has returned, and an MTA works
 * on its own; a test that looks at once sees half of it.
 *
 * <ul>
 *   <li>{@code awaitQuiet(period)} is right for most tests, and the only one after which "never",
 *       "only" and numbers can be asserted: no connection is open, and none came for that long. The
 *       period has to be longer than the client's pause before it tries again; a test takes that
 *       much longer.
 *   <li>{@code awaitSessions(n)} returns as soon as the first n connections have ended, which is
 *       quicker. It cannot know whether another one follows.
 *   <li>{@code awaitMessages(n)} returns when n messages have been accepted, on connections that
 *       are still open, too: for clients that keep theirs, and for a queue that has to work through
 *       some failures first. Then {@code awaitQuiet}, if anything is to be denied.
 * </ul>
 *
 * <p>Each throws an {@link io.mockexo.journal.AwaitTimeoutError}, with what has been seen, when its
 * timeout is over: its own, or that of the server ({@link
 * io.mockexo.server.MockExchange#awaitTimeout}).
 */
@NullMarked
package io.mockexo.junit;

import org.jspecify.annotations.NullMarked;
