package io.mockexo.internal.smtp;

import io.mockexo.journal.MailTransaction.Recipient;

/** How much of what one client sends may still be kept in memory. */
public interface ByteBudget {

  /** Takes {@code bytes} out of the budget; false, and nothing taken, if there is no room. */
  boolean reserve(long bytes);

  /**
   * Puts back what was reserved and is not needed any more.
   *
   * @throws IllegalArgumentException if so much was never reserved
   */
  void release(long bytes);

  /**
   * Takes what a recipient of the open transaction needs; false, and nothing taken, if there is no
   * room. It is put back with the end of the transaction, whose record is paid with it.
   */
  boolean reserveFor(Recipient recipient);
}
