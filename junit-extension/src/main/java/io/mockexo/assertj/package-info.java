/** Assertions on what a client did: fallback, retry, TLS, and the messages that came. */
@NullMarked
package io.mockexo.assertj;

import org.jspecify.annotations.NullMarked;
