/** What one test with one delivery costs, with us and with other mail servers for tests. */
@NullMarked
package io.mockexo.benchmark;

import org.jspecify.annotations.NullMarked;
