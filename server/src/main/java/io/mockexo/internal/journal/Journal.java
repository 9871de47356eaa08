package io.mockexo.internal.journal;

import io.mockexo.exchange.Endpoint;
import io.mockexo.journal.AwaitTimeoutError;
import io.mockexo.journal.JournalLimits;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The sessions of one endpoint. Thread-safe, with the one lock that there is: it is taken when a
 * connection opens or ends, when a message is accepted and when memory is needed, and not for each
 * event.
 *
 * <p>Waiting threads sleep until a change concerns them. Quiet needs no record of the last event:
 * while a session is open it is not quiet, and when none is open the last event was an end.
 */
public final class Journal implements AutoCloseable {

  private final JournalLimits limits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Waiting waiting = new Waiting(lock);
  private final Completions completions = new Completions(lock);
  private final Shelf shelf;
  private final SessionClock clock;
  private final TreeMap<Integer, SessionRecorder> open = new TreeMap<>();
  private int lastNumber;
  private int acceptedMessages;
  private long lastActivityNanos;

  public Journal(JournalLimits limits, InstantSource clock) {
    this.limits = limits;
    this.shelf = new Shelf(limits);
    this.clock = new SessionClock(clock);
  }

  /** Begins a session with the next number. */
  public SessionRecorder open(Endpoint endpoint, InetSocketAddress peer) {
    lock.lock();
    try {
      long now = System.nanoTime();
      lastNumber++;
      lastActivityNanos = now;
      SessionRecorder recorder =
          new SessionRecorder(this, lastNumber, endpoint, peer, clock.at(now), now);
      open.put(lastNumber, recorder);
      return recorder;
    } finally {
      lock.unlock();
    }
  }

  /** The complete sessions. */
  public Sessions sessions() {
    lock.lock();
    try {
      return complete(false);
    } finally {
      lock.unlock();
    }
  }

