package io.mockexo.internal.journal;

import io.mockexo.exchange.CidrBlock;
import io.mockexo.fault.Connections;
import io.mockexo.fault.Fault;
import io.mockexo.fault.ScriptedFault;
import io.mockexo.fault.Stage;
import io.mockexo.journal.MessageContent;
import io.mockexo.journal.SessionEvent;
import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.KeyLogLine;
import io.mockexo.tls.NamedGroup;
import io.mockexo.tls.SignatureScheme;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Makes events of every kind with texts and lists of any length, by reflection, so that a component
 * that is added is tested without anybody thinking of it.
 */
final class AnyEvent {

  private final Random random;
  private final int maxLength;

  AnyEvent(Random random, int maxLength) {
    this.random = random;
    this.maxLength = maxLength;
  }

  static List<Class<?>> kinds() {
    return Arrays.asList(SessionEvent.class.getPermittedSubclasses());
  }

  SessionEvent next() {
    return of(kinds().get(random.nextInt(kinds().size())));
  }

  SessionEvent of(Class<?> kind) {
    return (SessionEvent) record(kind);
  }

  private Object record(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values =
        Arrays.stream(components).map(RecordComponent::getGenericType).map(this::value).toArray();
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private Object value(Type type) {
    if (type instanceof ParameterizedType generic) {
      return generic.getRawType() == Map.class
          ? Map.of(text(), text())
          : list(generic.getActualTypeArguments()[0]);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isEnum()) {
      return plain.getEnumConstants()[random.nextInt(plain.getEnumConstants().length)];
    }
    return switch (plain.getSimpleName()) {
      case "String" -> text();
      case "boolean" -> random.nextBoolean();
      case "int", "Integer" -> random.nextInt(0x10000);
      case "long" -> random.nextLong();
      case "Duration" -> Duration.ofNanos(random.nextInt());
      case "CipherSuite" -> CipherSuite.ofCode(random.nextInt(0x10000));
      case "NamedGroup" -> NamedGroup.ofCode(random.nextInt(0x10000));
      case "SignatureScheme" -> SignatureScheme.ofCode(random.nextInt(0x10000));
      case "CidrBlock" -> CidrBlock.parse("192.0.2.0/24");
      case "ScriptedFault" -> new ScriptedFault(Connections.every(), Fault.at(Stage.EHLO).stall());
      case "MessageContent" -> MessageContent.of(new byte[0]);
      case "KeyLogLine" -> secret();
      default -> record(plain);
    };
  }

  private List<Object> list(Type element) {
    List<Object> list = new ArrayList<>();
    for (int i = 1 + random.nextInt(10); i > 0; i--) {
      list.add(value(element));
    }
    return list;
  }

  private KeyLogLine secret() {
    byte[] secret = new byte[random.nextInt(maxLength)];
    return new KeyLogLine(KeyLogLine.Label.CLIENT_RANDOM, new byte[32], secret);
  }

  private String text() {
    String letter = random.nextBoolean() ? "x" : "\u4e16";
    return letter.repeat(random.nextInt(maxLength));
  }
}
