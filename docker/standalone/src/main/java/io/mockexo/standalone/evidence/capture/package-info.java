/** The bytes of connections, as long as they are kept, and the captures that are made of them. */
@NullMarked
package io.mockexo.standalone.evidence.capture;

import org.jspecify.annotations.NullMarked;
