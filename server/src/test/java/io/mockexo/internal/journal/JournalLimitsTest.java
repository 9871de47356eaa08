package io.mockexo.internal.journal;

import static io.mockexo.internal.journal.Recording.command;
import static io.mockexo.internal.journal.Recording.finish;
import static io.mockexo.internal.journal.Recording.journal;
import static io.mockexo.internal.journal.Recording.message;
import static io.mockexo.internal.journal.Recording.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mockexo.journal.JournalLimits;
import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SessionEvent.CommandReceived;
import io.mockexo.journal.SessionEvent.EventsDropped;
import io.mockexo.journal.SessionEvent.MessageAccepted;
import io.mockexo.journal.SessionEvent.StrayBytes;
import io.mockexo.journal.SmtpSession;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is given up when there is too much. */
class JournalLimitsTest {

  private static final long BYTES = 64 * 1024;

  /** Without what a session takes for itself. */
  private static final long ROOM = BYTES - SessionMemory.SLAB;

  @Test
  void the_oldest_complete_sessions_go_first_and_are_counted() {
    Journal journal = journal(new JournalLimits(2, BYTES, 100));
    SessionRecorder oldestButOpen = open(journal);
    for (int i = 0; i < 4; i++) {
      finish(open(journal));
    }

    assertThat(journal.sessions()).extracting(SmtpSession::number).containsExactly(4, 5);
    assertThat(journal.sessions().evicted()).isEqualTo(2);
    assertThat(journal.openSessions()).hasSize(1);
    finish(oldestButOpen);
    assertThat(journal.sessions().evicted()).isEqualTo(3);
  }

  @Test
  void evicted_sessions_count_as_complete() {
    Journal journal = journal(new JournalLimits(1, BYTES, 100));
    finish(open(journal));
    finish(open(journal));

    assertThat(journal.waits().awaitSessions(2, Duration.ZERO)).hasSize(1);
  }

  @Test
  void removing_and_resetting_forget_how_many_were_evicted() {
    Journal journal = journal(new JournalLimits(1, BYTES, 100));
    finish(open(journal));
    finish(open(journal));

    assertThat(journal.remove().evicted()).isEqualTo(1);
    assertThat(journal.sessions().evicted()).isZero();
    finish(open(journal));
    finish(open(journal));
    journal.reset();
    assertThat(journal.sessions().evicted()).isZero();
  }

  @Test
  void a_message_evicts_complete_sessions_to_make_room() {
    Journal journal = journal(new JournalLimits(100, BYTES, 100));
    for (int i = 0; i < 3; i++) {
      SessionRecorder recorder = open(journal);
      assertThat(recorder.budget().reserve(BYTES / 4)).isTrue();
      finish(recorder);
    }
    SessionRecorder recorder = open(journal);

    assertThat(recorder.budget().reserve(BYTES / 4)).isTrue();
    assertThat(journal.sessions()).extracting(SmtpSession::number).containsExactly(2, 3);
    assertThat(journal.sessions().evicted()).isEqualTo(1);
  }

  @Test
  void a_message_that_cannot_have_room_is_refused_and_evicts_nothing() {
    Journal journal = journal(new JournalLimits(100, BYTES, 100));
    finish(open(journal));
    SessionRecorder big = open(journal);
    assertThat(big.budget().reserve(BYTES / 2)).isTrue();

    assertThat(open(journal).budget().reserve(BYTES / 2 + 1)).isFalse();
    assertThat(journal.sessions()).hasSize(1);
    assertThat(journal.sessions().evicted()).isZero();
  }

