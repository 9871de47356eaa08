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

  @Override
  public String toString() {
    return on + ", " + fault;
  }
}
