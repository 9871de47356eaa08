package io.mockexo.journal;

import static io.mockexo.journal.EventText.count;

import io.mockexo.journal.SessionEvent.AuthenticationFailed;
import io.mockexo.journal.SessionEvent.StrayBytes;
import io.mockexo.journal.SessionEvent.TlsEstablished;
import io.mockexo.journal.SessionEvent.TlsFailed;
import io.mockexo.journal.SessionEvent.TlsRefused;
import io.mockexo.tls.TlsMismatch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A session in one short sentence: what became of TLS, of the mail, and what was exposed. */
final class SessionSummary {

  private final SmtpSession session;
  private final List<String> parts = new ArrayList<>();

  private SessionSummary(SmtpSession session) {
    this.session = session;
  }

  static String of(SmtpSession session) {
    return new SessionSummary(session).sentence();
  }

  /** What went wrong with TLS, or why it was not used; empty when it simply worked. */
  static String tlsPart(SmtpSession session) {
    if (session.tlsRefused().isPresent()) {
      return refused(session, session.tlsRefused().get());
    }
    if (session.failedTls()) {
      return "TLS failed: " + failure(session);
    }
    if (session.abandonedTls()) {
      return "left right after the TLS handshake";
    }
    if (session.tls().isPresent()) {
      return "";
    }
    if (beganTlsUnasked(session)) {
      return "began TLS without STARTTLS";
    }
    if (session.cleartextReason().isPresent()) {
      return onThisConnection(session.cleartextReason().get());
    }
    if (session.startTlsRefused()) {
      return "STARTTLS refused with " + session.startTlsReply().orElseThrow().code();
    }
    return "";
  }

  /** What was tried on earlier connections a session does not know. */
  private static String onThisConnection(CleartextReason reason) {
    return reason == CleartextReason.NEVER_TRIED_TLS ? "STARTTLS not used" : reason.toString();
  }

  private static boolean beganTlsUnasked(SmtpSession session) {
    return session.events(StrayBytes.class).stream()
        .anyMatch(stray -> stray.where() == StrayBytes.Place.INSTEAD_OF_COMMAND);
  }

  private String sentence() {
    if (session.isSilent()) {
      add(session.isComplete() ? "silent" : "silent so far");
      add(faults());
      return String.join(", ", parts);
    }
    add(faults());
    String tls = tlsPart(session);
    add(tls.isEmpty() ? idleTls() : tls);
    add(authentication());
    add(mail());
    if (session.sentMailInCleartext() && session.triedTls()) {
      add("mail in cleartext");
    }
    if (session.sentCredentialsInCleartext()) {
      add("credentials in cleartext");
    }
    if (!session.isComplete()) {
      add("still open");
    }
    return parts.isEmpty() ? "sent no mail" : String.join(", ", parts);
  }

  private void add(String part) {
    if (!part.isEmpty()) {
      parts.add(part);
    }
  }

  /** The version, if TLS worked; with a delivery it is told there. */
  private String idleTls() {
    return session.deliveredMessages().isEmpty()
        ? session.tls().map(tls -> tls.version().toString()).orElse("")
        : "";
  }

  private String faults() {
    return session.faults().stream()
        .map(scripted -> "fault " + scripted.fault())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private String authentication() {
    boolean failed = session.authenticatedAs().isEmpty();
    return session.events(AuthenticationFailed.class).stream()
        .filter(event -> failed)
        .reduce((earlier, later) -> later)
        .map(EventText::of)
        .orElse("");
  }

  private String mail() {
    if (!session.deliveredMessages().isEmpty()) {
      return "delivered " + delivered();
    }
    List<MailTransaction> ended = session.transactions();
    if (!ended.isEmpty()) {
      return "delivered nothing, " + outcome(ended.get(ended.size() - 1));
    }
    boolean saidEnough = session.failedTls() || session.abandonedTls() || !session.isComplete();
    return saidEnough ? "" : "sent no mail";
  }

  private String delivered() {
    List<MailTransaction> all = session.deliveredMessages();
    int inside = (int) all.stream().filter(MailTransaction::insideTls).count();
    int outside = all.size() - inside;
    if (inside == 0) {
      return count(outside, "message") + " in cleartext";
    }
    String version = session.tls().map(TlsEstablished::version).map(v -> " over " + v).orElse("");
    String also = outside == 0 ? "" : " and %d in cleartext".formatted(outside);
    return count(inside, "message") + version + also;
  }

  private static String outcome(MailTransaction transaction) {
    return switch (transaction.outcome()) {
      case DELIVERED -> "delivered";
      case REFUSED -> "refused with " + reply(transaction);
      case UNACKNOWLEDGED -> "a message was received and not acknowledged";
      case ABORTED -> "a mail transaction was left unfinished";
    };
  }

  /** The reply code, with the enhanced status code where there is one. */
  private static String reply(MailTransaction transaction) {
    String first = transaction.replyText().strip().split("\\s+", 2)[0];
    boolean enhanced = first.matches("[245]\\.\\d{1,3}\\.\\d{1,3}");
    return transaction.replyCode() + (enhanced ? " " + first : "");
  }

  private static String refused(SmtpSession session, TlsRefused refusal) {
    String offered =
        session.highestTlsOffered().map(v -> "offered " + v).orElse("no known version");
    boolean tellsAll = refusal.mismatch() == TlsMismatch.VERSION;
    String why = tellsAll ? offered : offered + ", " + refusal.reason();
    return "refused: %s, %s".formatted(why, EventText.of(refusal.how()));
  }

  private static String failure(SmtpSession session) {
    List<SessionEvent.Alert> alerts = session.alertsReceived();
    if (!alerts.isEmpty()) {
      return "client sent " + alerts.get(0).description();
    }
    List<TlsFailed> failures = session.events(TlsFailed.class);
    if (!failures.isEmpty()) {
      return failures.get(0).reason();
    }
    return session.clientHellos().isEmpty() ? "no ClientHello" : "handshake not completed";
  }
}
