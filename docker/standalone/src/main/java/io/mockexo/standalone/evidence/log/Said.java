package io.mockexo.standalone.evidence.log;

import java.util.Locale;

/**
 * A line that a sender writes about a connection.
 *
 * @param software whose line it is
 * @param where where an administrator finds it, and under which setting it is written
 * @param text the line; {@code <server>} stands for the name by which the sender knows us
 * @param certainty how sure we are of the words
 */
public record Said(String software, String where, String text, Certainty certainty) {

  /** How sure we are of a text. */
  public enum Certainty {
    /** Seen verbatim, in an article, in somebody's log, or by our own tests with that software. */
    SEEN,
    /** Documented by its maker. */
    DOCUMENTED,
    /** Told by others. */
    SECOND_HAND,
    /** Our conclusion, by the pattern of lines that were seen. */
    GUESSED;

    /** In lower case, {@code second hand}. */
    String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  static final String EXCHANGE = "Exchange Server";
  static final String EXCHANGE_ONLINE = "Exchange Online";
  static final String POSTFIX = "Postfix";
  static final String EXIM = "Exim";

  static Said exchange(String where, String text, Certainty certainty) {
    return new Said(EXCHANGE, where, text, certainty);
  }

  static Said postfix(String where, String text, Certainty certainty) {
    return new Said(POSTFIX, where, text, certainty);
  }

  static Said exim(String text, Certainty certainty) {
    return new Said(EXIM, "main log", text, certainty);
  }
}
