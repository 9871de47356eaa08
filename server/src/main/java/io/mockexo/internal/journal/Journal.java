package io.mockexo.internal.journal;

import io.mockexo.exchange.Endpoint;
import io.mockexo.journal.JournalLimits;
import io.mockexo.journal.OpenSession;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import io.mockexo.tls.KeyLogLine;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The sessions of one endpoint. Thread-safe, with the one lock that there is: it is taken when a
 * connection opens or ends, when a message is accepted and when memory is needed, and not for each
 * event.
 *
 * <p>Who waits, with a thread or without, is woken when a change concerns them.
 */
public final class Journal implements AutoCloseable {

  private final JournalLimits limits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Completions completions = new Completions(lock);
  private final Subscribers<SmtpSession> starts = new Subscribers<>();
  private final Subscribers<OpenSession> growths = new Subscribers<>();
  private final Subscribers<List<KeyLogLine>> secrets = new Subscribers<>();
  private final Progress progress = new Progress();
  private final Waits waits = new Waits(lock, progress, this::complete, this::everything);
  private final Shelf shelf;
  private final SessionClock clock;

  public Journal(JournalLimits limits, InstantSource clock) {
    this.limits = limits;
    this.shelf = new Shelf(limits, lock, completions::forget);
    this.clock = new SessionClock(clock);
  }

  /** Begins a session with the next number. */
  public SessionRecorder open(Endpoint endpoint, InetSocketAddress peer, InetSocketAddress local) {
    SessionRecorder recorder;
    lock.lock();
    try {
      long now = System.nanoTime();
      recorder = recorder(progress.nextNumber(), endpoint, peer, local, now);
      progress.begin(recorder, now);
    } finally {
      lock.unlock();
    }
    if (!starts.isEmpty()) {
      starts.tell(recorder.number(), recorder.snapshot());
    }
    return recorder;
  }

  /** A recorder for a connection without a number; what it writes down nobody will see. */
  public SessionRecorder unrecorded(
      Endpoint endpoint, InetSocketAddress peer, InetSocketAddress local) {
    lock.lock();
    try {
      return recorder(0, endpoint, peer, local, System.nanoTime());
    } finally {
      lock.unlock();
    }
  }

  private SessionRecorder recorder(
      int number, Endpoint endpoint, InetSocketAddress peer, InetSocketAddress local, long now) {
    return new SessionRecorder(
        this,
        new SessionMemory(shelf),
        new SessionRecorder.Beginning(number, endpoint, peer, local, clock.at(now), now));
  }

  /** How many sessions have begun since the start or the last reset. */
  public int accepted() {
    lock.lock();
    try {
      return progress.nextNumber() - 1;
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
      return progress.open().stream().map(SessionRecorder::snapshot).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Complete and open sessions together. */
  public Sessions everything() {
    lock.lock();
    try {
      List<SmtpSession> all = shelf.sessions();
      progress.open().forEach(recorder -> all.add(recorder.snapshot()));
      all.sort(Comparator.comparingInt(SmtpSession::number));
      return snapshot(all, false);
    } finally {
      lock.unlock();
    }
  }

  /** Waiting for what is to come. */
  public Waits waits() {
    return waits;
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
      completions.forgetAll();
      progress.open().forEach(SessionRecorder::forget);
      progress.reset();
      waits.wake();
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

  /**
   * Calls {@code subscriber} with each session that begins from now on, on the thread that has
   * accepted the connection: it must be quick, or hand over.
   *
   * @return ends the subscription when closed
   */
  public Subscription subscribeToStarts(Consumer<? super SmtpSession> subscriber) {
    starts.add(subscriber);
    return () -> starts.remove(subscriber);
  }

  /**
   * Calls {@code subscriber} with an open session whenever it has got an event from now on, but for
   * the last, on the thread of the connection: it must be quick, or hand over.
   *
   * @return ends the subscription when closed
   */
  public Subscription subscribeToProgress(Consumer<? super OpenSession> subscriber) {
    growths.add(subscriber);
    return () -> growths.remove(subscriber);
  }

  /**
   * Calls {@code subscriber} with the secrets of each TLS connection that keeps them from now on,
   * as they come into being, on the thread of the connection.
   *
   * @return ends the subscription when closed
   */
  public Subscription subscribeToSecrets(Consumer<? super List<KeyLogLine>> subscriber) {
    secrets.add(subscriber);
    return () -> secrets.remove(subscriber);
  }

  /** Ends all waiting. What is recorded stays readable, and connections may still end in it. */
  @Override
  public void close() {
    lock.lock();
    try {
      waits.end();
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
      if (progress.messageAccepted(recorder)) {
        waits.wake();
      }
    } finally {
      lock.unlock();
    }
  }

  /** For each event: where nobody wants to know it costs one look. */
  void tellProgress(Growth growth) {
    if (!growths.isEmpty() && growth.number() > 0 && growth.isOpen()) {
      growths.tell(growth.number(), growth);
    }
  }

  void tellSecrets(int number, List<KeyLogLine> lines) {
    secrets.tell(number, lines);
  }

  /** Takes over a session with the memory that it keeps. */
  void complete(SessionRecorder recorder, SmtpSession session, long bytes) {
    lock.lock();
    try {
      if (!progress.end(recorder, System.nanoTime())) {
        shelf.release(bytes);
        return;
      }
      completions.add(session, shelf.keep(session, bytes));
      waits.wake();
    } finally {
      lock.unlock();
    }
    completions.tell();
  }

  /** The memory that is taken now, by estimate. */
  public long usedBytes() {
    return shelf.usedBytes();
  }

  private Sessions complete(boolean quiet) {
    return snapshot(shelf.sessions(), quiet);
  }

  private Sessions snapshot(List<SmtpSession> sessions, boolean quiet) {
    return new Sessions(
        sessions, shelf.evicted(), progress.open().size(), quiet, clock.at(System.nanoTime()));
  }
}
