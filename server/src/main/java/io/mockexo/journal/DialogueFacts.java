package io.mockexo.journal;

import io.mockexo.journal.SessionEvent.CommandReceived;
import io.mockexo.journal.SessionEvent.ReplySent;
import io.mockexo.journal.SessionEvent.StrayBytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows from commands and their replies together. Relies on the order of recording: a reply
 * comes before the next command.
 */
final class DialogueFacts {

  private boolean reachedEhlo;
  private @Nullable String heloName;
  private boolean startTlsOffered;
  private boolean startTlsSent;
  private @Nullable ReplySent startTlsReply;
  private boolean mailInCleartext;
  private @Nullable CleartextReason cleartextReason;
  private boolean credentialsInCleartext;

  private @Nullable CommandReceived unanswered;

  DialogueFacts(List<SessionEvent> events) {
    for (SessionEvent event : events) {
      if (event instanceof CommandReceived line) {
        unanswered = line;
        received(line);
      } else if (event instanceof ReplySent reply) {
        replied(reply);
        unanswered = null;
      } else if (event instanceof StrayBytes stray) {
        strayed(stray);
      }
    }
  }

  boolean reachedEhlo() {
    return reachedEhlo;
  }

  @Nullable String heloName() {
    return heloName;
  }

  boolean startTlsOffered() {
    return startTlsOffered;
  }

  boolean startTlsSent() {
    return startTlsSent;
  }

  @Nullable ReplySent startTlsReply() {
    return startTlsReply;
  }

  boolean sentMailInCleartext() {
    return mailInCleartext;
  }

  @Nullable CleartextReason cleartextReason() {
    return cleartextReason;
  }

  boolean sentCredentialsInCleartext() {
    return credentialsInCleartext;
  }

  private void received(CommandReceived line) {
    credentialsInCleartext |= !line.insideTls() && line.isRedacted();
    String[] words = line.line().strip().split("\\s+", 3);
    switch (line.verb()) {
      case "EHLO", "HELO" -> {
        reachedEhlo = true;
        if (heloName == null && words.length > 1) {
          heloName = words[1];
        }
      }
      case "STARTTLS" -> startTlsSent |= !line.insideTls();
      case "MAIL" -> {
        if (!line.insideTls()) {
          mailInCleartext = true;
          becauseOf(startTlsSent);
        }
      }
      default -> {}
    }
  }

  private void replied(ReplySent reply) {
    if (unanswered == null || unanswered.insideTls()) {
      return;
    }
    switch (unanswered.verb()) {
      case "EHLO" ->
          startTlsOffered |=
              reply.code() == 250
                  && reply.lines().stream().anyMatch(l -> l.strip().equalsIgnoreCase("STARTTLS"));
      case "STARTTLS" -> startTlsReply = reply;
      default -> {}
    }
  }

  /** What is pipelined behind STARTTLS was sent before TLS could fail: exposed, but no fallback. */
  private void strayed(StrayBytes stray) {
    if (stray.kind() == StrayBytes.Kind.MAIL) {
      mailInCleartext = true;
      if (stray.where() != StrayBytes.Place.BEHIND_STARTTLS) {
        becauseOf(startTlsSent);
      }
    } else if (stray.kind() == StrayBytes.Kind.AUTH) {
      credentialsInCleartext = true;
    }
  }

  private void becauseOf(boolean tlsTried) {
    if (tlsTried) {
      cleartextReason = CleartextReason.FELL_BACK;
    } else if (cleartextReason == null) {
      cleartextReason =
          startTlsOffered ? CleartextReason.NEVER_TRIED_TLS : CleartextReason.STARTTLS_NOT_OFFERED;
    }
  }
}
