package io.mockexo.internal.net;

import io.mockexo.fault.Connections;
import io.mockexo.fault.FaultScript;
import io.mockexo.fault.ScriptedFault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The script of a running server: it can grow, and it knows which of its faults have fired.
 * Thread-safe.
 */
public final class LiveScript {

  /**
   * A fault of the script, itself and not one like it.
   *
   * @param fired whether it has fired on any connection
   */
  record Entry(ScriptedFault scripted, AtomicBoolean fired) {
    Entry(ScriptedFault scripted) {
      this(scripted, new AtomicBoolean());
    }
  }

  /** Replaced as a whole, so that a connection and a reset cannot mix two scripts. */
  private record Run(List<Entry> entries, AtomicInteger attempts) {}

  private volatile Run run;

  public LiveScript(FaultScript script) {
    run = fresh(script);
  }

  /** What is in the script now. */
  public FaultScript script() {
    return new FaultScript(run.entries().stream().map(Entry::scripted).toList());
  }

  /**
   * Adds faults, for connections that are accepted from now on.
   *
   * @param accepted how many connections have been accepted
   * @throws IllegalArgumentException if one of them could never fire; then none is added
   */
  public synchronized void add(List<ScriptedFault> faults, int accepted) {
    faults.forEach(fault -> fault.on().requireToCome(accepted));
    FaultScript grown = script().and(faults);
    List<Entry> entries = new ArrayList<>(run.entries());
    grown.faults().subList(entries.size(), grown.faults().size()).stream()
        .map(Entry::new)
        .forEach(entries::add);
    run = new Run(List.copyOf(entries), run.attempts());
  }

  /** Puts this script in the place of the present one; nothing of it has fired. */
  public synchronized void replace(FaultScript script) {
    run = new Run(fresh(script).entries(), run.attempts());
  }

  /** Begins anew with {@code script}: nothing has fired, no attempt was counted. */
  public synchronized void restart(FaultScript script) {
    run = fresh(script);
  }

  /** The faults that have not fired on any connection yet, in order. */
  public List<ScriptedFault> unfired() {
    return run.entries().stream()
        .filter(entry -> !entry.fired().get())
        .map(Entry::scripted)
        .toList();
  }

  /** What the script has for the connection with this number. */
  ConnectionFaults faultsFor(int number) {
    Run current = run;
    List<Entry> entries =
        current.entries().stream()
            .filter(entry -> mayConcern(entry.scripted().on(), number))
            .sorted(Comparator.comparing(e -> e.scripted().on(), Connections.exactFirst()))
            .toList();
    return new ConnectionFaults(entries, current.attempts());
  }

  /** Which attempt a connection is, nobody knows before its EHLO. */
  private static boolean mayConcern(Connections on, int number) {
    return on.counted() == Connections.Counted.ATTEMPT || on.contains(number);
  }

  private static Run fresh(FaultScript script) {
    return new Run(script.faults().stream().map(Entry::new).toList(), new AtomicInteger());
  }
}
