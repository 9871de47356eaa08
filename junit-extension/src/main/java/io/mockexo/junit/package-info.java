/** The JUnit Jupiter extension. */
@NullMarked
package io.mockexo.junit;

import org.jspecify.annotations.NullMarked;
