package io.mockexo.assertj;

import io.mockexo.fault.Effect;
import io.mockexo.journal.Attempt;
import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.MailTransaction.Recipient;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.SessionEvent.CommandReceived;
import io.mockexo.journal.SessionEvent.ReplySent;
import io.mockexo.journal.SmtpSession;
import io.mockexo.tls.TlsRefusal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended for one recipient. The first digit of the reply code decides what is
 * transient and what permanent (RFC 5321, section 4.2.1); a connection that the server ended, or
 * left without an answer, is as a 451 (RFC 5321, section 3.8).
 *
 * @param kind what it means for the client
 * @param words the same as it was said: {@code 550 5.7.1 no}
 */
record Ending(Kind kind, String words) {

  /** What the end of an attempt means for the client. */
  enum Kind {
    DELIVERED,
    TRANSIENT,
    PERMANENT,
    /** The client left by itself: whether to come again is its own affair. */
    OTHER
  }

  private static final int SERVICE_CLOSING = 221;

  private static final Ending LOST = new Ending(Kind.TRANSIENT, "a lost connection");
  private static final Ending OTHER = new Ending(Kind.OTHER, "");

  /**
   * The end of an attempt.
   *
   * @param recipient a forward-path; null for a message that never came to RCPT
   */
  static Ending of(Attempt attempt, @Nullable String recipient) {
    MailTransaction transaction = attempt.transaction().orElse(null);
    if (transaction == null) {
      return withoutMail(attempt);
    }
    Optional<Recipient> refused =
        transaction.recipients().stream()
            .filter(rcpt -> rcpt.mailbox().equals(recipient) && !rcpt.accepted())
            .findFirst();
    if (refused.isPresent() && !transaction.isAcceptedFor(refused.get().mailbox())) {
      return ofReply(refused.get().replyCode(), refused.get().replyText());
    }
    return switch (transaction.outcome()) {
      case DELIVERED -> new Ending(Kind.DELIVERED, "");
      case REFUSED -> ofReply(transaction.replyCode(), transaction.replyText());
      case UNACKNOWLEDGED -> LOST;
      case ABORTED -> wasLost(attempt) ? LOST : OTHER;
    };
  }

  boolean is(Kind wanted) {
    return kind == wanted;
  }

  /** Of a session that did not come to MAIL. That STARTTLS is refused for good concerns TLS. */
  private static Ending withoutMail(Attempt attempt) {
    SmtpSession session = attempt.session();
    List<ReplySent> replies =
        session.events(ReplySent.class).stream()
            .filter(reply -> reply.code() != SERVICE_CLOSING)
            .toList();
    ReplySent last = replies.isEmpty() ? null : replies.get(replies.size() - 1);
    if (last != null && last.code() >= 400) {
      boolean ofStartTls = session.startTlsReply().filter(last::equals).isPresent();
      return ofStartTls && last.code() >= 500
          ? OTHER
          : ofReply(last.code(), String.join(" ", last.lines()));
    }
    return wasLost(attempt) ? LOST : OTHER;
  }

  private static Ending ofReply(int code, String text) {
    String words = (code + " " + text).stripTrailing();
    return switch (code / 100) {
      case 4 -> new Ending(Kind.TRANSIENT, words);
      case 5 -> new Ending(Kind.PERMANENT, words);
      default -> OTHER;
    };
  }

  /** Whether the server ended the connection in the middle of the attempt, or fell silent. */
  private static boolean wasLost(Attempt attempt) {
    SmtpSession session = attempt.session();
    boolean byServer =
        session.closed().filter(closed -> closed.by() == Closed.Side.SERVER).isPresent();
    return (byServer || fellSilent(session)) && !clientGaveUp(attempt);
  }

  private static boolean fellSilent(SmtpSession session) {
    return session.tlsRefused().filter(refused -> refused.how() == TlsRefusal.STALL).isPresent()
        || session.faults().stream()
            .map(scripted -> scripted.fault().effect().kind())
            .anyMatch(kind -> kind == Effect.Kind.STALL || kind == Effect.Kind.STOP_READING);
  }

  /** It took leave, gave the transaction up, or went on to something else. */
  private static boolean clientGaveUp(Attempt attempt) {
    SmtpSession session = attempt.session();
    List<CommandReceived> commands = session.events(CommandReceived.class);
    if (commands.isEmpty()) {
      return false;
    }
    CommandReceived last = commands.get(commands.size() - 1);
    boolean wentOn =
        attempt.transaction().isPresent()
            && attempt.failedAt().filter(session.acceptedAt().plus(last.at())::isAfter).isPresent();
    return wentOn || last.verb().equals("QUIT") || last.verb().equals("RSET");
  }
}
