package io.mockexo.internal.journal;

import static io.mockexo.internal.journal.Recording.command;
import static io.mockexo.internal.journal.Recording.finish;
import static io.mockexo.internal.journal.Recording.journal;
import static io.mockexo.internal.journal.Recording.message;
import static io.mockexo.internal.journal.Recording.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mockexo.journal.AwaitTimeoutError;
import io.mockexo.journal.JournalLimits;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waiting without end is 1 hour here: whoever is not woken fails by the timeout of the test. */
@Timeout(30)
class AwaitTest {

  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration AT_ONCE = Duration.ZERO;
  private static final Duration MILLISECOND = Duration.ofMillis(1);

  private final Journal journal = journal(JournalLimits.defaults());

  @Test
  void nothing_is_there_at_once() {
    assertThat(journal.waits().awaitSessions(0, AT_ONCE)).isEmpty();
    assertThat(journal.waits().awaitMessages(0, AT_ONCE)).isEmpty();
  }

  @Test
  void sessions_are_awaited_until_the_last_of_them_is_complete() throws Exception {
    SessionRecorder first = open(journal);
    Waiter waiter = new Waiter(() -> journal.waits().awaitSessions(2, LONG));
    SessionRecorder second = open(journal);
    finish(second);
    waiter.isAsleep();
    finish(first);

    assertThat(waiter.result()).extracting(SmtpSession::number).containsExactly(1, 2);
  }

  @Test
  void later_sessions_do_not_stand_in_for_earlier_ones_nor_hold_them_up() {
    SessionRecorder first = open(journal);
    finish(open(journal));
    assertThatThrownBy(() -> journal.waits().awaitSessions(1, AT_ONCE))
        .isInstanceOf(AwaitTimeoutError.class);

    SessionRecorder third = open(journal);
    finish(first);
    assertThat(journal.waits().awaitSessions(2, AT_ONCE)).hasSize(2);
    finish(third);
  }

  @Test
  void removed_sessions_count_as_complete() {
    finish(open(journal));
    journal.remove();

    assertThat(journal.waits().awaitSessions(1, AT_ONCE)).isEmpty();
  }

  @Test
  void a_message_wakes_while_its_session_is_still_open() throws Exception {
    SessionRecorder recorder = open(journal);
    Waiter waiter = new Waiter(() -> journal.waits().awaitMessages(2, LONG));
    recorder.add(message());
    waiter.isAsleep();
    recorder.add(message());

    Sessions sessions = waiter.result();
    assertThat(sessions.only().isComplete()).isFalse();
    assertThat(sessions.deliveredMessages()).hasSize(2);
    assertThat(sessions.openCount()).isEqualTo(1);
  }

  @Test
  void it_is_not_quiet_while_a_session_is_open() throws Exception {
    SessionRecorder recorder = open(journal);
    Waiter waiter = new Waiter(() -> journal.waits().awaitQuiet(MILLISECOND, LONG));
    waiter.isAsleep();
    finish(recorder);

    Sessions sessions = waiter.result();
    assertThat(sessions.isQuiet()).isTrue();
    assertThat(sessions.only().isComplete()).isTrue();
  }

  @Test
  void quiet_has_lasted_since_the_last_end() {
    finish(open(journal));
    assertThatThrownBy(() -> journal.waits().awaitQuiet(LONG, MILLISECOND))
        .isInstanceOf(AwaitTimeoutError.class)
        .hasMessageContaining("no open session and 3600000 ms without any event");
    assertThat(journal.waits().awaitQuiet(Duration.ZERO, AT_ONCE).isQuiet()).isTrue();
  }

  @Test
  void before_the_first_connection_quiet_begins_with_the_call() {
    assertThat(journal.waits().awaitQuiet(MILLISECOND, LONG).isQuiet()).isTrue();
    assertThatThrownBy(() -> journal.waits().awaitQuiet(LONG, MILLISECOND))
        .isInstanceOf(AwaitTimeoutError.class)
        .hasMessageEndingWith("No connection was made.\n");
  }

  @Test
  void only_waiting_for_quiet_makes_a_quiet_snapshot() {
    finish(open(journal));

    assertThat(journal.sessions().isQuiet()).isFalse();
    assertThat(journal.waits().awaitSessions(1, AT_ONCE).isQuiet()).isFalse();
    assertThat(journal.everything().isQuiet()).isFalse();
  }

