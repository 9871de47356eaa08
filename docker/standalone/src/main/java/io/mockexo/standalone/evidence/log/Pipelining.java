package io.mockexo.standalone.evidence.log;

import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SessionEvent.CommandReceived;
import io.mockexo.journal.SessionEvent.ReplySent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Events in the order in which a sender that pipelines met them: Exchange sends MAIL and RCPT in
 * one go where the server lists PIPELINING (facts 3.4), and the replies come behind them.
 */
final class Pipelining {

  private final List<SessionEvent> events;
  private final List<SessionEvent> ordered = new ArrayList<>();

  private Pipelining(List<SessionEvent> events) {
    this.events = events;
  }

  static List<SessionEvent> asSent(List<SessionEvent> events) {
    boolean listed =
        events.stream()
            .anyMatch(e -> e instanceof ReplySent reply && reply.lines().contains("PIPELINING"));
    return listed ? new Pipelining(events).ordered() : events;
  }

  private List<SessionEvent> ordered() {
    for (int i = 0; i < events.size(); i++) {
      SessionEvent event = events.get(i);
      ordered.add(event);
      if (is(event, "MAIL")) {
        i = envelope(i);
      }
    }
    return ordered;
  }

  /** Puts the RCPTs that follow in front of the replies; returns the index of the last of them. */
  private int envelope(int mail) {
    Duration at = events.get(mail).at();
    List<SessionEvent> replies = new ArrayList<>();
    int last = mail;
    while (last + 2 < events.size()
        && events.get(last + 1) instanceof ReplySent reply
        && is(events.get(last + 2), "RCPT")) {
      replies.add(reply);
      ordered.add(sentAt(at, (CommandReceived) events.get(last + 2)));
      last += 2;
    }
    ordered.addAll(replies);
    return last;
  }

  private static CommandReceived sentAt(Duration at, CommandReceived rcpt) {
    return new CommandReceived(at, rcpt.insideTls(), rcpt.verb(), rcpt.line(), rcpt.redacted());
  }

  private static boolean is(SessionEvent event, String verb) {
    return event instanceof CommandReceived command && command.verb().equals(verb);
  }
}
