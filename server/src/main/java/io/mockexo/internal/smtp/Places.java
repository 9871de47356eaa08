package io.mockexo.internal.smtp;

import java.util.HashMap;
import java.util.Map;

/**
 * Places of which each holder can have only so many at a time. As large as the number of those that
 * are taken. Thread-safe.
 */
final class Places<K> {

  private final Map<K, Integer> taken = new HashMap<>();

  /** Takes one of {@code holder}, unless that has {@code most} already. */
  synchronized boolean take(K holder, int most) {
    int present = taken.getOrDefault(holder, 0);
    if (present >= most) {
      return false;
    }
    taken.put(holder, present + 1);
    return true;
  }

  synchronized void leave(K holder) {
    taken.computeIfPresent(holder, (key, present) -> present == 1 ? null : present - 1);
  }

  synchronized int holders() {
    return taken.size();
  }
}
