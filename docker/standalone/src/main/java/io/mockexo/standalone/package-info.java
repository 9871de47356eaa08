/** The program: command line, configuration, and what it prints. */
@NullMarked
package io.mockexo.standalone;

import org.jspecify.annotations.NullMarked;
