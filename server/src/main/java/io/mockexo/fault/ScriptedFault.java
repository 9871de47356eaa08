package io.mockexo.fault;

/**
 * A fault and the connections that it is for.
 *
 * @param on which connections
 * @param fault what happens on each of them
 * @since 0.1
 */
public record ScriptedFault(Connections on, Fault fault) {

  /** Refuses a stage that is past before it is known which attempt this is. */
  public ScriptedFault {
    if (on.counted() == Connections.Counted.ATTEMPT && fault.stage().isBeforeEhlo()) {
      throw new IllegalArgumentException(
          "at %s nobody knows which attempt it is, since attempts are counted at EHLO; number the"
                  .formatted(fault.stage())
              + " connection instead");
    }
  }

  /**
   * Whether another fault, which is no more exact, can never fire for this one: on all its
   * connections this comes first at the same stage, and the stage is not met again, or is met by
   * this each time.
   */
  boolean leavesNothingTo(ScriptedFault later) {
    Fault other = later.fault();
    boolean samePlace =
        on.covers(later.on)
            && fault.stage() == other.stage()
            && fault.afterBytes() == other.afterBytes();
    boolean alwaysFirst = fault.message() == 0 || fault.message() == other.message();
    boolean forGood =
        fault.repeats() || fault.stage().isMetOnce() || fault.effect().endsConnection();
    return samePlace && alwaysFirst && forGood && !fault.effect().goesOn();
  }

  @Override
  public String toString() {
    return on + ", " + fault;
  }
}
