package io.mockexo.internal.smtp;

import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.Throttling;
import io.mockexo.exchange.Throttling.Rate;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the clients of one server have done, as far as a limit counts it. Thread-safe, bounded in
 * memory whatever clients do, and every question is answered in constant time.
 */
public final class SharedLimits {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Clock clock;
  private final Places<InetAddress> connections = new Places<>();
  private final Places<String> submissions = new Places<>();
  private final Remembered<InetAddress, Turns> mailOfClients = new Remembered<>();
  private final Remembered<String, Turns> deliveries = new Remembered<>();

  /** When a sender was first met; a digest stands for it, so that no name is too long. */
  private final Remembered<UUID, Instant> firstTries = new Remembered<>();

  /** Nothing has been done yet. */
  public SharedLimits(Clock clock) {
    this.clock = clock;
  }

  /** The limits of a connection that begins. */
  public Limits of(ExchangeProfile profile, InetAddress client) {
    Throttling throttling = profile.throttling();
    return throttling.equals(Throttling.none())
        ? Limits.none()
        : new OfConnection(throttling, client);
  }

  /** How many names are remembered, of clients, mailboxes and senders. */
  int size() {
    return connections.holders()
        + submissions.holders()
        + mailOfClients.size()
        + deliveries.size()
        + firstTries.size();
  }

  private final class OfConnection implements Limits {

    private final Throttling throttling;
    private final InetAddress client;
    private boolean closed;
    private final boolean connected;
    private @Nullable String submitting;

    OfConnection(Throttling throttling, InetAddress client) {
      this.throttling = throttling;
      this.client = client;
      this.connected = connections.take(client, throttling.maxConnectionsPerClient());
    }

    @Override
    public boolean hasConnection() {
      return connected;
    }

    @Override
    public Duration refusesMail() {
      Rate rate = throttling.reputationLimit();
      return rate == null
          ? Duration.ZERO
          : mailOfClients.look(
              client,
              Turns::new,
              turns -> turns.now(clock.instant(), rate.messages(), rate.period()));
    }

    @Override
    public Duration refusesRcpt(String reversePath, String forwardPath) {
      Duration period = throttling.greylisting();
      if (period.isZero()) {
        return Duration.ZERO;
      }
      Instant now = clock.instant();
      Instant first = firstTries.look(triple(reversePath, forwardPath), () -> now, when -> when);
      Duration left = Duration.between(now, first.plus(period));
      return left.isNegative() ? Duration.ZERO : left;
    }

    /** Exchange takes no notice of case, in local parts neither. */
    private UUID triple(String reversePath, String forwardPath) {
      String triple = "%s\n%s\n%s".formatted(client.getHostAddress(), reversePath, forwardPath);
      return UUID.nameUUIDFromBytes(
          triple.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public synchronized boolean takesSubmission(String mailbox) {
      String key = key(mailbox);
      submissionEnded();
      if (!closed && submissions.take(key, throttling.parallelSubmissions())) {
        submitting = key;
      }
      return submitting != null;
    }

    @Override
    public synchronized void submissionEnded() {
      if (submitting != null) {
        submissions.leave(submitting);
        submitting = null;
      }
    }

    @Override
    public Duration delaysDelivery(String mailbox) {
      int most = throttling.messagesPerMinute();
      return most == Throttling.UNLIMITED
          ? Duration.ZERO
          : deliveries.look(
              key(mailbox), Turns::new, turns -> turns.next(clock.instant(), most, MINUTE));
    }

    @Override
    public synchronized void close() {
      submissionEnded();
      if (connected && !closed) {
        connections.leave(client);
      }
      closed = true;
    }

    private static String key(String mailbox) {
      return mailbox.toLowerCase(Locale.ROOT);
    }
  }
}
