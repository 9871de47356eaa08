package io.mockexo.junit;

import io.mockexo.fault.Connections;
import io.mockexo.fault.Connections.Counted;
import io.mockexo.fault.DurationSyntax;
import io.mockexo.fault.Effect;
import io.mockexo.fault.Fault;
import io.mockexo.fault.ScriptedFault;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * An {@link InjectFault} that was read.
 *
 * @param where the class or method that it stands on, for messages
 * @param server the name of the server that it is for; empty for the only one
 * @param optional whether it need not fire
 */
record TestFault(String where, String server, ScriptedFault scripted, boolean optional) {

  private static final String SEVERAL =
      ". Several at one stage are several @InjectFault, of which delay and drip add to the others";

  /**
   * Reads the annotation.
   *
   * @throws ExtensionConfigurationException if it is no possible fault
   */
  static TestFault of(InjectFault annotation, String where) {
    try {
      ScriptedFault scripted = new ScriptedFault(connections(annotation), fault(annotation));
      return new TestFault(where, annotation.server(), scripted, annotation.optional());
    } catch (IllegalArgumentException e) {
      throw new ExtensionConfigurationException(
          "@InjectFault on %s: %s".formatted(where, e.getMessage()), e);
    }
  }

  private static Connections connections(InjectFault fault) {
    List<Supplier<Connections>> given = new ArrayList<>();
    if (fault.onConnection() != InjectFault.NOT_GIVEN) {
      given.add(() -> one(Counted.CONNECTION, fault.onConnection()));
    }
    if (!fault.onConnections().isEmpty()) {
      given.add(() -> Connections.parse(Counted.CONNECTION, fault.onConnections()));
    }
    if (fault.onAttempt() != InjectFault.NOT_GIVEN) {
      given.add(() -> one(Counted.ATTEMPT, fault.onAttempt()));
    }
    if (!fault.onAttempts().isEmpty()) {
      given.add(() -> Connections.parse(Counted.ATTEMPT, fault.onAttempts()));
    }
    if (given.size() != 1) {
      throw new IllegalArgumentException(
          ("it must be said exactly once which connections it is for, and it is said %s; write"
                  + " onConnection = 1, onConnections = \"2-5\" (or \"every\"), onAttempt = 1 or"
                  + " onAttempts = \"2-5\"")
              .formatted(given.isEmpty() ? "nowhere" : given.size() + " times"));
    }
    return given.get(0).get();
  }

  private static Connections one(Counted counted, int number) {
    return new Connections(counted, number, number);
  }

  private static Fault fault(InjectFault annotation) {
    Fault fault = effect(annotation, Fault.at(annotation.at(), annotation.afterBytes()));
    if (annotation.thenClose()) {
      if (!(fault.effect() instanceof Effect.Answer)) {
        throw new IllegalArgumentException(
            "only a reply can be followed by a close, not " + fault.effect());
      }
      fault = fault.thenClose();
    }
    if (annotation.everyTime() && annotation.onMessage() != 0) {
      throw new IllegalArgumentException("a fault is either for one message or for every time");
    }
    if (annotation.onMessage() != 0) {
      fault = fault.onMessage(annotation.onMessage());
    }
    return annotation.everyTime() ? fault.everyTime() : fault;
  }

  private static Fault effect(InjectFault annotation, Fault.At at) {
    List<Given> given = new ArrayList<>();
    for (var drop : annotation.drop()) {
      given.add(new Given("drop = " + drop, () -> at.drop(drop)));
    }
    if (annotation.stall()) {
      given.add(new Given("stall = true", at::stall));
    }
    if (annotation.stopReading()) {
      given.add(new Given("stopReading = true", at::stopReading));
    }
    if (!annotation.delay().isEmpty()) {
      given.add(
          new Given(
              "delay = \"%s\"".formatted(annotation.delay()),
              () -> at.delay(DurationSyntax.parse(annotation.delay()))));
    }
    for (var drip : annotation.drip()) {
      given.add(
          new Given("drip", () -> at.drip(drip.bytes(), DurationSyntax.parse(drip.interval()))));
    }
    if (annotation.garbage() != 0) {
      given.add(
          new Given("garbage = " + annotation.garbage(), () -> at.garbage(annotation.garbage())));
    }
    if (!annotation.reply().isEmpty()) {
      given.add(
          new Given(
              "reply = \"%s\"".formatted(annotation.reply()), () -> at.reply(annotation.reply())));
    }
    for (var alert : annotation.alert()) {
      given.add(new Given("alert = " + alert, () -> at.alert(alert)));
    }
    if (given.size() == 1) {
      return given.get(0).fault().get();
    }
    throw new IllegalArgumentException(
        "it has %s; a fault has exactly one of %s at %s%s"
            .formatted(
                given.isEmpty() ? "no effect" : given.size() + " effects, " + words(given),
                Effect.words(at.stage().possibleEffects().stream()),
                at.stage(),
                given.isEmpty() ? "" : SEVERAL));
  }

  /** An effect that the annotation names, in its words. */
  private record Given(String words, Supplier<Fault> fault) {}

  private static String words(List<Given> given) {
    return given.stream().map(Given::words).collect(Collectors.joining(" and "));
  }
}