  @Test
  void a_timeout_says_what_was_awaited_and_shows_what_there_was() {
    SessionRecorder recorder = open(journal);
    recorder.add(command("EHLO client.example"));

    assertThatThrownBy(() -> journal.waits().awaitSessions(2, MILLISECOND))
        .isInstanceOfSatisfying(
            AwaitTimeoutError.class,
            error -> {
              assertThat(error)
                  .hasMessageStartingWith(
                      """
                      Expecting
                        2 sessions to be complete
                      within 1 ms, but there was
                        1 session, 1 of them open, and 0 messages accepted

                      session 1 (MX) from 127.0.0.1:40000 at\
                      """)
                  .hasMessageEndingWith(
                      """
                         0.001  C: EHLO client.example
                                -- still open
                      """);
              assertThat(error.sessions().only().number()).isEqualTo(1);
            });
    assertThatThrownBy(() -> journal.waits().awaitMessages(1, MILLISECOND))
        .hasMessageStartingWith("Expecting\n  1 message to be accepted\nwithin 1 ms");
  }

  @Test
  void an_interrupt_is_kept_and_ends_the_wait() throws Exception {
    AtomicReference<Boolean> kept = new AtomicReference<>();
    Waiter waiter =
        new Waiter(
            () -> {
              try {
                return journal.waits().awaitSessions(1, LONG);
              } finally {
                kept.set(Thread.currentThread().isInterrupted());
              }
            });
    waiter.isAsleep();
    waiter.thread.interrupt();

    waiter.failsWith("interrupted while waiting for 1 session to be complete");
    assertThat(kept.get()).isTrue();
  }

  @Test
  void close_ends_waiting_and_later_calls_return_only_what_is_there() throws Exception {
    finish(open(journal));
    Waiter waiter = new Waiter(() -> journal.waits().awaitSessions(2, LONG));
    waiter.isAsleep();
    journal.close();

    waiter.failsWith("closed while waiting for 2 sessions to be complete");
    assertThatThrownBy(() -> journal.waits().awaitMessages(1, LONG))
        .isInstanceOf(IllegalStateException.class);
    assertThat(journal.waits().awaitSessions(1, LONG)).hasSize(1);
  }

  @Test
  void after_a_reset_it_is_waited_for_the_new_numbers() throws Exception {
    SessionRecorder before = open(journal);
    Waiter waiter = new Waiter(() -> journal.waits().awaitSessions(1, LONG));
    waiter.isAsleep();
    journal.reset();
    finish(before);
    waiter.isAsleep();
    finish(open(journal));

    assertThat(waiter.result()).hasSize(1);
  }

  @Test
  void endless_and_impossible_values() {
    finish(open(journal));
    assertThat(journal.waits().awaitSessions(1, Duration.ofSeconds(Long.MAX_VALUE))).hasSize(1);
    assertThatThrownBy(() -> journal.waits().awaitSessions(2, Duration.ofSeconds(-1)))
        .isInstanceOf(AwaitTimeoutError.class);
    assertThatThrownBy(() -> journal.waits().awaitSessions(-1, LONG))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> journal.waits().awaitMessages(-1, LONG))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> journal.waits().awaitQuiet(Duration.ofMillis(-1), LONG))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** A thread that waits. */
  private static final class Waiter {
    final CompletableFuture<Sessions> future = new CompletableFuture<>();
    final Thread thread;

    Waiter(Supplier<Sessions> wait) {
      thread =
          new Thread(
              () -> {
                try {
                  future.complete(wait.get());
                } catch (RuntimeException | Error e) {
                  future.completeExceptionally(e);
                }
              });
      thread.start();
    }

    /** Returns when the thread sleeps, and has not got what it waits for. */
    void isAsleep() {
      while (thread.getState() != Thread.State.TIMED_WAITING) {
        assertThat(future).isNotDone();
        Thread.onSpinWait();
      }
      assertThat(future).isNotDone();
    }

    Sessions result() throws Exception {
      return future.get();
    }

    void failsWith(String message) {
      assertThatThrownBy(future::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(message);
    }
  }
}