  /** The sessions that are still open, as far as they have come. */
  public List<SmtpSession> openSessions() {
    lock.lock();
    try {
      return open.values().stream().map(SessionRecorder::snapshot).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Complete and open sessions together. */
  public Sessions everything() {
    lock.lock();
    try {
      List<SmtpSession> all = shelf.sessions();
      open.values().forEach(recorder -> all.add(recorder.snapshot()));
      all.sort(Comparator.comparingInt(SmtpSession::number));
      return new Sessions(all, shelf.evicted(), open.size(), false);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the sessions 1 to {@code n} are complete; evicted and removed ones were.
   *
   * @return the complete sessions
   * @throws AwaitTimeoutError if that takes longer than {@code timeout}
   * @throws IllegalStateException if the journal is closed meanwhile, or the thread interrupted
   */
  public Sessions awaitSessions(int n, Duration timeout) {
    requireNotNegative(n);
    return await(
        new Goal(
            count(n, "session") + " to be complete",
            () -> lastNumber >= n && noneOpenUpTo(n) ? 0 : Goal.NEEDS_CHANGE,
            () -> complete(false)),
        timeout);
  }

  /**
   * Waits until {@code n} messages were accepted since the start or the last reset, on sessions
   * that are still open too.
   *
   * @return complete and open sessions
   * @throws AwaitTimeoutError if that takes longer than {@code timeout}
   * @throws IllegalStateException if the journal is closed meanwhile, or the thread interrupted
   */
  public Sessions awaitMessages(int n, Duration timeout) {
    requireNotNegative(n);
    return await(
        new Goal(
            count(n, "message") + " to be accepted",
            () -> acceptedMessages >= n ? 0 : Goal.NEEDS_CHANGE,
            this::everything),
        timeout);
  }

  /**
   * Waits until no session is open and for {@code period} nothing has happened. Before the first
   * connection the period runs from this call, so that a client has that long to come.
   *
   * @return the complete sessions, marked as quiet
   * @throws AwaitTimeoutError if that takes longer than {@code timeout}
   * @throws IllegalStateException if the journal is closed meanwhile, or the thread interrupted
   */
  public Sessions awaitQuiet(Duration period, Duration timeout) {
    if (period.isNegative()) {
      throw new IllegalArgumentException("a quiet period cannot be negative: " + period);
    }
    long called = System.nanoTime();
    return await(
        new Goal(
            "no open session and %d ms without any event".formatted(period.toMillis()),
            () -> open.isEmpty() ? nanosToQuiet(Waiting.nanos(period), called) : Goal.NEEDS_CHANGE,
            () -> complete(true)),
        timeout);
  }

  /** Deletes the complete sessions and the count of those evicted; numbering goes on. */
  public Sessions remove() {
    lock.lock();
    try {
      Sessions removed = complete(false);
      shelf.clear();
      return removed;
    } finally {
      lock.unlock();
    }
  }

  /** Forgets everything; the next session is number 1. */
  public void reset() {
    lock.lock();
    try {
      shelf.clear();
      completions.forget();
      open.clear();
      lastNumber = 0;
      acceptedMessages = 0;
      waiting.wake();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Calls {@code subscriber} once for each session completed from now on, in order of completion,
   * on the thread that ended the connection: it must be quick, or hand over.
   *
   * @return ends the subscription when closed
   */
  public Subscription subscribe(Consumer<? super SmtpSession> subscriber) {
    completions.subscribe(subscriber);
    return () -> completions.unsubscribe(subscriber);
  }

  /** Ends all waiting. What is recorded stays readable, and connections may still end in it. */
  @Override
  public void close() {
    lock.lock();
    try {
      waiting.end();
    } finally {
      lock.unlock();
    }
  }

  /** Ends a subscription. */
  @FunctionalInterface
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  JournalLimits limits() {
    return limits;
  }

  void messageAccepted(SessionRecorder recorder) {
    lock.lock();
    try {
      if (open.get(recorder.number()) == recorder) {
        acceptedMessages++;
        waiting.wake();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes over a session with the memory that it keeps. */
  void complete(SessionRecorder recorder, SmtpSession session, long bytes) {
    lock.lock();
    try {
      if (!open.remove(recorder.number(), recorder)) {
        shelf.release(bytes);
        return;
      }
      shelf.keep(session, bytes);
      completions.add(session);
      lastActivityNanos = System.nanoTime();
      waiting.wake();
    } finally {
      lock.unlock();
    }
    completions.tell();
  }

  boolean reserve(long bytes) {
    lock.lock();
    try {
      return shelf.reserve(bytes);
    } finally {
      lock.unlock();
    }
  }

  void charge(long bytes) {
    lock.lock();
    try {
      shelf.charge(bytes);
    } finally {
      lock.unlock();
    }
  }

  void release(long bytes) {
    lock.lock();
    try {
      shelf.release(bytes);
    } finally {
      lock.unlock();
    }
  }

  private Sessions await(Goal goal, Duration timeout) {
    return waiting.await(goal, timeout, this::shortfall);
  }

  private Waiting.Shortfall shortfall() {
    String found =
        "%s, %d of them open, and %s accepted"
            .formatted(
                count(lastNumber, "session"), open.size(), count(acceptedMessages, "message"));
    return new Waiting.Shortfall(found, everything());
  }

  private Sessions complete(boolean quiet) {
    return new Sessions(shelf.sessions(), shelf.evicted(), open.size(), quiet);
  }

  private boolean noneOpenUpTo(int n) {
    return open.isEmpty() || open.firstKey() > n;
  }

  private long nanosToQuiet(long period, long called) {
    long since = lastNumber == 0 ? called : lastActivityNanos;
    return Math.max(0, period - (System.nanoTime() - since));
  }

  private static String count(int n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }

  private static void requireNotNegative(int n) {
    if (n < 0) {
      throw new IllegalArgumentException("cannot wait for " + n);
    }
  }
}
