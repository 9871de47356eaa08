package io.mockexo.standalone.evidence.log;

import static io.mockexo.standalone.evidence.log.LogEntry.disconnect;
import static io.mockexo.standalone.evidence.log.LogEntry.information;
import static io.mockexo.standalone.evidence.log.LogEntry.line;
import static java.util.stream.Collectors.joining;

import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SessionEvent.AuthenticationFailed;
import io.mockexo.journal.SessionEvent.ClientCertificateShown;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.SessionEvent.CommandReceived;
import io.mockexo.journal.SessionEvent.MessageAccepted;
import io.mockexo.journal.SessionEvent.ReplySent;
import io.mockexo.journal.SessionEvent.TlsEstablished;
import io.mockexo.journal.SessionEvent.TransactionFailed;
import io.mockexo.journal.SmtpSession;
import io.mockexo.standalone.evidence.log.LogEntry.Event;
import io.mockexo.tls.ClientIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session as the send log of its client would have it, if that was an Exchange server (facts 6.2,
 * lines of the Exchange team blog of January 2021, V). The times are those of our clock. What a
 * receiver cannot know is left out: serial number, issuer and dates of the client's certificate,
 * and all of it where no handshake was completed.
 */
final class SendLog {

  private static final int HALF = 32;

  private final SmtpSession session;
  private final List<LogEntry> entries = new ArrayList<>();

  private boolean awaitsCredentials;
  private int mails;

  private SendLog(SmtpSession session) {
    this.session = session;
  }

  static List<LogEntry> of(SmtpSession session) {
    SendLog log = new SendLog(session);
    log.begin();
    List<SessionEvent> events = Pipelining.asSent(session.events());
    for (int i = 0; i < events.size(); i++) {
      if (isMail(events.get(i))) {
        log.message(events.get(i).at(), messageId(events.subList(i + 1, events.size())));
      }
      log.add(events.get(i));
    }
    return log.entries;
  }

  private void begin() {
    Duration at = Duration.ZERO;
    entries.add(
        new LogEntry(
            at, Event.INFORMATION, "SendRoutingHeaders", "Set Session Permissions", false));
    entries.add(new LogEntry(at, Event.INFORMATION, "", "attempting to connect", false));
    entries.add(new LogEntry(at, Event.CONNECT, "", "", true));
  }

  private void add(SessionEvent event) {
    if (event instanceof CommandReceived command) {
      if (!awaitsCredentials || !command.verb().isEmpty()) {
        entries.add(line(command.at(), Event.SENT, LogText.of(command)));
      }
    } else if (event instanceof ReplySent reply) {
      reply(reply);
    } else if (event instanceof TlsEstablished tls) {
      entries.add(information(tls.at(), "", Schannel.succeeded(tls, "CLIENT")));
    } else if (event instanceof AuthenticationFailed failed) {
      // In a session between two Exchange servers, 2019, V.
      entries.add(information(failed.at(), "", "Outbound Authentication failed with LogonDenied"));
    } else if (event instanceof Closed closed) {
      closed(closed);
    }
  }

  private void reply(ReplySent reply) {
    awaitsCredentials = reply.code() == LogText.CONTINUE;
    entries.add(line(reply.at(), Event.RECEIVED, LogText.of(reply, " ")));
    if (LogText.startsTls(session, reply)) {
      entries.add(information(reply.at(), ownCertificate(), LogText.SENDING_CERTIFICATE));
    }
  }

  /** Exchange logs the one that it would send, whether it is asked for it or not. */
  private String ownCertificate() {
    return session.events(ClientCertificateShown.class).stream()
        .map(ClientCertificateShown::client)
        .findFirst()
        .map(SendLog::known)
        .orElse("");
  }

  private static String known(ClientIdentity client) {
    String names = client.dnsNames().stream().map(name -> name + ";").collect(joining());
    return " " + client.subject() + (names.isEmpty() ? "" : " " + names);
  }

  private static boolean isMail(SessionEvent event) {
    return event instanceof CommandReceived command && command.verb().equals("MAIL");
  }

  /** Of the message that a MAIL was for; null if it never came so far. */
  private static @Nullable String messageId(List<SessionEvent> later) {
    for (SessionEvent event : later) {
      if (isMail(event)) {
        return null;
      }
      MailTransaction ended =
          event instanceof MessageAccepted accepted
              ? accepted.transaction()
              : event instanceof TransactionFailed failed ? failed.transaction() : null;
      if (ended != null) {
        return ended.messageId();
      }
    }
    return null;
  }

  /**
   * Two numbers make a RecordId, the lower half of it small, as in the one that was seen (G); here
   * session and message. The sender knows an id that never came to us.
   */
  private void message(Duration at, @Nullable String messageId) {
    mails++;
    long recordId = ((long) session.number() << HALF) + mails;
    entries.add(
        information(
            at,
            "",
            "sending message with RecordId %d and InternetMessageId %s"
                .formatted(recordId, messageId == null ? "<not seen>" : messageId)));
  }

  private void closed(Closed closed) {
    HandshakeFailure.toTheSender(session)
        .ifPresent(word -> entries.add(information(closed.at(), "", LogText.negotiation(word))));
    boolean local = closed.by() == Closed.Side.CLIENT || LogText.saidGoodbye(session);
    entries.add(disconnect(closed.at(), local ? "Local" : "Remote"));
  }
}
