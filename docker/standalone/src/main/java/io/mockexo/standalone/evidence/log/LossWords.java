package io.mockexo.standalone.evidence.log;

import io.mockexo.fault.Effect;
import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.SessionEvent.CommandReceived;
import io.mockexo.journal.SessionEvent.MessageDataReceived;
import io.mockexo.journal.SessionEvent.ReplySent;
import io.mockexo.journal.SmtpSession;
import io.mockexo.standalone.evidence.log.Said.Certainty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The connection was lost, or fell silent, before the client had what it came for. */
final class LossWords {

  private static final String END_OF_DATA =
      "sending end of data -- message may be sent more than once";

  private static final String GREETING = "receiving the initial server greeting";

  private LossWords() {}

  static Optional<SenderWords> of(SmtpSession session) {
    boolean silent = wasSilent(session);
    boolean lost =
        session.closed().filter(end -> end.by() == Closed.Side.SERVER).isPresent()
            && !LogText.saidGoodbye(session);
    boolean unfinished = session.deliveredMessages().isEmpty() || wasUnacknowledged(session);
    return unfinished && session.isComplete() && (lost || silent)
        ? Optional.of(words(session, silent))
        : Optional.empty();
  }

  private static SenderWords words(SmtpSession session, boolean silent) {
    SenderLines lines = new SenderLines(session);
    boolean copies = wasUnacknowledged(session);
    String where = copies ? END_OF_DATA : where(session);
    String error =
        SenderLines.dropped(silent ? HandshakeFailure.TIMED_OUT : HandshakeFailure.SOCKET_ERROR);
    List<Said> said = new ArrayList<>();
    said.add(Said.exchange("queue", lines.lastError(error), Certainty.GUESSED));
    said.add(
        Said.exchange(
            "NDR after two days", lines.returned(SenderLines.expired(error)), Certainty.GUESSED));
    String format =
        silent
            ? "status=deferred (conversation with %s timed out while %s)"
            : "status=deferred (lost connection with %s while %s)";
    boolean seen = where.equals(END_OF_DATA) || where.equals(GREETING);
    said.add(
        Said.postfix(
            "log",
            format.formatted(lines.host(), where),
            seen ? Certainty.SEEN : Certainty.SECOND_HAND));
    return new SenderWords(
        said,
        copies
            ? "Nothing at the sender's: it cannot know that the message has come, and sends it"
                + " again. Recipients have it twice unless the Message-ID is looked at."
            : "Look for a device on the way that ends or holds connections; a capture on both"
                + " sides of it tells.",
        copies && session.wasReset()
            ? "Whether a reply was on its way, and was destroyed by the reset."
            : "");
  }

  private static boolean wasSilent(SmtpSession session) {
    return session.faults().stream()
        .map(fired -> fired.fault().effect().kind())
        .anyMatch(kind -> kind == Effect.Kind.STALL || kind == Effect.Kind.STOP_READING);
  }

  private static boolean wasUnacknowledged(SmtpSession session) {
    return session.transactions().stream()
        .anyMatch(mail -> mail.outcome() == MailTransaction.Outcome.UNACKNOWLEDGED);
  }

  /** Where a sender was that waits for each reply, in the words of Postfix. */
  private static String where(SmtpSession session) {
    String where = GREETING;
    for (SessionEvent event : session.events()) {
      if (event instanceof CommandReceived command) {
        where = where(command.verb(), where);
      } else if (event instanceof MessageDataReceived) {
        where = END_OF_DATA;
      } else if (event instanceof ReplySent reply
          && reply.code() == 220
          && where.equals(GREETING)) {
        where = "performing the EHLO handshake";
      }
    }
    return where;
  }

  private static String where(String verb, String before) {
    return switch (verb) {
      case "HELO" -> "performing the HELO handshake";
      case "EHLO" -> "performing the EHLO handshake";
      case "MAIL" -> "sending MAIL FROM";
      case "RCPT" -> "sending RCPT TO";
      case "DATA" -> "sending DATA command";
      case "BDAT" -> "sending message body";
      default -> before;
    };
  }
}
