package io.mockexo.standalone.config;

/**
 * A value, and where it was said.
 *
 * @param place {@code c.yaml:3:11: endpoints.mx.port}, an option, or what has the default; a
 *     complaint begins with it
 */
public record Placed<T>(T value, String place) {

  /** A complaint about the value. */
  public ConfigurationException error(String problem) {
    return new ConfigurationException(place + ": " + problem);
  }
}
