package io.mockexo.internal.journal;

import io.mockexo.exchange.Endpoint;
import io.mockexo.internal.smtp.ByteBudget;
import io.mockexo.journal.MailTransaction.Outcome;
import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SessionEvent.AuthenticationFailed;
import io.mockexo.journal.SessionEvent.CommandReceived;
import io.mockexo.journal.SessionEvent.EventsDropped;
import io.mockexo.journal.SessionEvent.MessageAccepted;
import io.mockexo.journal.SessionEvent.MessageDataReceived;
import io.mockexo.journal.SessionEvent.ReplySent;
import io.mockexo.journal.SessionEvent.StrayBytes;
import io.mockexo.journal.SessionEvent.TransactionFailed;
import io.mockexo.journal.SmtpSession;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes down one connection. Everything but {@link #snapshot()} belongs to the event loop of the
 * connection: one writer and an append-only log, so that an event takes no lock. Memory for events
 * is taken from the journal some kilobytes at a time.
 *
 * <p>After {@link Journal#reset()} a recorder of before writes into the void: nobody will see it.
 */
public final class SessionRecorder {

  /** So much memory for events is taken from the journal at once. */
  private static final long SLAB = 4096;

  private final Journal journal;
  private final int number;
  private final Endpoint endpoint;
  private final InetSocketAddress peer;
  private final Instant acceptedAt;
  private final long acceptedNanos;
  private final int maxEvents;
  private final EventLog log = new EventLog();
  private final AtomicLong dropped = new AtomicLong();
  private final Set<StrayBytes.Kind> exposed = EnumSet.noneOf(StrayBytes.Kind.class);

  /** Taken for events and not used yet. */
  private long slack;

  /** Taken for events, used or not, and for message content. */
  private long reserved;

  private boolean closed;

  SessionRecorder(
      Journal journal,
      int number,
      Endpoint endpoint,
      InetSocketAddress peer,
      Instant acceptedAt,
      long acceptedNanos) {
    this.journal = journal;
    this.number = number;
    this.endpoint = endpoint;
    this.peer = peer;
    this.acceptedAt = acceptedAt;
    this.acceptedNanos = acceptedNanos;
    this.maxEvents = journal.limits().maxEventsPerSession();
  }

  /** The number of the connection, from 1. */
  public int number() {
    return number;
  }

  /** When the connection was accepted. */
  public Instant acceptedAt() {
    return acceptedAt;
  }

  /** The time since accept, by the monotonic clock: what goes into {@link SessionEvent#at()}. */
  public Duration now() {
    return Duration.ofNanos(System.nanoTime() - acceptedNanos);
  }

  /** Appends an event. After {@link #close} it is ignored. */
  public void add(SessionEvent event) {
    if (event instanceof SessionEvent.Closed end) {
      close(end);
      return;
    }
    if (closed) {
      return;
    }
    if (isNoise(event) ? keepsNoise(event) : keepsFact(event)) {
      log.append(event);
    } else {
      dropped.incrementAndGet();
    }
    if (event instanceof MessageAccepted) {
      journal.messageAccepted(this);
    }
  }

  /** Once something was left out, so is everything of its sort: no reply without its command. */
  private boolean keepsNoise(SessionEvent noise) {
    return dropped.get() == 0 && log.size() < maxEvents && pay(EventSize.of(noise));
  }

  /** Exceeds the memory if need be, unless that and the number of events are both exhausted. */
  private boolean keepsFact(SessionEvent fact) {
    long size = EventSize.of(fact);
    if (pay(size)) {
      return true;
    }
    if (log.size() >= maxEvents) {
      return false;
    }
    journal.charge(size);
    reserved += size;
    return true;
  }

  /** Where memory for the content of messages comes from; it counts as this session's. */
  public ByteBudget budget() {
    return this::reserve;
  }

  /**
   * Gives back what was reserved for a message that is not kept.
   *
   * @throws IllegalArgumentException if so much was never reserved
   */
  public void release(long bytes) {
    if (closed) {
      return;
    }
    if (bytes < 0 || bytes > reserved - slack) {
      throw new IllegalArgumentException(
          "cannot release %d bytes of %d".formatted(bytes, reserved - slack));
    }
    reserved -= bytes;
    journal.release(bytes);
  }

  /** Writes the last event, which completes the session. Only the first call counts. */
  public void close(SessionEvent.Closed end) {
    if (closed) {
      return;
    }
    closed = true;
    if (dropped.get() > 0) {
      log.append(new EventsDropped(end.at(), dropped.get()));
    }
    log.append(end);
    journal.release(slack);
    journal.complete(this, session(log.snapshot()), reserved - slack);
  }

  /** The session so far. For any thread. */
  SmtpSession snapshot() {
    long missing = dropped.get();
    List<SessionEvent> events = log.snapshot();
    if (missing > 0 && !(endsWith(events, EventsDropped.class) || isComplete(events))) {
      events = new ArrayList<>(events);
      events.add(new EventsDropped(now(), missing));
    }
    return session(events);
  }

  private SmtpSession session(List<SessionEvent> events) {
    return new SmtpSession(number, endpoint, peer, acceptedAt, events);
  }

  private static boolean isComplete(List<SessionEvent> events) {
    return endsWith(events, SessionEvent.Closed.class);
  }

  private static boolean endsWith(List<SessionEvent> events, Class<? extends SessionEvent> type) {
    return !events.isEmpty() && type.isInstance(events.get(events.size() - 1));
  }

  private boolean reserve(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("cannot reserve %d bytes".formatted(bytes));
    }
    if (closed || !journal.reserve(bytes)) {
      return false;
    }
    reserved += bytes;
    return true;
  }

  /** Pays for an event, with a new slab if need be; the exact sum if a slab is too much to ask. */
  private boolean pay(long size) {
    if (slack < size) {
      long slab = Math.max(SLAB, size);
      if (reserve(slab)) {
        slack += slab;
      } else if (reserve(size)) {
        slack += size;
      } else {
        return false;
      }
    }
    slack -= size;
    return true;
  }

  /**
   * Whether an event may be left out when there are too many: what a client can repeat without end.
   * Everything else tells what became of TLS, of the user, of a message or of the connection, and
   * is bounded by the protocol or by the budget. Cleartext exposure by stray bytes is kept once for
   * each kind.
   */
  private boolean isNoise(SessionEvent event) {
    if (event instanceof StrayBytes stray) {
      boolean exposure =
          stray.kind() == StrayBytes.Kind.MAIL || stray.kind() == StrayBytes.Kind.AUTH;
      return !(exposure && exposed.add(stray.kind()));
    }
    if (event instanceof SessionEvent.Alert alert) {
      return !alert.fatal();
    }
    if (event instanceof TransactionFailed failed) {
      return failed.transaction().outcome() != Outcome.UNACKNOWLEDGED;
    }
    return event instanceof CommandReceived
        || event instanceof ReplySent
        || event instanceof MessageDataReceived
        || event instanceof AuthenticationFailed;
  }
}
