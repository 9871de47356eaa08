package io.mockexo.standalone.evidence.log;

import io.mockexo.journal.SessionEvent.CommandReceived;
import io.mockexo.journal.SessionEvent.ReplySent;
import io.mockexo.journal.SmtpSession;
import java.util.List;

/** The texts that both protocol logs have (facts 6.2). */
final class LogText {

  /** The reply that asks for more of AUTH (RFC 4954, section 4). */
  static final int CONTINUE = 334;

  static final String SENDING_CERTIFICATE =
      "Sending certificate Subject Issuer name Serial number Thumbprint Not before Not after"
          + " Subject alternate names";

  /** For credentials, and for what may be some. */
  private static final String CREDENTIALS = "<authentication response>";

  private LogText() {}

  /** A command, with Exchange's words for what was taken out of it. */
  static String of(CommandReceived command) {
    return command.line().replace("<redacted>", CREDENTIALS);
  }

  /**
   * A reply as one line, also one of several lines.
   *
   * @param gap what stands between the code and the text of several lines
   */
  static String of(ReplySent reply, String gap) {
    List<String> lines = reply.lines();
    if (reply.code() == CONTINUE) {
      return CONTINUE + " " + CREDENTIALS;
    }
    return reply.code() + (lines.size() > 1 ? gap : " ") + String.join(" ", lines);
  }

  static String negotiation(String error) {
    return "TLS negotiation failed with error " + error;
  }

  /** Whether it is the 220 behind which TLS begins. */
  static boolean startsTls(SmtpSession session, ReplySent reply) {
    return reply.code() == 220 && session.startTlsReply().filter(reply::equals).isPresent();
  }

  /** Whether QUIT was answered: then both sides say that they have ended it. */
  static boolean saidGoodbye(SmtpSession session) {
    List<ReplySent> replies = session.events(ReplySent.class);
    return !replies.isEmpty() && replies.get(replies.size() - 1).code() == 221;
  }
}
