/** The observed TLS server. Bouncy Castle is known only here and behind {@code TestAuthority}. */
@NullMarked
package io.mockexo.internal.tls;

import org.jspecify.annotations.NullMarked;
