package io.mockexo.standalone.evidence.log;

import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SessionEvent.CommandReceived;
import io.mockexo.journal.SessionEvent.MessageDataReceived;
import io.mockexo.journal.SessionEvent.ReplySent;
import io.mockexo.journal.SmtpSession;
import io.mockexo.standalone.evidence.log.Said.Certainty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A command of the mail transaction, the login for it, or the connection itself was refused. */
final class RefusalWords {

  /** Of DATA behind a refused RCPT: a consequence, and no cause. */
  private static final int BAD_SEQUENCE = 503;

  private static final String GREETING = "greeting";

  /**
   * What was refused.
   *
   * @param command as Postfix names it: {@code RCPT TO}, {@code end of DATA}
   * @param line the command
   */
  private record Refusal(String command, String line, ReplySent reply) {}

  private final SenderLines lines;

  private RefusalWords(SmtpSession session) {
    this.lines = new SenderLines(session);
  }

  static Optional<SenderWords> of(SmtpSession session) {
    return first(session).map(new RefusalWords(session)::words);
  }

  private static Optional<Refusal> first(SmtpSession session) {
    String command = GREETING;
    String line = "";
    for (SessionEvent event : session.events()) {
      if (event instanceof CommandReceived received) {
        String named = named(received, command);
        line = named == null ? "" : LogText.of(received);
        command = named == null ? "" : named;
      } else if (event instanceof MessageDataReceived) {
        command = "end of DATA";
      } else if (event instanceof ReplySent reply) {
        if (isRefusal(session, command, reply)) {
          return Optional.of(new Refusal(command, line, reply));
        }
        // What comes after an answer and before a command is a time-out, and no refusal.
        command = reply.code() == LogText.CONTINUE ? command : "";
      }
    }
    return Optional.empty();
  }

  private static boolean isRefusal(SmtpSession session, String command, ReplySent reply) {
    boolean madeGood = command.equals("AUTH") && session.authenticatedAs().isPresent();
    // A client that is refused EHLO says HELO.
    boolean canGoOn = command.equals("EHLO") && reply.code() != 421;
    return reply.code() >= 400
        && reply.code() != BAD_SEQUENCE
        && !command.isEmpty()
        && !madeGood
        && !canGoOn;
  }

  /** Null for a command whose refusal keeps no mail from going. */
  private static @Nullable String named(CommandReceived command, String before) {
    return switch (command.verb()) {
      case "EHLO", "HELO" -> command.verb();
      case "MAIL" -> "MAIL FROM";
      case "RCPT" -> "RCPT TO";
      case "DATA" -> "DATA";
      case "BDAT" -> "end of DATA";
      case "AUTH" -> "AUTH";
      case "" -> before.equals("AUTH") ? before : null;
      default -> null;
    };
  }

  private SenderWords words(Refusal refusal) {
    String reply = LogText.of(refusal.reply(), " ");
    boolean permanent = refusal.reply().code() >= 500;
    List<Said> said = new ArrayList<>();
    said.add(Said.exchange("send log", reply, Certainty.SEEN));
    if (refusal.command().equals("AUTH")) {
      // Whatever the code: who cannot log in keeps the message, and tries again.
      said.add(Said.exchange("queue", StartTlsWords.responded(reply), Certainty.GUESSED));
      said.add(login(reply));
    } else {
      said.addAll(exchange(reply, permanent));
      others(said, refusal, reply, permanent);
    }
    String text = String.join(" ", refusal.reply().lines());
    return new SenderWords(said, Advice.onReply(refusal.reply().code(), text), unknown(refusal));
  }

  /** The shape of the line of an NDR was seen, yet only with a message that had expired. */
  private List<Said> exchange(String reply, boolean permanent) {
    return permanent
        ? List.of(Said.exchange("NDR, at once", lines.returned(reply), Certainty.GUESSED))
        : List.of(
            Said.exchange("queue", lines.lastError(reply), Certainty.GUESSED),
            Said.exchange(
                "queue, older builds", StartTlsWords.responded(reply), Certainty.DOCUMENTED));
  }

  private static String unknown(Refusal refusal) {
    int code = refusal.reply().code();
    char enhanced = refusal.reply().enhancedStatusCode().orElse("0").charAt(0);
    return code < 500 && enhanced == '5'
        ? "The reply is transient, its enhanced code permanent: who goes by the first tries again,"
            + " who goes by the other returns the message."
        : "";
  }

  private Said login(String reply) {
    return Said.postfix(
        "log",
        "status=deferred (SASL authentication failed; server %s said: %s)"
            .formatted(lines.host(), reply),
        Certainty.SECOND_HAND);
  }

  /** Both as our own tests see them. */
  private void others(List<Said> said, Refusal refusal, String reply, boolean permanent) {
    boolean greeted = !List.of(GREETING, "EHLO", "HELO").contains(refusal.command());
    String because = greeted ? " (in reply to %s command)".formatted(refusal.command()) : "";
    String told =
        "host %s %s: %s%s"
            .formatted(lines.host(), greeted ? "said" : "refused to talk to me", reply, because);
    String status = permanent && greeted ? "bounced" : "deferred";
    said.add(Said.postfix("log", "status=%s (%s)".formatted(status, told), Certainty.SEEN));
    if (permanent && greeted) {
      said.add(Said.postfix("NDR, at once", "<recipient>: " + told, Certainty.SECOND_HAND));
      String after = refusal.command().equals("end of DATA") ? refusal.command() : refusal.line();
      said.add(
          Said.exim(
              "SMTP error from remote mail server after %s: %s".formatted(after, reply),
              Certainty.SEEN));
    }
  }
}
