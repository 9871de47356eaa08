package io.mockexo.internal.journal;

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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waiting without end is 1 hour here: a future that nobody completes fails by the timeout. */
@Timeout(30)
class PromisesTest {

  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration MILLISECOND = Duration.ofMillis(1);

  private final Journal journal = journal(JournalLimits.defaults());

  @Test
  void what_is_there_already_is_had_without_any_change() {
    finish(open(journal));

    assertThat(journal.waits().whenSessions(1, LONG).join()).hasSize(1);
    assertThat(journal.waits().whenMessages(0, LONG).join()).hasSize(1);
    assertThat(journal.waits().whenQuiet(Duration.ZERO, LONG).join().isQuiet()).isTrue();
  }

  @Test
  void the_end_of_the_last_session_completes_it() {
    SessionRecorder first = open(journal);
    CompletableFuture<Sessions> two = journal.waits().whenSessions(2, LONG);
    finish(open(journal));
    assertThat(two).isNotDone();
    finish(first);

    assertThat(two.join()).extracting(SmtpSession::number).containsExactly(1, 2);
  }

  @Test
  void a_message_completes_it_while_its_session_is_open() {
    SessionRecorder recorder = open(journal);
    CompletableFuture<Sessions> one = journal.waits().whenMessages(1, LONG);
    recorder.add(message());

    assertThat(one.join().openCount()).isEqualTo(1);
  }

  @Test
  void quiet_comes_by_itself_after_the_last_end() {
    SessionRecorder recorder = open(journal);
    CompletableFuture<Sessions> quiet = journal.waits().whenQuiet(MILLISECOND, LONG);
    finish(recorder);

    assertThat(quiet.join().isQuiet()).isTrue();
  }

  @Test
  void the_timeout_comes_with_what_was_seen() {
    open(journal);

    assertThatThrownBy(journal.waits().whenSessions(1, MILLISECOND)::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(AwaitTimeoutError.class)
        .cause()
        .hasMessageContaining("1 session to be complete")
        .extracting(error -> ((AwaitTimeoutError) error).sessions().openCount())
        .isEqualTo(1);
  }

  @Test
  void closing_the_journal_ends_it() {
    CompletableFuture<Sessions> one = journal.waits().whenSessions(1, LONG);
    journal.close();

    assertThatThrownBy(one::join)
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed while waiting for 1 session to be complete");
    assertThatThrownBy(journal.waits().whenSessions(1, LONG)::join)
        .hasMessageContaining("closed while");
  }

  @Test
  void nobody_minds_one_that_was_cancelled() {
    CompletableFuture<Sessions> cancelled = journal.waits().whenSessions(1, LONG);
    CompletableFuture<Sessions> other = journal.waits().whenSessions(1, LONG);
    cancelled.cancel(false);
    finish(open(journal));

    assertThat(other.join()).hasSize(1);
    assertThat(cancelled).isCancelled();
  }

  @Test
  void a_thousand_wait_at_once() {
    List<CompletableFuture<Sessions>> all =
        IntStream.range(0, 1000).mapToObj(i -> journal.waits().whenSessions(1, LONG)).toList();
    finish(open(journal));

    assertThat(all).allSatisfy(one -> assertThat(one.join()).hasSize(1));
  }
}
