package io.mockexo.exchange;

/**
 * What can be wrong with an access token. Exchange Online answers all of it alike, with {@code 535
 * 5.7.3} (facts 3.2); the journal says which it was.
 *
 * @since 0.1
 */
public enum TokenFlaw {
  /** It expired five minutes ago. */
  EXPIRED,
  /** It is valid in an hour. */
  NOT_YET_VALID,
  /** It is for Microsoft Graph, the most usual mistake. */
  WRONG_AUDIENCE,
  /** It lets its bearer read mail by IMAP, and not send. */
  WRONG_PERMISSION,
  /** Somebody else's key signed it. */
  WRONG_KEY,
  /** Nobody signed it: its algorithm is {@code none} (RFC 7518, section 3.6). */
  UNSIGNED
}
