/** What Exchange Online is: its endpoints and the standing rules by which each treats a client. */
@NullMarked
package io.mockexo.exchange;

import org.jspecify.annotations.NullMarked;