  @Test
  void what_is_released_can_be_reserved_again() {
    Journal journal = journal(new JournalLimits(100, BYTES, 100));
    SessionRecorder recorder = open(journal);
    assertThat(recorder.budget().reserve(ROOM)).isTrue();
    assertThat(recorder.budget().reserve(1)).isFalse();
    recorder.budget().release(ROOM);

    assertThat(recorder.budget().reserve(ROOM)).isTrue();
    assertThatThrownBy(() -> recorder.budget().release(ROOM + 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cannot release 61441 bytes of 61440");
    assertThatThrownBy(() -> recorder.budget().reserve(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void memory_comes_back_by_reset_removal_and_the_end_of_forgotten_sessions() {
    Journal journal = journal(new JournalLimits(100, BYTES, 100));
    SessionRecorder forgotten = open(journal);
    assertThat(forgotten.budget().reserve(BYTES / 2)).isTrue();
    SessionRecorder complete = open(journal);
    complete.add(command("NOOP"));
    assertThat(complete.budget().reserve(BYTES / 4)).isTrue();
    finish(complete);
    journal.reset();
    finish(forgotten);

    SessionRecorder recorder = open(journal);
    assertThat(recorder.budget().reserve(ROOM)).isTrue();
    finish(recorder);
    journal.remove();
    assertThat(open(journal).budget().reserve(ROOM)).isTrue();
  }

  @Test
  void too_many_events_of_a_session_are_counted_but_facts_are_kept() {
    Journal journal = journal(new JournalLimits(100, BYTES, 3));
    SessionRecorder recorder = open(journal);
    for (int i = 0; i < 10; i++) {
      recorder.add(command("NOOP " + i));
    }
    recorder.add(message());
    recorder.add(command("NOOP 10"));
    recorder.add(stray(StrayBytes.Kind.AUTH));
    recorder.add(stray(StrayBytes.Kind.AUTH));
    recorder.add(stray(StrayBytes.Kind.OTHER));
    SmtpSession stillOpen = journal.openSessions().get(0);
    finish(recorder);

    List<SessionEvent> events = journal.sessions().only().events();
    assertThat(events)
        .extracting(Object::getClass)
        .containsExactly(
            CommandReceived.class,
            CommandReceived.class,
            CommandReceived.class,
            MessageAccepted.class,
            StrayBytes.class,
            EventsDropped.class,
            SessionEvent.Closed.class);
    assertThat(journal.sessions().only().eventsDropped()).isEqualTo(10);
    assertThat(stillOpen.eventsDropped()).isEqualTo(10);
    assertThat(stillOpen.isComplete()).isFalse();
  }

  @Test
  void commands_are_counted_when_memory_is_exhausted_and_messages_kept_as_far_as_overdraft_goes() {
    Journal journal = journal(new JournalLimits(100, 2000, 20));
    SessionRecorder recorder = open(journal);
    for (int i = 0; i < 100; i++) {
      recorder.add(command("NOOP"));
    }
    for (int i = 0; i < 200; i++) {
      recorder.add(message());
    }

    SmtpSession session = journal.waits().awaitMessages(200, Duration.ZERO).only();
    assertThat(session.events(CommandReceived.class)).hasSizeBetween(1, 20);
    assertThat(session.deliveredMessages()).hasSizeBetween(5, 199);
    assertThat(session.eventsDropped()).isEqualTo(300 + 1 - session.events().size());
  }

  @Test
  void a_full_journal_still_records_new_sessions() {
    Journal journal = journal(new JournalLimits(100, 20_000, 100));
    for (int i = 0; i < 100; i++) {
      SessionRecorder recorder = open(journal);
      recorder.add(command("EHLO client.example"));
      recorder.add(message());
      finish(recorder);
    }

    assertThat(journal.sessions().last().number()).isEqualTo(100);
    assertThat(journal.sessions()).allMatch(session -> session.events().size() == 3);
    assertThat(journal.sessions().evicted()).isPositive();
  }

  @Test
  void impossible_limits_are_refused() {
    assertThatThrownBy(() -> new JournalLimits(0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("journal limit maxSessions must be at least 1, but is 0");
    assertThatThrownBy(() -> new JournalLimits(1, -1, 1)).hasMessageContaining("maxBytes");
    assertThatThrownBy(() -> new JournalLimits(1, 1, 0))
        .hasMessageContaining("maxEventsPerSession");
    assertThat(JournalLimits.defaults()).isEqualTo(new JournalLimits(10_000, 67_108_864, 10_000));
  }

  private static SessionEvent stray(StrayBytes.Kind kind) {
    return new StrayBytes(Duration.ofMillis(1), StrayBytes.Place.AFTER_FIN, kind, 4, "AUTH");
  }
}
