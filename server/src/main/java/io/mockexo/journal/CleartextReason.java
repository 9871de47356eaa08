package io.mockexo.journal;

/**
 * Why mail went in cleartext: three different things.
 *
 * @since 0.1
 */
public enum CleartextReason {
  /** TLS had been tried, on an earlier connection or on the same one after a refused STARTTLS. */
  FELL_BACK("fell back to cleartext"),
  /**
   * STARTTLS was on offer and the client did not use it, or the client never asked what is on
   * offer, because it said HELO.
   */
  NEVER_TRIED_TLS("never tried TLS"),
  /** The client asked with EHLO, and STARTTLS was not on offer. */
  STARTTLS_NOT_OFFERED("STARTTLS was not on offer");

  private final String phrase;

  CleartextReason(String phrase) {
    this.phrase = phrase;
  }

  /** The words of transcripts and messages. */
  @Override
  public String toString() {
    return phrase;
  }
}
