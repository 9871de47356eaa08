/** The network side. Netty is known only here. */
@NullMarked
package io.mockexo.internal.net;

import org.jspecify.annotations.NullMarked;
