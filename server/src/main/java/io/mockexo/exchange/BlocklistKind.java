package io.mockexo.exchange;

/**
 * Whose blocklist a client is on, and so what it is told, where, and by whom it can be delisted
 * (facts 4).
 *
 * @since 0.1
 */
public enum BlocklistKind {
  /**
   * Microsoft's: {@code 550 5.7.606} to {@code 5.7.649} in answer to RCPT; delisting at
   * sender.office.com. V.
   */
  MICROSOFT,
  /**
   * {@code 550 5.7.511 Access denied, banned sender} in answer to RCPT; delisting by mail to
   * delist@microsoft.com. D; that it is RCPT, and the long text, G.
   */
  BANNED_SENDER,
  /**
   * Spamhaus: {@code 550 5.7.1}; on MX in answer to RCPT (G), on the consumer MX in answer to MAIL,
   * and then the server closes; delisting at spamhaus.org. V.
   */
  SPAMHAUS,
  /**
   * The customer's own: {@code 550 5.7.513} in answer to RCPT (G); delisting by the customer. D.
   */
  CUSTOMER,
  /**
   * Part of the provider's network is listed ({@code S3150}): {@code 550 5.7.1} in answer to MAIL;
   * the provider asks for delisting. V on the consumer MX, elsewhere G.
   */
  NETWORK;

  /**
   * Whether a listed client is not offered STARTTLS, unless it is said otherwise. The blog that
   * tells of it is about Microsoft's list and the MX (seed 1, 2014); the transcript of 2025 against
   * it is about Spamhaus and the consumer MX (facts 12, item 4).
   */
  boolean hidesStartTls(Endpoint endpoint) {
    return this == MICROSOFT && endpoint != Endpoint.CONSUMER_MX;
  }
}
