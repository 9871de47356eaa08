/** The SMTP dialogue in pure Java: values in, values out, no I/O and no clock of its own. */
@NullMarked
package io.mockexo.internal.smtp;

import org.jspecify.annotations.NullMarked;
