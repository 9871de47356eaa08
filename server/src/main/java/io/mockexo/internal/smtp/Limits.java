package io.mockexo.internal.smtp;

import java.time.Duration;

/**
 * What one connection may do because of what it, and the other connections of the server, have done
 * before. Asked by the dialogue; thread-safe, and never waits.
 */
public interface Limits extends AutoCloseable {

  /** Whether the client had no more connections than it may have when this one began. */
  boolean hasConnection();

  /** Counts a message on its way; how long none more is taken of this client, zero if this is. */
  Duration refusesMail();

  /** Notes a try to send to a recipient; how long it is refused, zero if it is not. */
  Duration refusesRcpt(String reversePath, String forwardPath);

  /** Takes a place among the submissions of the mailbox; whether there was one. */
  boolean takesSubmission(String mailbox);

  /** The place of a submission is free again, if this connection has one. */
  void submissionEnded();

  /** Counts an accepted message of the mailbox; how long its delivery is delayed. */
  Duration delaysDelivery(String mailbox);

  /** The connection is gone: its places are free. */
  @Override
  void close();

  /** Nothing is limited. */
  static Limits none() {
    return Unlimited.INSTANCE;
  }

  /** Nothing is limited. */
  enum Unlimited implements Limits {
    INSTANCE;

    @Override
    public boolean hasConnection() {
      return true;
    }

    @Override
    public Duration refusesMail() {
      return Duration.ZERO;
    }

    @Override
    public Duration refusesRcpt(String reversePath, String forwardPath) {
      return Duration.ZERO;
    }

    @Override
    public boolean takesSubmission(String mailbox) {
      return true;
    }

    @Override
    public void submissionEnded() {}

    @Override
    public Duration delaysDelivery(String mailbox) {
      return Duration.ZERO;
    }

    @Override
    public void close() {}
  }
}
