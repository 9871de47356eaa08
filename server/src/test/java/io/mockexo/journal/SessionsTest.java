package io.mockexo.journal;

import static io.mockexo.journal.SessionBuilder.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mockexo.tls.TlsVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionsTest {

  private final SmtpSession one = session(1).greeting().closed();
  private final SmtpSession two = session(2).ehlo().deliver("<1@a>").closed();
  private final SmtpSession three =
      session(3).ehlo("STARTTLS").tls(TlsVersion.TLS_1_3).deliver("<2@a>").closed();
  private final Sessions all = new Sessions(List.of(one, two, three), 4, 1, true);
  private final Sessions none = new Sessions(List.of(), 0, 0, false);

  @Test
  void are_found_by_position_and_by_number() {
    assertThat(all.first()).isSameAs(one);
    assertThat(all.last()).isSameAs(three);
    assertThat(all.number(2)).isSameAs(two);
    assertThat(all.filter(s -> s.number() == 2).only()).isSameAs(two);
    assertThat(all).containsExactly(one, two, three);
  }

  @Test
  void say_what_was_there_instead() {
    assertThatThrownBy(none::first)
        .isInstanceOf(AssertionError.class)
        .hasMessage("Expecting\n  a session\nbut there was\n  no session");
    assertThatThrownBy(() -> all.number(7))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            """
            Expecting
              session 7
            but there was
              session 1 (MX): silent
              session 2 (MX): STARTTLS was not on offer, delivered 1 message in cleartext
              session 3 (MX): delivered 1 message over TLS 1.3
              and 4 that were evicted""");
    assertThatThrownBy(all::only)
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("Expecting\n  exactly one session\nbut there was");
  }

  @Test
  void keep_what_is_known_of_the_others_when_filtered() {
    Sessions filtered = all.filter(s -> s.number() > 1);

    assertThat(filtered.size()).isEqualTo(2);
    assertThat(filtered.evicted()).isEqualTo(4);
    assertThat(filtered.openCount()).isEqualTo(1);
    assertThat(filtered.isQuiet()).isTrue();
  }

  @Test
  void are_merged_in_order_of_time_and_quiet_only_together() {
    SmtpSession between = session(1).acceptedAt(two.acceptedAt().plusMillis(1)).greeting().closed();
    Sessions merged = Sessions.merge(all, new Sessions(List.of(between), 1, 2, false));

    assertThat(merged).containsExactly(one, two, between, three);
    assertThat(merged.evicted()).isEqualTo(5);
    assertThat(merged.openCount()).isEqualTo(3);
    assertThat(merged.isQuiet()).isFalse();
    assertThat(Sessions.merge(all, all).isQuiet()).isTrue();
    assertThatThrownBy(() -> merged.number(1))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("Expecting\n  one session 1\nbut there was");
  }

  @Test
  void know_when_they_were_taken_merged_ones_as_the_first_of_them() {
    Instant noon = SessionBuilder.NOON;
    Sessions early = new Sessions(List.of(one), 0, 0, true, noon);
    Sessions late = new Sessions(List.of(two), 0, 0, true, noon.plusSeconds(1));

    assertThat(late.takenAt()).contains(noon.plusSeconds(1));
    assertThat(late.filter(s -> false).takenAt()).contains(noon.plusSeconds(1));
    assertThat(Sessions.merge(late, early).takenAt()).contains(noon);
    assertThat(Sessions.merge(late, early, all).takenAt()).isEmpty();
    assertThat(Sessions.merge(all, late).takenAt()).isEmpty();
    assertThat(Sessions.merge().takenAt()).isEmpty();
    assertThat(all.takenAt()).isEmpty();
  }

  @Test
  void tell_deliveries_in_cleartext_from_those_over_tls() {
    assertThat(all.deliveredMessages()).hasSize(2);
    assertThat(all.deliveredInCleartext())
        .singleElement()
        .matches(message -> "<1@a>".equals(message.messageId()));
    assertThat(all.deliveredOverTls())
        .singleElement()
        .matches(message -> "<2@a>".equals(message.messageId()));
  }

  @Test
  void have_the_transcripts_of_each() {
    assertThat(all.transcript())
        .isEqualTo(one.transcript() + two.transcript() + three.transcript());
  }

  @Test
  void are_in_the_message_of_a_timeout_with_their_end_if_they_are_long() {
    AwaitTimeoutError error =
        new AwaitTimeoutError("2 sessions to be complete", Duration.ofSeconds(5), "1", all);
    SessionBuilder longSession = session(9);
    for (int i = 0; i < 1000; i++) {
      longSession.command("NOOP of some length to fill the transcript");
    }
    Sessions huge = new Sessions(List.of(longSession.open()), 0, 1, false);
    AwaitTimeoutError bounded = new AwaitTimeoutError("x", Duration.ofMillis(1500), "y", huge);

    assertThat(error.sessions()).isSameAs(all);
    assertThat(error)
        .hasMessage(
            "Expecting\n  2 sessions to be complete\nwithin 5 s, but there was\n  1\n\n"
                + all.transcript());
    assertThat(bounded)
        .hasMessageStartingWith("Expecting\n  x\nwithin 1500 ms, but there was\n  y\n\nsession 9")
        .hasMessageContaining("lines left out\n")
        .hasMessageEndingWith("-- still open\n");
    assertThat(bounded.getMessage().lines()).hasSizeLessThan(410);
    assertThat(new AwaitTimeoutError("x", Duration.ofSeconds(1), "y", none))
        .hasMessageEndingWith("No connection was made.\n");
  }
}
