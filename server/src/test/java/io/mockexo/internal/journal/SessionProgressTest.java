package io.mockexo.internal.journal;

import static io.mockexo.internal.journal.Recording.command;
import static io.mockexo.internal.journal.Recording.finish;
import static io.mockexo.internal.journal.Recording.journal;
import static io.mockexo.internal.journal.Recording.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.exchange.Endpoint;
import io.mockexo.journal.JournalLimits;
import io.mockexo.journal.OpenSession;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who wants to know is told of each event of a session while it goes on. */
class SessionProgressTest {

  private final Journal journal = journal(JournalLimits.defaults());
  private final List<OpenSession> told = new ArrayList<>();

  private static int events(OpenSession session) {
    return session.soFar().orElseThrow().events().size();
  }

  @Test
  void each_event_but_the_last_is_told_and_the_session_is_as_far_as_it_has_come() {
    journal.subscribeToProgress(told::add);
    SessionRecorder recorder = open(journal);
    assertThat(told).isEmpty();

    recorder.add(command("EHLO a"));
    assertThat(told).hasSize(1);
    assertThat(told.get(0).number()).isEqualTo(1);
    assertThat(events(told.get(0))).isEqualTo(1);

    recorder.add(command("NOOP"));
    assertThat(told).hasSize(2);
    assertThat(told.get(1)).isSameAs(told.get(0));
    assertThat(events(told.get(0))).isEqualTo(2);

    finish(recorder);
    recorder.add(command("LATE"));
    assertThat(told).hasSize(2);
    assertThat(told.get(0).soFar()).isEmpty();
  }

  @Test
  void events_that_are_left_out_are_told_as_well() {
    Journal small = journal(new JournalLimits(10, 1 << 20, 1));
    small.subscribeToProgress(told::add);
    SessionRecorder recorder = open(small);
    recorder.add(command("EHLO a"));
    recorder.add(command("NOOP"));

    assertThat(told).hasSize(2);
  }

  @Test
  void who_has_left_is_told_nothing() {
    SessionRecorder recorder = open(journal);
    Journal.Subscription subscription = journal.subscribeToProgress(told::add);
    subscription.close();
    recorder.add(command("EHLO a"));

    assertThat(told).isEmpty();
  }

  @Test
  void a_session_that_is_forgotten_or_not_recorded_is_not_told() {
    journal.subscribeToProgress(told::add);
    SessionRecorder before = open(journal);
    before.add(command("EHLO a"));
    journal.reset();
    before.add(command("NOOP"));
    InetSocketAddress somewhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40000);
    journal.unrecorded(Endpoint.MX, somewhere, somewhere).add(command("EHLO probe"));

    assertThat(told).hasSize(1);
    assertThat(told.get(0).soFar()).isEmpty();
  }

  @Test
  void a_subscriber_that_fails_harms_neither_others_nor_the_session() {
    journal.subscribeToProgress(
        session -> {
          throw new IllegalStateException("a failing subscriber, logged on purpose");
        });
    journal.subscribeToProgress(told::add);
    SessionRecorder recorder = open(journal);
    recorder.add(command("EHLO a"));

    assertThat(told).hasSize(1);
    assertThat(events(told.get(0))).isEqualTo(1);
  }
}
