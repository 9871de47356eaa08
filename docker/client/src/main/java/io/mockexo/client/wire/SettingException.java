package io.mockexo.client.wire;

/**
 * A value that cannot be used. Its message begins with the place and never quotes what may be a
 * password.
 *
 * @since 0.1
 */
public final class SettingException extends IllegalArgumentException {

  private final String source;
  private final String position;
  private final String pointer;
  private final String problem;

  /**
   * A complaint.
   *
   * @param source what the place begins with: the name of a file, for example
   * @param position line and column, {@code 3:11}
   * @param place where the value stands, for a person: {@code c.yaml:3:11: endpoints.mx.port}
   * @param pointer where it stands, as a JSON pointer (RFC 6901)
   * @param problem what is wrong, what was expected, and the nearest thing that is right
   */
  SettingException(String source, String position, String place, String pointer, String problem) {
    super(place + ": " + problem);
    this.source = source;
    this.position = position;
    this.pointer = pointer;
    this.problem = problem;
  }

  static SettingException notJson(String problem, String position) {
    return new SettingException("", position, position, "", "this is not JSON: " + problem);
  }

  /** What the place begins with: the name of a file, for example. */
  public String source() {
    return source;
  }

  /** The line in which the value begins, from 1. */
  public int line() {
    return Integer.parseInt(position.substring(0, position.indexOf(':')));
  }

  /** The column in which the value begins, from 1. */
  public int column() {
    return Integer.parseInt(position.substring(position.indexOf(':') + 1));
  }

  /** Where the value stands, as a JSON pointer (RFC 6901); empty for the whole. */
  public String pointer() {
    return pointer;
  }

  /** What is wrong, without the place. */
  public String problem() {
    return problem;
  }
}
