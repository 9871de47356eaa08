package io.mockexo.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SessionEvent.CommandReceived;
import io.mockexo.journal.SessionEvent.TlsFailed;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the journal counts is not less than what it keeps. */
class EventSizeTest {

  static List<Class<?>> kinds() {
    return AnyEvent.kinds();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void counts_every_text_that_an_event_holds_on_to(Class<?> kind) {
    AnyEvent events = new AnyEvent(new Random(1), 3000);
    for (int i = 0; i < 50; i++) {
      SessionEvent event = events.of(kind);
      assertThat(EventSize.of(event)).isGreaterThan(RetainedText.bytes(event));
    }
  }

  private static CommandReceived command(String verb, String argument) {
    return new CommandReceived(Duration.ZERO, false, verb, verb + " " + argument, false);
  }

  @Test
  void counts_the_name_of_the_client_once_more_since_the_session_keeps_it() {
    String name = "x".repeat(500);
    long ehlo = EventSize.of(command("EHLO", name));
    long noop = EventSize.of(command("NOOP", name));

    assertThat(ehlo - noop).isGreaterThanOrEqualTo(name.length());
  }

  @Test
  void counts_two_bytes_for_characters_that_take_them() {
    long latin = EventSize.of(new TlsFailed(Duration.ZERO, "\u00ff".repeat(100)));
    long other = EventSize.of(new TlsFailed(Duration.ZERO, "\u0100".repeat(100)));

    assertThat(other - latin).isEqualTo(100);
  }
}
