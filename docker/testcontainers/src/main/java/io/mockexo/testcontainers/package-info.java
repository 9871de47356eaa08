/** The program in a container of Testcontainers. */
@NullMarked
package io.mockexo.testcontainers;

import org.jspecify.annotations.NullMarked;
