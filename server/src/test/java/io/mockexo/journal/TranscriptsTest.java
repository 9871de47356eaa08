package io.mockexo.journal;

import static io.mockexo.journal.SessionBuilder.session;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TranscriptsTest {

  private static List<SmtpSession> sessions(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(n -> session(n).greeting().open()).toList();
  }

  private static String number(SmtpSession session) {
    return session.number() + "\n";
  }

  @Test
  void twenty_sessions_are_shown_whole_and_of_more_the_first_and_the_last_ten() {
    assertThat(Transcripts.of(sessions(20), TranscriptsTest::number)).hasSize(20);

    assertThat(Transcripts.of(sessions(21), TranscriptsTest::number))
        .hasSize(21)
        .containsSubsequence("10\n", "... 1 session left out\n", "12\n", "21\n")
        .doesNotContain("11\n");
  }

  @Test
  void of_a_long_transcript_the_first_and_the_last_two_hundred_lines_are_shown() {
    String whole = "a line\n".repeat(400);
    assertThat(Transcripts.shortened(whole)).isEqualTo(whole);

    assertThat(Transcripts.shortened("first\n" + whole + "last").lines())
        .hasSize(401)
        .startsWith("first", "a line")
        .contains("          ... 2 lines left out")
        .endsWith("a line", "last");
  }
}
