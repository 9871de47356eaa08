/**
 * The catalogue of what customers met when TLS with Exchange Online went wrong: {@link
 * io.mockexo.scenario.Scenarios} has them by name, and {@link io.mockexo.server.MockExchange#apply}
 * makes an endpoint behave like one.
 */
@NullMarked
package io.mockexo.scenario;

import org.jspecify.annotations.NullMarked;
