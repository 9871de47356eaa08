package io.mockexo.internal.smtp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What is known of clients that can come under any number of names: of more than {@value #MOST} the
 * oldest are forgotten. Thread-safe.
 */
final class Remembered<K, V> {

  /** A few megabytes at most. */
  static final int MOST = 10_000;

  private final Map<K, V> entries = new LinkedHashMap<>();

  /**
   * Looks at what is known of {@code key}; nobody else does meanwhile.
   *
   * @param first what is known of one that is met for the first time
   */
  synchronized <R> R look(K key, Supplier<? extends V> first, Function<? super V, R> look) {
    V known = entries.computeIfAbsent(key, unknown -> first.get());
    if (entries.size() > MOST) {
      entries.remove(entries.keySet().iterator().next());
    }
    return look.apply(known);
  }

  synchronized int size() {
    return entries.size();
  }
}
