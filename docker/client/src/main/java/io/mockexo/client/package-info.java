/**
 * A client of the program's control API: what runs in a container, or on another machine, is a
 * {@link io.mockexo.server.MockExchange} like one in this JVM.
 */
@NullMarked
package io.mockexo.client;

import org.jspecify.annotations.NullMarked;
