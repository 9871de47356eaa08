package io.mockexo.internal.net;

import io.mockexo.fault.Connections.Counted;
import io.mockexo.fault.Fault;
import io.mockexo.fault.ScriptedFault;
import io.mockexo.fault.Stage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What the script has for one connection, and what of it has fired there. Decided at accept; used
 * on the connection's event loop alone.
 */
final class ConnectionFaults {

  private final List<LiveScript.Entry> entries;
  private final AtomicInteger attempts;
  private final Set<LiveScript.Entry> firedHere = new HashSet<>();
  private int attempt;
  private int message;

  /**
   * The faults of a connection.
   *
   * @param entries those that may concern it, the most exact first
   * @param attempts how many attempts there were on all connections
   */
  ConnectionFaults(List<LiveScript.Entry> entries, AtomicInteger attempts) {
    this.entries = entries;
    this.attempts = attempts;
  }

  /** Nothing goes wrong. */
  static ConnectionFaults none() {
    return new ConnectionFaults(List.of(), new AtomicInteger());
  }

  /**
   * EHLO or HELO has come: the first one makes the connection an attempt, and gives it a number.
   */
  void saidHello() {
    if (attempt == 0) {
      attempt = attempts.incrementAndGet();
    }
  }

  /** MAIL has come: what follows belongs to the next message. */
  void nextMessage() {
    message++;
  }

  /**
   * What happens at {@code stage}, in order: delays and drips, then at most one effect that ends
   * the stage.
   */
  List<LiveScript.Entry> at(Stage stage) {
    return at(stage, 0);
  }

  /** What happens when so many bytes of the present message have come. */
  List<LiveScript.Entry> at(Stage stage, long afterBytes) {
    List<LiveScript.Entry> met = new ArrayList<>();
    for (LiveScript.Entry entry : entries) {
      Fault fault = entry.scripted().fault();
      if (fault.stage() == stage && fault.afterBytes() == afterBytes && isDue(entry)) {
        met.add(entry);
        if (!fault.effect().goesOn()) {
          break;
        }
      }
    }
    return met;
  }

  /** After how many bytes of the present message something happens next, beyond {@code bytes}. */
  @Nullable Long nextBodyFault(long bytes) {
    return entries.stream()
        .filter(entry -> entry.scripted().fault().stage() == Stage.BODY && isDue(entry))
        .map(entry -> entry.scripted().fault().afterBytes())
        .filter(afterBytes -> afterBytes > bytes)
        .min(Long::compare)
        .orElse(null);
  }

  /** Notes that it has fired. */
  void fired(LiveScript.Entry entry) {
    firedHere.add(entry);
    entry.fired().set(true);
  }

  private boolean isDue(LiveScript.Entry entry) {
    ScriptedFault scripted = entry.scripted();
    Fault fault = scripted.fault();
    boolean here = scripted.on().counted() == Counted.CONNECTION || scripted.on().contains(attempt);
    boolean now = fault.message() == 0 || fault.message() == message;
    return here && now && (fault.repeats() || !firedHere.contains(entry));
  }
}
