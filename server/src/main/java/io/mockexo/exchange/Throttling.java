package io.mockexo.exchange;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much a client may do before an endpoint slows it down. Immutable; by default nothing is
 * limited, because a test suite would meet a limit by accident. What is counted is shared by all
 * connections of one server, and forgotten when that is reset. A limit that is reached is an event
 * of the session ({@code LimitReached}).
 *
 * @param parallelSubmissions how many mail transactions one mailbox may have open at the same time,
 *     on client submission: {@code 432 4.3.2} answers end-of-data of one more (facts 3.5 and 8).
 *     One counts from MAIL until its message is answered, and whether it is one too many is decided
 *     at MAIL, so that it does not depend on how fast the others end (G). {@link #UNLIMITED} for no
 *     limit
 * @param messagesPerMinute how many messages of one mailbox are delivered in a minute, on client
 *     submission. More are accepted, and their delivery is carried to the next minutes (facts 3.5
 *     and 8, D), of which the journal tells; {@link #UNLIMITED} for no limit
 * @param greylisting how long a sender is refused for a recipient after its first try from one
 *     address, on MX: {@code 451 4.7.500} answers RCPT (facts 4, V for the reply; that it is done
 *     so G). Zero for not at all, at most seven days
 * @param reputationLimit how many MAIL commands one address may give in a time on the consumer MX,
 *     whether or not a message comes of them: {@code 451 4.7.650} answers one more (facts 4, V;
 *     numbers are not known). Null for any number
 * @param maxConnectionsPerClient how many connections one address may have open at the same time:
 *     on the consumer MX {@code 451 4.7.652} answers MAIL on one more (facts 4, V; the stage G), on
 *     premises {@code 421 4.3.2} greets it ({@code MaxInboundConnectionPerSource}). Whether it is
 *     one too many is decided at accept. {@link #UNLIMITED} for no limit
 * @since 0.1
 */
public record Throttling(
    int parallelSubmissions,
    int messagesPerMinute,
    Duration greylisting,
    @Nullable Rate reputationLimit,
    int maxConnectionsPerClient) {

  /** Stands for any number. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  private static final Throttling NONE =
      new Throttling(UNLIMITED, UNLIMITED, Duration.ZERO, null, UNLIMITED);

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException if a number is less than 1, or greylisting is negative or
   *     longer than seven days
   */
  public Throttling {
    requireAtLeastOne("parallelSubmissions", parallelSubmissions);
    requireAtLeastOne("messagesPerMinute", messagesPerMinute);
    requireAtLeastOne("maxConnectionsPerClient", maxConnectionsPerClient);
    if (greylisting.isNegative()) {
      throw new IllegalArgumentException("greylisting cannot be negative: " + greylisting);
    }
    Timeouts.requireNotTooLong("greylisting", greylisting);
  }

  /** A limit of {@link Throttling}, by the name of its setting. */
  public enum Limit {
    PARALLEL_SUBMISSIONS,
    MESSAGES_PER_MINUTE,
    GREYLISTING,
    REPUTATION_LIMIT,
    MAX_CONNECTIONS_PER_CLIENT
  }

  /**
   * Messages in a time.
   *
   * @param messages at least 1
   * @param period counted from the first of them; from one millisecond to seven days
   * @since 0.1
   */
  public record Rate(int messages, Duration period) {

    /**
     * Checks them.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Rate {
      requireAtLeastOne("messages", messages);
      Timeouts.requireInRange("period", period);
    }
  }

  /** Nothing is limited: the default. */
  public static Throttling none() {
    return NONE;
  }

  /**
   * The limits of {@code endpoint} whose numbers Microsoft publishes (facts 8, D): on client
   * submission 3 parallel submissions and 30 messages a minute for each mailbox, on premises 20
   * connections from one address. For the others there are none: {@code maxRecipientsPerDomain} has
   * the number of MX.
   */
  public static Throttling published(Endpoint endpoint) {
    return switch (endpoint) {
      case CLIENT_SUBMISSION, LEGACY_CLIENT_SUBMISSION ->
          NONE.withParallelSubmissions(3).withMessagesPerMinute(30);
      case ON_PREMISES -> NONE.withMaxConnectionsPerClient(20);
      case MX, CONSUMER_MX -> NONE;
    };
  }

  /** These, with another {@code parallelSubmissions}. */
  public Throttling withParallelSubmissions(int value) {
    return new Throttling(
        value, messagesPerMinute, greylisting, reputationLimit, maxConnectionsPerClient);
  }

  /** These, with another {@code messagesPerMinute}. */
  public Throttling withMessagesPerMinute(int value) {
    return new Throttling(
        parallelSubmissions, value, greylisting, reputationLimit, maxConnectionsPerClient);
  }

  /** These, with another {@code greylisting}. */
  public Throttling withGreylisting(Duration value) {
    return new Throttling(
        parallelSubmissions, messagesPerMinute, value, reputationLimit, maxConnectionsPerClient);
  }

  /** These, with another {@code reputationLimit}. */
  public Throttling withReputationLimit(@Nullable Rate value) {
    return new Throttling(
        parallelSubmissions, messagesPerMinute, greylisting, value, maxConnectionsPerClient);
  }

  /** These, with another {@code reputationLimit}. */
  public Throttling withReputationLimit(int messages, Duration period) {
    return withReputationLimit(new Rate(messages, period));
  }

  /** These, with another {@code maxConnectionsPerClient}. */
  public Throttling withMaxConnectionsPerClient(int value) {
    return new Throttling(
        parallelSubmissions, messagesPerMinute, greylisting, reputationLimit, value);
  }

  private static void requireAtLeastOne(String what, int number) {
    if (number < 1) {
      throw new IllegalArgumentException("%s is at least 1, not %d".formatted(what, number));
    }
  }
}
