package io.mockexo.client.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What was found wrong so far, each thing once. */
final class Mistakes {

  private final Map<String, SettingException> byMessage = new LinkedHashMap<>();

  void add(SettingException mistake) {
    byMessage.putIfAbsent(String.valueOf(mistake.getMessage()), mistake);
  }

  boolean isEmpty() {
    return byMessage.isEmpty();
  }

  int size() {
    return byMessage.size();
  }

  List<SettingException> list() {
    return List.copyOf(byMessage.values());
  }

  /** What can be read; null, and a mistake is noted, if it cannot. */
  <T> @Nullable T attempt(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (SettingException e) {
      add(e);
      return null;
    }
  }
}
