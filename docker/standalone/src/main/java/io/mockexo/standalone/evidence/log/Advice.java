package io.mockexo.standalone.evidence.log;

import io.mockexo.journal.CleartextReason;
import io.mockexo.journal.SmtpSession;
import io.mockexo.tls.TlsMismatch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What to change at the sender's, in a sentence or two. */
final class Advice {

  static final String NOT_OFFERED =
      "Look for a firewall that takes STARTTLS out of the EHLO reply or blocks EHLO, and whether"
          + " the sender's address is on a blocklist.";

  private static final String ENABLE_TLS_1_2 = "Enable TLS 1.2 on the sending server or device.";

  /** By reply, code and text: the first that is found in it counts. Facts 3.2, 3.3 and 4. */
  private static final Map<Pattern, String> ON_REPLIES = onReplies();

  private Advice() {}

  static String onHandshake(SmtpSession session, String word) {
    TlsMismatch mismatch = session.tlsRefused().map(refused -> refused.mismatch()).orElse(null);
    if (mismatch == TlsMismatch.VERSION) {
      String reason = session.tlsRefused().map(refused -> refused.reason()).orElse("");
      return reason.equals("below TLS 1.3")
          ? "Enable TLS 1.3 on the sending server or device: this endpoint takes nothing less."
          : ENABLE_TLS_1_2;
    } else if (mismatch != null) {
      return "Enable the cipher suites of Exchange Online on the sending server: ECDHE with"
          + " AES-GCM, and P-256 or P-384.";
    }
    return word.equals(HandshakeFailure.TIMED_OUT)
        ? "Take the traffic out of SMTP and TLS inspection of the firewall; captures on both sides"
            + " of it tell where the packets end."
        : "Look for a device on the way that ends TLS; a capture on both sides of it tells.";
  }

  static String onCleartext(SmtpSession session) {
    CleartextReason reason = session.cleartextReason().orElse(CleartextReason.NEVER_TRIED_TLS);
    return switch (reason) {
      case FELL_BACK ->
          "The mail went in cleartext, since TLS failed: mend that, then require TLS.";
      case STARTTLS_NOT_OFFERED -> "The mail went in cleartext. " + NOT_OFFERED;
      case NEVER_TRIED_TLS ->
          "The mail went in cleartext. If an earlier connection failed, mend that; if none was"
              + " tried with TLS, switch it on (IgnoreSTARTTLS false, smtp_tls_security_level may).";
    };
  }

  static String onReply(int code, String text) {
    String reply = code + " " + text;
    for (Map.Entry<Pattern, String> each : ON_REPLIES.entrySet()) {
      if (each.getKey().matcher(reply).find()) {
        return each.getValue();
      }
    }
    return code < 500
        ? "Nothing, if it does not last: the sender tries again by itself."
        : "What the reply names; the sender does not try again.";
  }

  private static Map<Pattern, String> onReplies() {
    Map<String, String> advice = new LinkedHashMap<>();
    advice.put("4\\.7\\.66\\b|5\\.7\\.67\\b", ENABLE_TLS_1_2);
    advice.put(
        "STARTTLS",
        "Let the sender use STARTTLS (RequireTLS, smtp_tls_security_level encrypt), and let no"
            + " device hide it.");
    advice.put(
        "5\\.7\\.139\\b|5\\.7\\.30\\b",
        "Let the sender log in with OAuth (XOAUTH2), or allow SMTP AUTH for the mailbox, if the"
            + " password is right.");
    advice.put("^535|5\\.7\\.3\\b", "Check user and password, or the access token.");
    advice.put(
        "5\\.7\\.57\\b|5\\.7\\.60\\b",
        "Let the sender log in before MAIL, as the user it sends as.");
    advice.put(
        "5\\.7\\.6[0-4]\\d\\b|5\\.7\\.511\\b",
        "Ask for the address to be taken off the list, at sender.office.com.");
    advice.put(
        "5\\.7\\.64\\b|5\\.7\\.0 Relay|5\\.7\\.51\\b|5\\.7\\.68\\b",
        "Check the inbound connector: the certificate's name or the address has to match it, over"
            + " TLS, and the name has to be an accepted domain.");
    advice.put("blocked using|block list", "Ask the list that the reply names for removal.");
    advice.put("5\\.4\\.1\\b|5\\.1\\.10\\b", "Check the recipient: there is no such mailbox.");
    advice.put(
        "4\\.7\\.[5-8]\\d\\d\\b|4\\.3\\.2\\b|4\\.5\\.3\\b",
        "Send less at a time from this address; the sender tries again by itself.");
    advice.put("5\\.3\\.4\\b", "Send smaller messages: the limit is in the EHLO reply.");
    Map<Pattern, String> patterns = new LinkedHashMap<>();
    advice.forEach((regex, text) -> patterns.put(Pattern.compile(regex), text));
    return patterns;
  }
}
