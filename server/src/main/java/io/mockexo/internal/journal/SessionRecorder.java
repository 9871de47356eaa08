package io.mockexo.internal.journal;

import io.mockexo.exchange.Endpoint;
import io.mockexo.internal.smtp.ByteBudget;
import io.mockexo.journal.MailTransaction.Outcome;
import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SessionEvent.AuthenticationFailed;
import io.mockexo.journal.SessionEvent.CommandReceived;
import io.mockexo.journal.SessionEvent.Direction;
import io.mockexo.journal.SessionEvent.EventsDropped;
import io.mockexo.journal.SessionEvent.LimitReached;
import io.mockexo.journal.SessionEvent.MessageAccepted;
import io.mockexo.journal.SessionEvent.MessageDataReceived;
import io.mockexo.journal.SessionEvent.MiddleboxActed;
import io.mockexo.journal.SessionEvent.ReplySent;
import io.mockexo.journal.SessionEvent.SecretsLogged;
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
 * connection: one writer and an append-only log, so that an event takes no lock.
 *
 * <p>After {@link Journal#reset()} a recorder of before writes into the void, as do those of {@link
 * Journal#unrecorded}: nobody will see it.
 */
public final class SessionRecorder {

  private final Journal journal;
  private final SessionMemory memory;
  private final Beginning beginning;
  private final int maxEvents;
  private final EventLog log = new EventLog();
  private final AtomicLong dropped = new AtomicLong();
  private final Set<StrayBytes.Kind> exposed = EnumSet.noneOf(StrayBytes.Kind.class);
  private final Set<Direction> ended = EnumSet.noneOf(Direction.class);
  private final Growth growth;
  private boolean closed;

  /**
   * What is known of a session from the start.
   *
   * @param acceptedNanos the monotonic clock at accept
   */
  record Beginning(
      int number,
      Endpoint endpoint,
      InetSocketAddress peer,
      InetSocketAddress local,
      Instant acceptedAt,
      long acceptedNanos) {}

  SessionRecorder(Journal journal, SessionMemory memory, Beginning beginning) {
    this.journal = journal;
    this.memory = memory;
    this.beginning = beginning;
    this.maxEvents = journal.limits().maxEventsPerSession();
    this.growth = new Growth(beginning.number(), this);
  }

  /** The number of the connection, from 1; 0 if it is not recorded. */
  public int number() {
    return beginning.number();
  }

  /** When the connection was accepted. */
  public Instant acceptedAt() {
    return beginning.acceptedAt();
  }

  /** The time since accept, by the monotonic clock: what goes into {@link SessionEvent#at()}. */
  public Duration now() {
    return Duration.ofNanos(System.nanoTime() - beginning.acceptedNanos());
  }

  /** Appends an event, overlong texts shortened. After {@link #close} it is ignored. */
  public void add(SessionEvent event) {
    if (event instanceof SessionEvent.Closed end) {
      close(end);
      return;
    }
    if (closed) {
      return;
    }
    SessionEvent bounded = Shortening.of(event);
    if (bounded instanceof MessageAccepted || bounded instanceof TransactionFailed) {
      memory.endTransaction();
    }
    if (keeps(bounded)) {
      log.append(bounded);
    } else {
      dropped.incrementAndGet();
    }
    memory.trim();
    if (bounded instanceof MessageAccepted) {
      journal.messageAccepted(this);
    }
    if (bounded instanceof SecretsLogged secrets) {
      journal.tellSecrets(number(), secrets.lines());
    }
    journal.tellProgress(growth);
  }

  /** Nobody is told of it from now on. For any thread. */
  void forget() {
    growth.end();
  }

  /** Once something was left out, so is all noise: no reply without its command. */
  private boolean keeps(SessionEvent event) {
    long size = EventSize.of(event);
    return isNoise(event)
        ? dropped.get() == 0 && log.size() < maxEvents && memory.pay(size)
        : memory.payAnyhow(size);
  }

  /** Where memory for recipients and messages comes from; it counts as this session's. */
  public ByteBudget budget() {
    return memory;
  }

  /** Writes the last event, which completes the session. Only the first call counts. */
  public void close(SessionEvent.Closed end) {
    if (closed) {
      return;
    }
    closed = true;
    growth.end();
    if (dropped.get() > 0) {
      log.append(new EventsDropped(end.at(), dropped.get()));
    }
    log.append(end);
    journal.complete(this, session(log.snapshot()), memory.close());
  }

  /** The session so far. For any thread. */
  public SmtpSession snapshot() {
    long missing = dropped.get();
    List<SessionEvent> events = log.snapshot();
    if (missing > 0 && !(endsWith(events, EventsDropped.class) || isComplete(events))) {
      events = new ArrayList<>(events);
      events.add(new EventsDropped(now(), missing));
    }
    return session(events);
  }

  private SmtpSession session(List<SessionEvent> events) {
    return new SmtpSession(
        beginning.number(),
        beginning.endpoint(),
        beginning.peer(),
        beginning.local(),
        beginning.acceptedAt(),
        events);
  }

  private static boolean isComplete(List<SessionEvent> events) {
    return endsWith(events, SessionEvent.Closed.class);
  }

  private static boolean endsWith(List<SessionEvent> events, Class<? extends SessionEvent> type) {
    return !events.isEmpty() && type.isInstance(events.get(events.size() - 1));
  }

  /**
   * Whether an event may be left out when there are too many: what a client can repeat without end.
   * Everything else tells what became of TLS, of the user, of a message or of the connection, and
   * is kept as long as memory and overdraft last. Cleartext exposure by stray bytes is kept once
   * for each kind, and of each side the fatal alert that ended TLS: a client may send more of them
   * to a connection that is over.
   */
  private boolean isNoise(SessionEvent event) {
    if (event instanceof StrayBytes stray) {
      boolean exposure = stray.kind().isMail() || stray.kind().isAuth();
      return !(exposure && exposed.add(stray.kind()));
    }
    if (event instanceof SessionEvent.Alert alert) {
      return !(alert.fatal() && ended.add(alert.direction()));
    }
    if (event instanceof TransactionFailed failed) {
      return failed.transaction().outcome() != Outcome.UNACKNOWLEDGED;
    }
    return event instanceof CommandReceived
        || event instanceof ReplySent
        || event instanceof MiddleboxActed
        || event instanceof LimitReached
        || event instanceof MessageDataReceived
        || event instanceof AuthenticationFailed;
  }
}
