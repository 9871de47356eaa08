package io.mockexo.standalone.evidence.log;

import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.SmtpSession;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the log of a client's own mail server will say about a session, and what to change there:
 * for who has that log, and not ours. Concluded from the session alone. What depends on the
 * client's settings is said with the setting that it depends on.
 *
 * @param said the lines, those of Exchange first; empty if there is nothing to say
 * @param change what to change, in a sentence or two; empty if nothing
 * @param unknown what a receiver cannot know of it; empty if nothing
 */
public record SenderWords(List<Said> said, String change, String unknown) {

  private static final SenderWords NOTHING = new SenderWords(List.of(), "", "");

  private static final Set<MailTransaction.Outcome> CAME =
      Set.of(MailTransaction.Outcome.DELIVERED, MailTransaction.Outcome.UNACKNOWLEDGED);

  /** Copies. */
  public SenderWords {
    said = List.copyOf(said);
  }

  /** What will be said about a session; about one that is open, so far. */
  public static SenderWords of(SmtpSession session) {
    SenderWords mail =
        first(session, List.of(HandshakeWords::of, RefusalWords::of, LossWords::of))
            .and(delivered(session))
            .and(wentInCleartext(session));
    return mail.equals(NOTHING) ? StartTlsWords.of(session).orElse(NOTHING) : mail;
  }

  private static SenderWords first(
      SmtpSession session, List<Function<SmtpSession, Optional<SenderWords>>> kinds) {
    return kinds.stream()
        .map(kind -> kind.apply(session))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(NOTHING);
  }

  /** What went wrong comes before what went well. */
  private SenderWords and(SenderWords more) {
    return new SenderWords(
        Stream.concat(said.stream(), more.said.stream()).toList(),
        (change + " " + more.change).strip(),
        (unknown + " " + more.unknown).strip());
  }

  /** All of it, for a file. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    for (Said line : said) {
      text.append(
          "%s, %s (%s):\n  %s\n"
              .formatted(line.software(), line.where(), line.certainty().words(), line.text()));
    }
    if (said.isEmpty()) {
      text.append("The sender's log has nothing to say of this connection.\n");
    }
    if (!change.isEmpty()) {
      text.append("\nWhat to change\n  ").append(change).append('\n');
    }
    if (!unknown.isEmpty()) {
      text.append("\nWhat cannot be known from here\n  ").append(unknown).append('\n');
    }
    return text.toString();
  }

  private static SenderWords delivered(SmtpSession session) {
    return session.deliveredMessages().stream()
        .reduce((earlier, later) -> later)
        .map(SenderWords::delivered)
        .orElse(NOTHING);
  }

  private static SenderWords delivered(MailTransaction mail) {
    String reply = mail.replyCode() + " " + mail.replyText();
    return new SenderWords(
        List.of(
            Said.exchange("send log", reply, Said.Certainty.SEEN),
            Said.postfix("log", "status=sent (%s)".formatted(reply), Said.Certainty.SEEN)),
        "",
        "");
  }

  /** Whatever else there is to say: also of a message that came, and whose sender was not told. */
  private static SenderWords wentInCleartext(SmtpSession session) {
    boolean went =
        session.transactions().stream()
            .filter(mail -> CAME.contains(mail.outcome()))
            .anyMatch(mail -> !mail.insideTls());
    return went ? new SenderWords(List.of(), Advice.onCleartext(session), "") : NOTHING;
  }
}
