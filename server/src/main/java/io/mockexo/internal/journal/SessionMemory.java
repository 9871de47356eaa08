package io.mockexo.internal.journal;

import io.mockexo.internal.smtp.ByteBudget;
import io.mockexo.journal.MailTransaction.Recipient;

/**
 * The memory of one session while it is open, taken from the {@link Shelf}: for events some
 * kilobytes at a time, so that an event takes no lock, and for messages and recipients as they
 * come. Belongs to the event loop of the connection.
 *
 * <p>When there is no room left, what tells how the session went may still have a bounded amount.
 */
final class SessionMemory implements ByteBudget {

  /** So much memory for events is taken at once. */
  static final long SLAB = 4096;

  /** So much a session may take beyond the limit; {@code JournalLimits} promises it. */
  static final long OVERDRAFT = 16 * 1024;

  /** Of that, so much is for recipients: what becomes of their message is to be told, too. */
  private static final long OVERDRAFT_FOR_RECIPIENTS = OVERDRAFT / 2;

  private final Shelf shelf;

  /** All that was taken: what events use, and the three below. */
  private long taken;

  private long content;

  /** For recipients of the open transaction, to pay for the event of its end. */
  private long recipients;

  /** Not used yet. */
  private long slack;

  /** Of what was taken, so much is beyond the limit. */
  private long overdrawn;

  private boolean closed;

  /** Takes what a session needs before its first event, even if there is no room. */
  SessionMemory(Shelf shelf) {
    this.shelf = shelf;
    boolean paid = pay(EventSize.SESSION) || overdraw(EventSize.SESSION, OVERDRAFT);
    if (!paid) {
      throw new AssertionError("a session without an event is within its overdraft");
    }
  }

  /** Pays for an event that is left out if there is no room. */
  boolean pay(long size) {
    long missing = size - slack;
    if (missing > 0 && !takeSlack(Math.max(SLAB, missing)) && !takeSlack(missing)) {
      return false;
    }
    slack -= size;
    return true;
  }

  /** Pays for an event that is kept without room as well, as far as the overdraft goes. */
  boolean payAnyhow(long size) {
    return pay(size) || overdraw(size, OVERDRAFT);
  }

  /** The open transaction ends: the event that says so is paid with what its recipients took. */
  void endTransaction() {
    slack += recipients;
    recipients = 0;
  }

  /** Gives back what will not be needed soon. */
  void trim() {
    if (slack > SLAB) {
      giveBack(slack - SLAB);
      slack = SLAB;
    }
  }

  /** Gives back what was not used; returns how much the session keeps. */
  long close() {
    closed = true;
    giveBack(slack + recipients);
    slack = 0;
    recipients = 0;
    return taken;
  }

  @Override
  public boolean reserve(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("cannot reserve %d bytes".formatted(bytes));
    }
    if (closed || !take(bytes)) {
      return false;
    }
    content += bytes;
    return true;
  }

  @Override
  public void release(long bytes) {
    if (closed) {
      return;
    }
    if (bytes < 0 || bytes > content) {
      throw new IllegalArgumentException("cannot release %d bytes of %d".formatted(bytes, content));
    }
    content -= bytes;
    giveBack(bytes);
  }

  @Override
  public boolean reserveFor(Recipient recipient) {
    long size = EventSize.of(recipient);
    if (closed || !(pay(size) || overdraw(size, OVERDRAFT_FOR_RECIPIENTS))) {
      return false;
    }
    recipients += size;
    return true;
  }

  private boolean takeSlack(long bytes) {
    if (!take(bytes)) {
      return false;
    }
    slack += bytes;
    return true;
  }

  private boolean take(long bytes) {
    if (!shelf.reserve(bytes)) {
      return false;
    }
    taken += bytes;
    return true;
  }

  private boolean overdraw(long size, long limit) {
    long missing = size - slack;
    if (overdrawn + missing > limit) {
      return false;
    }
    shelf.charge(missing);
    taken += missing;
    overdrawn += missing;
    slack = 0;
    return true;
  }

  private void giveBack(long bytes) {
    shelf.release(bytes);
    taken -= bytes;
    overdrawn = Math.max(0, overdrawn - bytes);
  }
}
