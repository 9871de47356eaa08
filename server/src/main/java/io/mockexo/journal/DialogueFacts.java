package io.mockexo.journal;

import io.mockexo.journal.SessionEvent.CommandReceived;
import io.mockexo.journal.SessionEvent.ReplySent;
import io.mockexo.journal.SessionEvent.StrayBytes;
import java.util.List;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * What follows from commands and their replies together, as far as a session has come. Relies on
 * the order of recording: a reply comes before the next command.
 */
final class DialogueFacts {

  /** Of EHLO: the client's own mistake, after which it has not been told what is on offer. */
  private static final int SYNTAX_ERROR = 501;

  private boolean reachedEhlo;
  private @Nullable String heloName;
  private boolean startTlsOffered;
  private boolean startTlsAskedForInVain;
  private boolean startTlsSent;
  private @Nullable ReplySent startTlsReply;
  private boolean mailInCleartext;
  private @Nullable CleartextReason cleartextReason;
  private boolean credentialsInCleartext;
  private boolean saidQuit;

  private @Nullable CommandReceived unanswered;

  static DialogueFacts of(List<SessionEvent> events) {
    DialogueFacts facts = new DialogueFacts();
    events.forEach(facts::add);
    return facts;
  }

  /** Takes the next event into account. */
  void add(SessionEvent event) {
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

  boolean saidQuit() {
    return saidQuit;
  }

  /** Whether the last command has no reply so far. */
  boolean awaitsReply() {
    return unanswered != null;
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

  /** Why mail went in cleartext; having fallen back outweighs what was before. */
  @Nullable CleartextReason cleartextReason() {
    return cleartextReason;
  }

  /** Why mail would go in cleartext that is sent outside TLS at this point. */
  CleartextReason cleartextReasonNow() {
    if (startTlsSent) {
      return CleartextReason.FELL_BACK;
    }
    return startTlsAskedForInVain && !startTlsOffered
        ? CleartextReason.STARTTLS_NOT_OFFERED
        : CleartextReason.NEVER_TRIED_TLS;
  }

  boolean sentCredentialsInCleartext() {
    return credentialsInCleartext;
  }

  private void received(CommandReceived line) {
    credentialsInCleartext |= !line.insideTls() && line.redacted();
    switch (line.verb()) {
      case "EHLO", "HELO" -> {
        reachedEhlo = true;
        if (heloName == null) {
          heloName = argument(line);
        }
      }
      case "STARTTLS" -> startTlsSent |= !line.insideTls();
      case "QUIT" -> saidQuit = true;
      case "MAIL" -> {
        if (!line.insideTls()) {
          sentMailInCleartextNow();
        }
      }
      default -> {}
    }
  }

  /**
   * The first argument, or null. Behind a verb that was recognized an escaped tab is a tab: nothing
   * else parts words, and no domain has a backslash. Nor has one a parenthesis: a remark has.
   */
  private static @Nullable String argument(CommandReceived command) {
    StringTokenizer words = new StringTokenizer(command.line().replace("\\x09", " "), " ");
    boolean shown = words.hasMoreTokens() && words.nextToken().equalsIgnoreCase(command.verb());
    String argument = shown && words.hasMoreTokens() ? words.nextToken() : null;
    return argument == null || argument.startsWith("(") ? null : argument;
  }

  private void replied(ReplySent reply) {
    if (unanswered == null || unanswered.insideTls()) {
      return;
    }
    switch (unanswered.verb()) {
      case "EHLO" -> {
        boolean listed =
            reply.code() == 250
                && reply.lines().stream().anyMatch(l -> l.strip().equalsIgnoreCase("STARTTLS"));
        startTlsOffered |= listed;
        startTlsAskedForInVain |= !listed && reply.code() != SYNTAX_ERROR;
      }
      case "STARTTLS" -> startTlsReply = reply;
      default -> {}
    }
  }

  /** What is pipelined behind STARTTLS was sent before TLS could fail: exposed, but no fallback. */
  private void strayed(StrayBytes stray) {
    if (stray.kind().isMail()) {
      if (stray.where() == StrayBytes.Place.BEHIND_STARTTLS) {
        mailInCleartext = true;
      } else {
        sentMailInCleartextNow();
      }
    }
    credentialsInCleartext |= stray.kind().isAuth();
  }

  private void sentMailInCleartextNow() {
    mailInCleartext = true;
    CleartextReason now = cleartextReasonNow();
    if (cleartextReason == null || now == CleartextReason.FELL_BACK) {
      cleartextReason = now;
    }
  }
}
