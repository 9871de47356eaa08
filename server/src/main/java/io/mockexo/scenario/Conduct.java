package io.mockexo.scenario;

/**
 * What a sound client does in a scenario.
 *
 * @param outcome what becomes of its message
 * @param words the same with how it comes to that, beginning with a verb
 * @since 0.1
 */
public record Conduct(Outcome outcome, String words) {

  /** What becomes of a message. */
  public enum Outcome {
    /** It is accepted inside TLS, at the first try or a later one. */
    DELIVERED_OVER_TLS,
    /** It is accepted in cleartext. */
    DELIVERED_IN_CLEARTEXT,
    /** It is not accepted: the client keeps it and tries again, or returns it to its sender. */
    NOT_DELIVERED
  }
}
