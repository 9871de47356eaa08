/**
 * The fake Exchange Online: {@link io.mockexo.server.MockExchangeOnlineServer} runs in this JVM,
 * {@link io.mockexo.server.MockExchange} is what one can do with it wherever it runs.
 *
 * <p>To wait for what a client does, choose by what ends the wait: {@code awaitSessions(n)} for
 * connections that end, {@code awaitMessages(n)} where the client keeps its connection open, {@code
 * awaitQuiet(period)} before asserting that something never happened.
 */
@NullMarked
package io.mockexo.server;

import org.jspecify.annotations.NullMarked;
