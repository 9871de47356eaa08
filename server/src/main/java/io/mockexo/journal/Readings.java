package io.mockexo.journal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The ways in which attempts that fit several messages can be put to one each. */
final class Readings {

  /** With more of them the answer would be long in coming, and hardly ever the same in all. */
  private static final int MOST = 512;

  /** Of the messages in all readings together. */
  private static final int MOST_MESSAGES = 65_536;

  private Readings() {}

  /** All readings; none if they are too many to look at. */
  static List<Attempts> of(
      List<MessageAttempts> messages, List<Doubt> doubts, Comparator<Attempt> inTime) {
    int count = count(doubts, messages.size());
    List<Attempts> readings = new ArrayList<>();
    for (int reading = 0; reading < count; reading++) {
      readings.add(new Attempts(read(reading, messages, doubts, inTime), List.of(), inTime));
    }
    return List.copyOf(readings);
  }

  private static int count(List<Doubt> doubts, int messages) {
    int most = Math.min(MOST, MOST_MESSAGES / Math.max(1, messages));
    int count = 1;
    for (Doubt doubt : doubts) {
      count *= doubt.candidates().size();
      if (count > most || !doubt.knowsAllCandidates()) {
        return 0;
      }
    }
    return count;
  }

  private static List<MessageAttempts> read(
      int reading, List<MessageAttempts> messages, List<Doubt> doubts, Comparator<Attempt> inTime) {
    List<MessageAttempts> chosen = chosen(reading, doubts);
    List<MessageAttempts> read = new ArrayList<>();
    for (MessageAttempts message : messages) {
      List<Attempt> attempts = new ArrayList<>(message.attempts());
      for (int i = 0; i < doubts.size(); i++) {
        if (chosen.get(i) == message) {
          attempts.add(doubts.get(i).attempt());
        }
      }
      read.add(message.with(attempts, inTime));
    }
    return read;
  }

  /** For each doubt a candidate: the digits of the reading's number choose it. */
  private static List<MessageAttempts> chosen(int reading, List<Doubt> doubts) {
    List<MessageAttempts> chosen = new ArrayList<>();
    int rest = reading;
    for (Doubt doubt : doubts) {
      int choices = doubt.candidates().size();
      chosen.add(doubt.candidates().get(rest % choices));
      rest /= choices;
    }
    return chosen;
  }
}
