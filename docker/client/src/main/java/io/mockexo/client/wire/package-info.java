/**
 * The public model as JSON: how profile, faults and sessions are written and read, the same in a
 * configuration file, in the control API and in what {@code serve --json} prints.
 */
@NullMarked
package io.mockexo.client.wire;

import org.jspecify.annotations.NullMarked;
