package io.mockexo.fault;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

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

  /**
   * Refuses a fault that can never fire, because one that comes before it at the same place always
   * leaves nothing to it.
   */
  public FaultScript {
    faults = List.copyOf(faults);
    List<ScriptedFault> inOrder =
        faults.stream()
            .sorted(Comparator.comparing(ScriptedFault::on, Connections.exactFirst()))
            .toList();
    for (int i = 1; i < inOrder.size(); i++) {
      requireMet(inOrder.get(i), inOrder.subList(0, i));
    }
  }

  private static void requireMet(ScriptedFault fault, List<ScriptedFault> before) {
    for (ScriptedFault earlier : before) {
      if (earlier.leavesNothingTo(fault)) {
        throw new IllegalArgumentException(
            "%s can never fire, since %s comes before it, and leaves nothing to it; leave one of them out, or give it another connection"
                .formatted(fault, earlier));
      }
    }
  }

  /** Nothing goes wrong. */
  public static FaultScript empty() {
    return new FaultScript(List.of());
  }

  /**
   * This script for a server that has accepted connections already: its connection 1 is the next
   * one.
   *
   * @param accepted how many there were
   */
  public FaultScript after(int accepted) {
    return new FaultScript(
        faults.stream()
            .map(each -> new ScriptedFault(each.on().after(accepted), each.fault()))
            .toList());
  }

  /** This script with more at its end. */
  public FaultScript and(Connections on, Fault... more) {
    return and(Stream.of(more).map(fault -> new ScriptedFault(on, fault)).toList());
  }

  /** This script with more at its end. */
  public FaultScript and(List<ScriptedFault> more) {
    return new FaultScript(Stream.concat(faults.stream(), more.stream()).toList());
  }
}
