package io.mockexo.internal.journal;

import static io.mockexo.internal.journal.Recording.JUST_CLOSED;
import static io.mockexo.internal.journal.Recording.command;
import static io.mockexo.internal.journal.Recording.finish;
import static io.mockexo.internal.journal.Recording.journal;
import static io.mockexo.internal.journal.Recording.message;
import static io.mockexo.internal.journal.Recording.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.journal.JournalLimits;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JournalTest {

  private final Journal journal = journal(JournalLimits.defaults());

  @Test
  void numbers_connections_from_one() {
    assertThat(open(journal).number()).isEqualTo(1);
    assertThat(open(journal).number()).isEqualTo(2);
  }

  @Test
  void tells_complete_sessions_from_open_ones() {
    SessionRecorder first = open(journal);
    SessionRecorder second = open(journal);
    second.add(command("EHLO a"));
    finish(second);

    assertThat(journal.sessions()).extracting(SmtpSession::number).containsExactly(2);
    assertThat(journal.sessions().openCount()).isEqualTo(1);
    assertThat(journal.openSessions()).extracting(SmtpSession::number).containsExactly(1);
    assertThat(journal.everything()).extracting(SmtpSession::number).containsExactly(1, 2);

    finish(first);
    assertThat(journal.sessions()).extracting(SmtpSession::number).containsExactly(1, 2);
    assertThat(journal.openSessions()).isEmpty();
  }

  @Test
  void a_snapshot_is_taken_after_all_that_it_has_and_before_what_comes_later() {
    finish(open(journal));
    Sessions before = journal.sessions();
    finish(open(journal));

    assertThat(before.takenAt())
        .hasValueSatisfying(
            taken -> {
              assertThat(taken).isAfterOrEqualTo(before.last().acceptedAt());
              assertThat(journal.everything().last().acceptedAt()).isAfterOrEqualTo(taken);
            });
    assertThat(journal.waits().awaitQuiet(Duration.ZERO, Duration.ofSeconds(30)).takenAt())
        .isPresent();
  }

  @Test
  void a_snapshot_of_an_open_session_does_not_change() {
    SessionRecorder recorder = open(journal);
    recorder.add(command("EHLO a"));
    SmtpSession snapshot = journal.openSessions().get(0);
    recorder.add(command("QUIT"));

    assertThat(snapshot.events()).hasSize(1);
    assertThat(journal.openSessions().get(0).events()).hasSize(2);
  }

  @Test
  void acceptance_times_have_the_distances_of_the_monotonic_clock() {
    SessionRecorder first = open(journal);
    SessionRecorder second = open(journal);

    assertThat(Duration.between(first.acceptedAt(), second.acceptedAt())).isPositive();
    Duration ofSecond = second.now(); // before the first is asked, so that no pause can turn it
    assertThat(first.now()).isGreaterThan(ofSecond);
  }

  @Test
  void removing_returns_the_complete_sessions_and_numbering_goes_on() {
    finish(open(journal));
    SessionRecorder stillOpen = open(journal);

    Sessions removed = journal.remove();

    assertThat(removed).extracting(SmtpSession::number).containsExactly(1);
    assertThat(journal.sessions()).isEmpty();
    finish(stillOpen);
    assertThat(journal.sessions()).extracting(SmtpSession::number).containsExactly(2);
    assertThat(open(journal).number()).isEqualTo(3);
  }

  @Test
  void after_a_reset_numbers_start_at_one_and_older_recorders_write_into_the_void() {
    List<SmtpSession> told = new ArrayList<>();
    journal.subscribe(told::add);
    SessionRecorder before = open(journal);
    finish(open(journal));
    told.clear();

    journal.reset();
    SessionRecorder after = open(journal);
    before.add(message());
    finish(before);

    assertThat(after.number()).isEqualTo(1);
    assertThat(journal.sessions()).isEmpty();
    assertThat(journal.everything()).hasSize(1);
    assertThat(told).isEmpty();
    finish(after);
    assertThat(journal.sessions()).hasSize(1);
    assertThat(told).hasSize(1);
  }

  @Test
  void stays_readable_after_close_and_takes_what_still_ends() {
    SessionRecorder recorder = open(journal);
    journal.close();
    finish(recorder);

    assertThat(journal.sessions()).hasSize(1);
  }

  @Test
  void subscribers_are_told_of_each_session_once_in_order_of_completion() {
    List<Integer> told = new ArrayList<>();
    finish(open(journal));
    Journal.Subscription subscription = journal.subscribe(session -> told.add(session.number()));
    SessionRecorder second = open(journal);
    SessionRecorder third = open(journal);
    finish(third);
    third.close(JUST_CLOSED);
    finish(second);
    subscription.close();
    finish(open(journal));

    assertThat(told).containsExactly(3, 2);
  }

  @Test
  void a_subscriber_that_fails_harms_no_other() {
    List<Integer> told = new ArrayList<>();
    journal.subscribe(
        session -> {
          throw new IllegalStateException("a failing subscriber, logged on purpose");
        });
    journal.subscribe(
        session -> {
          throw new AssertionError("a subscriber with an error, logged on purpose");
        });
    journal.subscribe(session -> told.add(session.number()));
    finish(open(journal));
    finish(open(journal));

    assertThat(told).containsExactly(1, 2);
  }

  @Test
  void a_slow_subscriber_is_not_told_of_what_the_journal_had_to_give_up() {
    Journal small = journal(new JournalLimits(2, 1 << 20, 100));
    List<Integer> told = new ArrayList<>();
    small.subscribe(
        session -> {
          told.add(session.number());
          if (session.number() == 1) {
            for (int i = 0; i < 5; i++) {
              finish(open(small));
            }
          }
        });
    finish(open(small));

    assertThat(told).containsExactly(1, 5, 6);
    assertThat(small.sessions()).extracting(SmtpSession::number).containsExactly(5, 6);
  }

  @Test
  void a_session_for_which_there_is_no_room_is_told_all_the_same() {
    Journal full = journal(new JournalLimits(100, 100_000, 100));
    List<Integer> told = new ArrayList<>();
    full.subscribe(session -> told.add(session.number()));
    SessionRecorder big = open(full);
    while (big.budget().reserve(100)) {
      // takes all
    }
    finish(open(full));

    assertThat(full.sessions()).isEmpty();
    assertThat(told).containsExactly(2);
  }

  @Test
  void a_subscriber_may_ask_the_journal() {
    List<Integer> sizes = new ArrayList<>();
    journal.subscribe(session -> sizes.add(journal.sessions().size()));
    finish(open(journal));

    assertThat(sizes).containsExactly(1);
  }

  @Test
  void many_threads_lose_nothing_and_their_subscriber_is_called_by_one_at_a_time()
      throws InterruptedException {
    int threads = 8;
    int each = 200;
    List<Integer> told = Collections.synchronizedList(new ArrayList<>());
    int[] inside = {0};
    List<String> overlaps = Collections.synchronizedList(new ArrayList<>());
    journal.subscribe(
        session -> {
          inside[0]++;
          told.add(session.number());
          if (inside[0] != 1) {
            overlaps.add("overlap at " + session.number());
          }
          inside[0]--;
        });
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> workers =
        IntStream.range(0, threads)
            .mapToObj(
                i ->
                    new Thread(
                        () -> {
                          awaitUninterrupted(start);
                          for (int n = 0; n < each; n++) {
                            SessionRecorder recorder = open(journal);
                            for (int e = 0; e < 40; e++) {
                              recorder.add(command("NOOP " + e));
                            }
                            recorder.add(message());
                            finish(recorder);
                          }
                        }))
            .toList();
    workers.forEach(Thread::start);
    start.countDown();
    Sessions seen = journal.waits().awaitMessages(threads * each, Duration.ofMinutes(1));
    for (Thread worker : workers) {
      worker.join();
    }

    assertThat(seen.deliveredMessages()).hasSize(threads * each);
    assertThat(journal.sessions().size()).isEqualTo(threads * each);
    assertThat(journal.sessions()).allMatch(session -> session.events().size() == 42);
    assertThat(told).hasSize(threads * each).doesNotHaveDuplicates();
    assertThat(overlaps).isEmpty();
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
