package io.mockexo.internal.smtp;

import io.mockexo.journal.MailTransaction.Recipient;

/** So many bytes, of which a recipient takes one. */
public final class TestBudget implements ByteBudget {

  private long left;

  TestBudget(long bytes) {
    left = bytes;
  }

  /** A budget with room for everything. */
  public static TestBudget unlimited() {
    return new TestBudget(Long.MAX_VALUE);
  }

  long left() {
    return left;
  }

  @Override
  public boolean reserve(long bytes) {
    if (bytes > left) {
      return false;
    }
    left -= bytes;
    return true;
  }

  @Override
  public void release(long bytes) {
    left += bytes;
  }

  @Override
  public boolean reserveFor(Recipient recipient) {
    return reserve(1);
  }
}
