/** The HTTP control API, as {@code openapi.yaml} describes it. */
@NullMarked
package io.mockexo.standalone.control;

import org.jspecify.annotations.NullMarked;
