/**
 * What goes wrong, and when: a {@link io.mockexo.fault.Fault} is an {@link io.mockexo.fault.Effect}
 * at a {@link io.mockexo.fault.Stage}, and a {@link io.mockexo.fault.FaultScript} says on which
 * connections.
 *
 * <p>A policy is a standing rule that depends on what the client does; a fault happens whatever the
 * client does, and beats a policy at the same stage.
 */
@NullMarked
package io.mockexo.fault;

import org.jspecify.annotations.NullMarked;
