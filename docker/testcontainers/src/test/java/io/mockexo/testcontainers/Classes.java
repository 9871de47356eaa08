package io.mockexo.testcontainers;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where classes come from. */
final class Classes {

  private Classes() {}

  /** The folder of the tests' classes. */
  static Path folder() {
    return Path.of(jarOf(Delivery.class));
  }

  static String jarOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
