package io.mockexo.fault;

import java.util.ArrayList;
import java.util.List;

/**
 * All faults of a server, in the order in which they were written. Immutable.
 *
 * <p>Where several meet at one stage, one for exactly that connection comes before one for a range,
 * and that before one for every connection; among equals the order of the script decides. Delays
 * add up, and of several drips the slowest is noticed; the first other effect wins, and those after
 * it do not fire. What was sent before a stage is gone before anything happens at it, however
 * slowly it drips.
 *
 * @param faults in order
 * @since 0.1
 */
public record FaultScript(List<ScriptedFault> faults) {

  public FaultScript {
    faults = List.copyOf(faults);
  }

  /** Nothing goes wrong. */
  public static FaultScript empty() {
    return new FaultScript(List.of());
  }

  /** This script with more at its end. */
  public FaultScript and(Connections on, Fault... more) {
    List<ScriptedFault> all = new ArrayList<>(faults);
    for (Fault fault : more) {
      all.add(new ScriptedFault(on, fault));
    }
    return new FaultScript(all);
  }
}
