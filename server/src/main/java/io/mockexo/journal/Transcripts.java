package io.mockexo.journal;

import static io.mockexo.journal.EventText.count;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Transcripts as they go into messages and onto screens: of what is very long the beginning and the
 * end are shown, and how much is missing.
 *
 * @since 0.1
 */
public final class Transcripts {

  /** Of a longer transcript so many lines are shown from its beginning, and from its end. */
  private static final int LINES = 200;

  /** Of more sessions so many are shown from the first on, and up to the last. */
  private static final int SESSIONS = 10;

  private Transcripts() {}

  /** The transcripts of these sessions, each ending with a newline. */
  public static List<String> of(List<SmtpSession> sessions) {
    return of(sessions, SmtpSession::transcript);
  }

  /** The texts that {@code transcript} makes of these sessions, each ending with a newline. */
  public static List<String> of(
      List<SmtpSession> sessions, Function<SmtpSession, String> transcript) {
    List<String> texts = new ArrayList<>();
    int surplus = sessions.size() - 2 * SESSIONS;
    for (int i = 0; i < sessions.size(); i++) {
      if (surplus <= 0 || i < SESSIONS || i >= SESSIONS + surplus) {
        texts.add(shortened(transcript.apply(sessions.get(i))));
      } else if (i == SESSIONS) {
        texts.add("... %s left out\n".formatted(count(surplus, "session")));
      }
    }
    return texts;
  }

  /** One transcript, ending with a newline. */
  public static String shortened(String transcript) {
    List<String> lines = transcript.lines().toList();
    int surplus = lines.size() - 2 * LINES;
    List<String> shown = lines;
    if (surplus > 0) {
      shown = new ArrayList<>(lines.subList(0, LINES));
      shown.add("          ... %s left out".formatted(count(surplus, "line")));
      shown.addAll(lines.subList(LINES + surplus, lines.size()));
    }
    return String.join("\n", shown) + "\n";
  }
}
