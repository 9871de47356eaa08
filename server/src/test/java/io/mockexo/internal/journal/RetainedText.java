package io.mockexo.internal.journal;

import io.mockexo.journal.MessageContent;
import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.KeyLogLine;
import io.mockexo.tls.NamedGroup;
import io.mockexo.tls.SignatureScheme;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** Finds by reflection every text and every message that events hold on to, and adds them up. */
final class RetainedText {

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private long bytes;

  private RetainedText() {}

  /** The characters of all strings, and the bytes of all messages, each object once. */
  static long bytes(Object root) {
    RetainedText text = new RetainedText();
    text.add(root);
    return text.bytes;
  }

  private void add(Object value) {
    if (value == null || isSharedName(value) || !seen.add(value)) {
      return;
    }
    if (value instanceof String string) {
      bytes += string.length() * (string.chars().allMatch(c -> c < 0x100) ? 1L : 2L);
    } else if (value instanceof MessageContent content) {
      bytes += content.size();
    } else if (value instanceof KeyLogLine line) {
      add(line.text());
    } else if (value instanceof Collection<?> elements) {
      elements.forEach(this::add);
    } else if (value instanceof Map<?, ?> map) {
      add(map.keySet());
      add(map.values());
    } else if (value instanceof Record) {
      for (RecordComponent component : value.getClass().getRecordComponents()) {
        add(read(value, component));
      }
    }
  }

  private static Object read(Object value, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  /** A code point whose name is a constant takes no memory for it. */
  @SuppressWarnings("ReferenceEquality") // the same string, not an equal one
  private static boolean isSharedName(Object value) {
    if (value instanceof CipherSuite suite) {
      return CipherSuite.ofCode(suite.code()).name() == suite.name();
    }
    if (value instanceof NamedGroup group) {
      return NamedGroup.ofCode(group.code()).name() == group.name();
    }
    return value instanceof SignatureScheme scheme
        && SignatureScheme.ofCode(scheme.code()).name() == scheme.name();
  }
}
