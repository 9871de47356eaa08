package io.mockexo.client.wire;

/**
 * A value that cannot be used. Its message begins with the place and never quotes what may be a
 * password.
 *
 * @since 0.1
 */
public final class SettingException extends IllegalArgumentException {

  private final String pointer;
  private final String problem;

  /**
   * A complaint.
   *
   * @param place where the value stands, for a person: {@code c.yaml:3:11: endpoints.mx.port}
   * @param pointer where it stands, as a JSON pointer (RFC 6901)
   * @param problem what is wrong, what was expected, and the nearest thing that is right
   */
  SettingException(String place, String pointer, String problem) {
    super(place + ": " + problem);
    this.pointer = pointer;
    this.problem = problem;
  }

  static SettingException notJson(String problem, String position) {
    return new SettingException(position, "", "this is not JSON: " + problem);
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
