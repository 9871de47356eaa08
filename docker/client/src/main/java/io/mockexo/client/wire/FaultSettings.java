package io.mockexo.client.wire;

import static java.util.Objects.requireNonNull;

import io.mockexo.fault.Connections;
import io.mockexo.fault.Connections.Counted;
import io.mockexo.fault.Drop;
import io.mockexo.fault.Effect;
import io.mockexo.fault.Fault;
import io.mockexo.fault.FaultScript;
import io.mockexo.fault.ScriptedFault;
import io.mockexo.fault.Stage;
import io.mockexo.tls.AlertDescription;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One fault of an endpoint, a mapping of the words that it has in Java: {@code {onConnection: 1,
 * at: MAIL, drop: RST}}.
 */
public final class FaultSettings {

  private static final String AT = "at";
  private static final String AFTER_BYTES = "afterBytes";
  private static final String ON_MESSAGE = "onMessage";
  private static final String EVERY_TIME = "everyTime";
  private static final String THEN_CLOSE = "thenClose";
  private static final Set<String> KEYS = keys();

  private final Setting node;
  private final Map<String, Setting> entries;

  private FaultSettings(Setting node) {
    this.node = node;
    this.entries = node.entries(KEYS);
  }

  /** A list of faults, in the order in which they are written. */
  public static FaultScript script(Setting list) {
    List<ScriptedFault> faults = list.elements().stream().map(FaultSettings::fault).toList();
    return list.as(node -> new FaultScript(faults));
  }

  /** A single one. */
  public static ScriptedFault fault(Setting node) {
    return new FaultSettings(node).scripted();
  }

  private ScriptedFault scripted() {
    Counted counted = counted();
    Setting numbers = requireNonNull(entries.get(counted.toString()));
    Connections on = numbers.as(n -> Connections.parse(counted, n.text()));
    Fault fault = repeated(closing(effect(stage())));
    return numbers.as(n -> new ScriptedFault(on, fault));
  }

  private Counted counted() {
    List<Counted> given =
        Stream.of(Counted.values()).filter(c -> entries.containsKey(c.toString())).toList();
    if (given.isEmpty()) {
      throw node.error("a fault has either onConnection or onAttempt, for example onConnection: 1");
    }
    requireSingle(given);
    return given.get(0);
  }

  private Fault.At stage() {
    Stage stage = required(AT, "it says when, for example CLIENT_HELLO").oneOf(Stage.class);
    Setting afterBytes = entries.get(AFTER_BYTES);
    if (stage == Stage.BODY) {
      return Fault.at(
          stage, required(AFTER_BYTES, "BODY is reached after so many").as(this::count));
    } else if (afterBytes != null) {
      throw node.errorAt(AFTER_BYTES, "this has a meaning only at BODY, not at " + stage);
    }
    return Fault.at(stage);
  }

  private long count(Setting value) {
    long bytes = value.bytes();
    if (bytes < 1) {
      throw value.error("expected at least 1 byte, found '%s'".formatted(value.text()));
    }
    return bytes;
  }

  private Fault effect(Fault.At at) {
    List<Effect.Kind> given =
        Stream.of(Effect.Kind.values())
            .filter(kind -> entries.containsKey(kind.toString()))
            .toList();
    if (given.isEmpty()) {
      throw node.error(
          "nothing happens here; a fault has one of "
              + Effect.words(at.stage().possibleEffects().stream()));
    }
    requireSingle(given);
    Effect.Kind kind = given.get(0);
    return requireNonNull(entries.get(kind.toString())).as(value -> effect(kind, at, value));
  }

  private static Fault effect(Effect.Kind kind, Fault.At at, Setting value) {
    return switch (kind) {
      case DROP -> at.drop(value.oneOf(Drop.class));
      case STALL -> requireTrue(value, at.stall());
      case STOP_READING -> requireTrue(value, at.stopReading());
      case DELAY -> at.delay(value.duration());
      case DRIP -> drip(at, value);
      case GARBAGE -> at.garbage(value.integer(1, Effect.MAX_BYTES));
      case REPLY -> at.reply(value.text());
      case ALERT -> at.alert(value.oneOf(AlertDescription.class));
    };
  }

  private static Fault requireTrue(Setting value, Fault fault) {
    if (!value.bool()) {
      throw value.error("expected true, found '%s'".formatted(value.text()));
    }
    return fault;
  }

  private static Fault drip(Fault.At at, Setting value) {
    Map<String, Setting> entries = value.entries(Set.of("bytes", "interval"));
    Setting bytes = entries.get("bytes");
    Setting interval = entries.get("interval");
    if (bytes == null || interval == null) {
      throw value.error(
          "a drip has bytes and an interval, for example {bytes: 1, interval: 200ms}");
    }
    return at.drip(bytes.integer(1, Effect.MAX_BYTES), interval.duration());
  }

  private Fault closing(Fault fault) {
    if (!isTrue(THEN_CLOSE)) {
      return fault;
    } else if (!(fault.effect() instanceof Effect.Answer)) {
      throw node.errorAt(THEN_CLOSE, "only a reply can be followed by a close");
    }
    return fault.thenClose();
  }

  private Fault repeated(Fault fault) {
    Setting message = entries.get(ON_MESSAGE);
    if (message == null) {
      return isTrue(EVERY_TIME) ? fault.everyTime() : fault;
    } else if (isTrue(EVERY_TIME)) {
      throw node.errorAt(EVERY_TIME, "a fault is either for one message or for every time");
    }
    return message.as(n -> fault.onMessage(n.integer(1, Integer.MAX_VALUE)));
  }

  private boolean isTrue(String key) {
    Setting value = entries.get(key);
    return value != null && value.bool();
  }

  private Setting required(String key, String why) {
    Setting value = entries.get(key);
    if (value == null) {
      throw node.error("the key '%s' is missing; %s".formatted(key, why));
    }
    return value;
  }

  private void requireSingle(List<?> given) {
    if (given.size() > 1) {
      throw node.errorAt(
          given.get(1).toString(),
          "a fault has only one of these, and this one has '%s' already".formatted(given.get(0)));
    }
  }

  private static Set<String> keys() {
    Set<String> keys = new HashSet<>(Set.of(AT, AFTER_BYTES, ON_MESSAGE, EVERY_TIME, THEN_CLOSE));
    Stream.of(Counted.values()).map(Counted::toString).forEach(keys::add);
    Stream.of(Effect.Kind.values()).map(Effect.Kind::toString).forEach(keys::add);
    return Set.copyOf(keys);
  }
}
