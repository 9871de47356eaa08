package io.mockexo.standalone.evidence.log;

import static io.mockexo.standalone.evidence.log.LogEntry.disconnect;
import static io.mockexo.standalone.evidence.log.LogEntry.information;
import static io.mockexo.standalone.evidence.log.LogEntry.line;

import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SessionEvent.AuthenticationFailed;
import io.mockexo.journal.SessionEvent.ClientCertificateShown;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.SessionEvent.CommandReceived;
import io.mockexo.journal.SessionEvent.ReplySent;
import io.mockexo.journal.SessionEvent.TlsEstablished;
import io.mockexo.journal.SmtpSession;
import io.mockexo.standalone.evidence.log.LogEntry.Event;
import io.mockexo.tls.ClientIdentity;
import io.mockexo.tls.ClientVerdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A session as the receive log of our side has it (facts 6.2). What a middlebox made of a reply is
 * what stands here: it is a part of our side.
 */
final class ReceiveLog {

  private final SmtpSession session;
  private final List<LogEntry> entries = new ArrayList<>();

  private boolean awaitsCredentials;
  private boolean hasTlsNews;

  private ReceiveLog(SmtpSession session) {
    this.session = session;
  }

  static List<LogEntry> of(SmtpSession session) {
    ReceiveLog log = new ReceiveLog(session);
    log.entries.add(new LogEntry(Duration.ZERO, Event.CONNECT, "", "", true));
    session.events().forEach(log::add);
    return log.entries;
  }

  private void add(SessionEvent event) {
    if (event instanceof CommandReceived command) {
      command(command);
    } else if (event instanceof ReplySent reply) {
      reply(reply);
    } else if (event instanceof TlsEstablished tls) {
      hasTlsNews = true;
      entries.add(information(tls.at(), "", Schannel.succeeded(tls, "SERVER")));
    } else if (event instanceof AuthenticationFailed failed) {
      failed(failed);
    } else if (event instanceof Closed closed) {
      closed(closed);
    }
  }

  /** What a client says to a 334 is not logged (facts 6.2, V). */
  private void command(CommandReceived command) {
    if (awaitsCredentials && command.verb().isEmpty()) {
      return;
    }
    entries.add(line(command.at(), Event.RECEIVED, LogText.of(command)));
    if (hasTlsNews && command.verb().matches("EHLO|HELO")) {
      hasTlsNews = false;
      clientCertificate(command.at());
    }
  }

  private void reply(ReplySent reply) {
    awaitsCredentials = reply.code() == LogText.CONTINUE;
    entries.add(line(reply.at(), Event.SENT, LogText.of(reply, "  ")));
    if (LogText.startsTls(session, reply)) {
      // Which certificate it is the session does not say.
      entries.add(information(reply.at(), "", LogText.SENDING_CERTIFICATE));
    }
  }

  /** Without a certificate facts 6.2, V; with one G, in the words of facts 4 and 6.3. */
  private void clientCertificate(Duration at) {
    ClientIdentity client =
        session.events(ClientCertificateShown.class).stream()
            .map(ClientCertificateShown::client)
            .findFirst()
            .orElse(null);
    boolean trusted = client != null && client.verdict() == ClientVerdict.TRUSTED;
    String chain = client == null ? "EmptyCertificate" : status(client.verdict());
    String status = client == null ? "NoRemoteCertificate" : chain;
    entries.add(
        information(at, "", "Client certificate chain validation status: '%s'".formatted(chain)));
    entries.add(
        information(
            at,
            "",
            "TlsDomainCapabilities='None'; Status='%s'".formatted(trusted ? "Success" : status)));
  }

  private static String status(ClientVerdict verdict) {
    return switch (verdict) {
      case TRUSTED -> "Valid";
      case UNTRUSTED_ROOT -> "UntrustedRoot";
      case SELF_SIGNED -> "SelfSigned";
      case EXPIRED -> "CertificateExpired";
      case NOT_YET_VALID -> "CertificateNotYetValid";
      case REVOKED -> "CertificateRevoked";
      case REVOCATION_UNKNOWN -> "RevocationOffline";
      case INVALID -> "InvalidCertificate";
    };
  }

  /** Facts 6.2, V. Exchange knows it before it answers; here the answer is recorded first. */
  private void failed(AuthenticationFailed failed) {
    int last = entries.size() - 1;
    boolean answered = entries.get(last).event() == Event.SENT;
    Duration at = answered ? entries.get(last).at() : failed.at();
    String what = "Inbound AUTH %s failed because of LogonDenied".formatted(failed.mechanism());
    List<LogEntry> why = new ArrayList<>(List.of(information(at, "", what)));
    if (failed.user() != null) {
      why.add(information(at, "", "User Name: " + failed.user()));
    }
    entries.addAll(answered ? last : last + 1, why);
  }

  private void closed(Closed closed) {
    HandshakeFailure.toTheReceiver(session)
        .ifPresent(word -> entries.add(information(closed.at(), "", LogText.negotiation(word))));
    entries.add(disconnect(closed.at(), whoEnded(closed)));
  }

  /** {@code Local} and {@code Remote} V, with a socket error S (facts 6.2). */
  private String whoEnded(Closed closed) {
    if (closed.by() == Closed.Side.SERVER || LogText.saidGoodbye(session)) {
      return "Local";
    }
    return closed.how() == Closed.End.RST ? "Remote(SocketError)" : "Remote";
  }
}
