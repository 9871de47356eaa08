package io.mockexo.junit;

import io.mockexo.fault.ScriptedFault;
import io.mockexo.journal.SmtpSession;
import io.mockexo.server.MockExchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server that a test has, for as long as its scope lasts. Jupiter 5.12 closes only what is a
 * {@code CloseableResource}, later versions what is {@code AutoCloseable}: this is both, and
 * closing twice does no harm.
 */
@SuppressWarnings("deprecation") // CloseableResource, since 5.13
final class ManagedServer implements ExtensionContext.Store.CloseableResource, AutoCloseable {

  private final Declaration declaration;
  private final MockExchange exchange;
  private final Runnable whenClosed;
  private final boolean isAdopted;
  private final boolean mayHaveBeenUsed;
  private final AtomicReference<@Nullable TestRun> running;

  /**
   * A server.
   *
   * @param isAdopted whether the test has made it itself
   * @param mayHaveBeenUsed whether it was running before
   * @param running the test that uses it, wherever else it is declared
   * @param whenClosed ends it, or leaves it as it is
   */
  ManagedServer(
      Declaration declaration,
      MockExchange exchange,
      boolean isAdopted,
      boolean mayHaveBeenUsed,
      AtomicReference<@Nullable TestRun> running,
      Runnable whenClosed) {
    this.declaration = declaration;
    this.exchange = exchange;
    this.isAdopted = isAdopted;
    this.mayHaveBeenUsed = mayHaveBeenUsed;
    this.running = running;
    this.whenClosed = whenClosed;
  }

  /** One test, and the faults that it put into the script. */
  record TestRun(String id, String displayName, List<TestFault> faults) {}

  /** Whether it was running before it came here, so that it has to be put back first. */
  boolean mayHaveBeenUsed() {
    return mayHaveBeenUsed;
  }

  String name() {
    return declaration.name();
  }

  /** What messages call it. */
  String label() {
    return declaration.label();
  }

  MockExchange exchange() {
    return exchange;
  }

  /** A test begins to use what earlier tests have used: first it is put back as it was built. */
  void beginAnew(ExtensionContext test, List<TestFault> faults) {
    claim(test, faults);
    exchange.reset();
    inject(faults);
  }

  /** A test begins to use it, with these faults. */
  void begin(ExtensionContext test, List<TestFault> faults) {
    claim(test, faults);
    inject(faults);
  }

  private void claim(ExtensionContext test, List<TestFault> faults) {
    TestRun run = new TestRun(test.getUniqueId(), test.getDisplayName(), faults);
    TestRun other = running.compareAndExchange(null, run);
    if (other != null) {
      throw new ExtensionConfigurationException(
          ("%s is shared by tests that run at the same time, now %s and %s, so that nobody can tell"
                  + " whose sessions are whose. Give each test its own (an instance field without"
                  + " static, or a parameter), or run them one after another:"
                  + " @Execution(ExecutionMode.SAME_THREAD) on the class")
              .formatted(declaration, other.displayName(), run.displayName()));
    }
  }

  private void inject(List<TestFault> faults) {
    for (TestFault fault : faults) {
      ScriptedFault scripted = fault.scripted();
      try {
        exchange.inject(scripted.on(), scripted.fault());
      } catch (IllegalArgumentException e) {
        throw new ExtensionConfigurationException(
            "@InjectFault on %s: %s".formatted(fault.where(), e.getMessage()), e);
      }
    }
  }

  /** The methods before the test are over: its faults have to be in the script still. */
  void requireFaults() {
    TestRun run = running.get();
    if (run == null || run.faults().isEmpty()) {
      return;
    }
    List<ScriptedFault> script = exchange.script().faults();
    for (TestFault fault : run.faults()) {
      if (!script.contains(fault.scripted())) {
        throw new ExtensionConfigurationException(
            ("@InjectFault on %s: %s.reset() has taken it out of the script before the test began."
                    + " Leave the reset() out, which is done before each test; or, if it is for what"
                    + " came before the test, add the fault after it: %s.onConnection(1,"
                    + " at(CLIENT_HELLO).drop(RST))")
                .formatted(fault.where(), label(), label()));
      }
    }
  }

  /** The test ends that had begun; another one's end is nothing. */
  void end(ExtensionContext test) {
    TestRun run = running.get();
    if (run != null && run.id().equals(test.getUniqueId())) {
      running.set(null);
    }
  }

  /** The faults that had to fire in the present test and did not; none if no client came. */
  List<ScriptedFault> missingFaults() {
    TestRun run = running.get();
    if (run == null || everything().isEmpty()) {
      return List.of();
    }
    List<ScriptedFault> missing = new ArrayList<>(exchange.unfiredFaults());
    run.faults().stream()
        .filter(TestFault::optional)
        .forEach(fault -> missing.remove(fault.scripted()));
    if (declaration.annotation().optionalFaults()) {
      missing.removeIf(
          fault -> run.faults().stream().noneMatch(own -> own.scripted().equals(fault)));
    }
    return missing;
  }

  /** The line to write for a fault that need not fire. */
  String howToMakeOptional(ScriptedFault fault) {
    TestRun run = running.get();
    if (run != null && run.faults().stream().anyMatch(own -> own.scripted().equals(fault))) {
      return "say so: @InjectFault(..., optional = true)";
    }
    return isAdopted || !declaration.annotation().scenario().isEmpty()
        ? "say so where the server is: @MockExchangeOnline(optionalFaults = true) on %s"
            .formatted(declaration.place())
        : "have it from the annotation that can say so: @InjectFault(..., optional = true)";
  }

  /**
   * Complete and open sessions, by number. Those that are open are asked for first: one that ends
   * meanwhile is then in both, and not in neither.
   */
  List<SmtpSession> everything() {
    Map<Integer, SmtpSession> byNumber = new TreeMap<>();
    exchange.open().forEach(session -> byNumber.put(session.number(), session));
    exchange.sessions().forEach(session -> byNumber.put(session.number(), session));
    return List.copyOf(byNumber.values());
  }

  @Override
  public void close() {
    whenClosed.run();
  }
}
