package io.mockexo.journal;

import io.mockexo.exchange.Throttling;
import io.mockexo.journal.SessionEvent.Alert;
import io.mockexo.journal.SessionEvent.Authenticated;
import io.mockexo.journal.SessionEvent.AuthenticationFailed;
import io.mockexo.journal.SessionEvent.ClientBlocklisted;
import io.mockexo.journal.SessionEvent.ClientCertificateShown;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.SessionEvent.EventsDropped;
import io.mockexo.journal.SessionEvent.FaultInjected;
import io.mockexo.journal.SessionEvent.LimitReached;
import io.mockexo.journal.SessionEvent.MessageAccepted;
import io.mockexo.journal.SessionEvent.MiddleboxActed;
import io.mockexo.journal.SessionEvent.SecretsLogged;
import io.mockexo.journal.SessionEvent.SessionTicketsSent;
import io.mockexo.journal.SessionEvent.Sslv2HelloReceived;
import io.mockexo.journal.SessionEvent.StrayBytes;
import io.mockexo.journal.SessionEvent.TlsEstablished;
import io.mockexo.journal.SessionEvent.TlsFailed;
import io.mockexo.journal.SessionEvent.TlsRefused;
import io.mockexo.journal.SessionEvent.TransactionFailed;
import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.ClientHello;
import io.mockexo.tls.ClientIdentity;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The words of the transcript for what is no line of text on the wire. */
final class EventText {

  private static final int SUITES_SHOWN = 10;

  private EventText() {}

  static String of(SessionEvent event) {
    if (event instanceof TlsRefused refused) {
      return "refused with %s: %s".formatted(means(refused.how()), refused.reason());
    }
    if (event instanceof SecretsLogged secrets) {
      return "%s kept (secret)".formatted(count(secrets.lines().size(), "key log line"));
    }
    if (event instanceof TlsEstablished tls) {
      return of(tls);
    }
    if (event instanceof ClientCertificateShown shown) {
      return of(shown.client());
    }
    if (event instanceof SessionTicketsSent tickets) {
      return "%s sent".formatted(count(tickets.count(), "session ticket"));
    }
    if (event instanceof ClientBlocklisted listed) {
      return "client is on the blocklist (%s), STARTTLS is %s"
          .formatted(listed.entry(), listed.startTlsHidden() ? "hidden from it" : "offered to it");
    }
    if (event instanceof TlsFailed failed) {
      return "TLS failed: " + failed.reason();
    }
    if (event instanceof Authenticated done) {
      return "authenticated as %s with AUTH %s".formatted(done.user(), done.mechanism());
    }
    if (event instanceof AuthenticationFailed failed) {
      String user = failed.user() == null ? "" : " for " + failed.user();
      String reason = failed.reason() == null ? "" : ": " + failed.reason();
      return "AUTH %s refused%s%s".formatted(failed.mechanism(), user, reason);
    }
    if (event instanceof MessageAccepted accepted) {
      return "delivered: " + of(accepted.transaction());
    }
    if (event instanceof TransactionFailed failed) {
      return outcome(failed.transaction()) + ": " + of(failed.transaction());
    }
    if (event instanceof FaultInjected injected) {
      return "fault: " + injected.fault().fault();
    }
    if (event instanceof MiddleboxActed acted) {
      return of(acted);
    }
    if (event instanceof LimitReached reached) {
      return of(reached);
    }
    if (event instanceof EventsDropped dropped) {
      return "%s left out".formatted(count(dropped.count(), "event"));
    }
    return event instanceof Closed closed ? of(closed) : event.toString();
  }

  private static String of(MiddleboxActed acted) {
    return acted.original() == null
        ? "middlebox %s answers, Exchange never got the command".formatted(acted.middlebox())
        : "middlebox %s, Exchange said: %s".formatted(acted.middlebox(), acted.original());
  }

  private static String of(LimitReached reached) {
    String what = "limit %s reached by %s".formatted(reached.limit(), reached.whose());
    if (reached.waiting().isZero()) {
      return what;
    }
    return String.format(
        Locale.ROOT,
        reached.limit() == Throttling.Limit.MESSAGES_PER_MINUTE
            ? "%s, delivery is delayed by %.3f s"
            : "%s, for %.3f s more",
        what,
        reached.waiting().toMillis() / 1000.0);
  }

  static String of(ClientHello hello) {
    String upTo =
        hello.highestVersion().map(version -> "up to " + version).orElse("no known version");
    String name =
        hello.serverName() == null ? "no server_name" : "server_name " + hello.serverName();
    long suites = hello.cipherSuites().stream().filter(EventText::isRealSuite).count();
    return "%s, %s, %s".formatted(upTo, name, count(suites, "cipher suite"));
  }

  static String of(Sslv2HelloReceived hello) {
    String version =
        TlsVersion.ofCode(hello.version())
            .map(TlsVersion::toString)
            .orElse(hello.version() == 2 ? "SSL 2.0" : "0x%04X".formatted(hello.version()));
    return "ClientHello in SSL 2.0 format, asks for %s, %s"
        .formatted(version, count(hello.cipherSpecs(), "cipher spec"));
  }

  static String of(Alert alert) {
    return "%s alert %s".formatted(alert.fatal() ? "fatal" : "warning", alert.description());
  }

  static String of(StrayBytes stray) {
    String sample = stray.sample().isEmpty() ? "" : ": " + stray.sample();
    return "(%s %s, %s)%s"
        .formatted(count(stray.count(), "byte"), stray.where(), stray.kind(), sample);
  }

  /** The suites that one could negotiate, by name; many are cut short. */
  static String suites(ClientHello hello) {
    List<String> names =
        hello.cipherSuites().stream()
            .filter(EventText::isRealSuite)
            .map(CipherSuite::name)
            .toList();
    String some = String.join(", ", names.subList(0, Math.min(SUITES_SHOWN, names.size())));
    return names.size() <= SUITES_SHOWN
        ? some
        : "%s and %d more".formatted(some, names.size() - SUITES_SHOWN);
  }

  private static String means(TlsRefusal how) {
    return switch (how) {
      case FIN, RST -> how.name();
      case ALERT -> "an alert and FIN";
      case REPLY -> "a reply";
      case STALL -> "silence";
    };
  }

  /** How a session ended, or will. */
  static String of(TlsRefusal how) {
    return switch (how) {
      case FIN -> "closed with FIN";
      case RST -> "closed with RST";
      case ALERT -> "closed with an alert and FIN";
      case REPLY -> "to be refused by reply";
      case STALL -> "not answered any more";
    };
  }

  static String count(long n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }

  private static String of(TlsEstablished tls) {
    StringBuilder text = new StringBuilder("%s, %s".formatted(tls.version(), tls.cipherSuite()));
    if (tls.group() != null) {
      text.append(", ").append(tls.group());
    }
    if (tls.resumed()) {
      text.append(", resumed");
    }
    if (tls.clientCertificate() != null) {
      text.append(", client certificate ").append(tls.clientCertificate());
    }
    return text.toString();
  }

  private static String of(ClientIdentity client) {
    String names =
        client.dnsNames().isEmpty() ? "" : " for " + String.join(", ", client.dnsNames());
    return "client certificate%s: %s".formatted(names, client.verdict());
  }

  private static String of(MailTransaction transaction) {
    String recipients =
        transaction.recipients().stream()
            .map(r -> "<" + r.forwardPath() + ">" + (r.accepted() ? "" : " (refused)"))
            .collect(Collectors.joining(", "));
    StringBuilder text = new StringBuilder("<").append(transaction.reversePath()).append(">");
    if (!recipients.isEmpty()) {
      text.append(" to ").append(recipients);
    }
    if (transaction.messageId() != null) {
      text.append(", Message-ID ").append(transaction.messageId());
    }
    if (transaction.size() > 0) {
      text.append(", ").append(count(transaction.size(), "byte"));
    }
    if (cameWhole(transaction) && transaction.content() == null) {
      text.append(", content not kept");
    }
    return text.toString();
  }

  private static boolean cameWhole(MailTransaction transaction) {
    return switch (transaction.outcome()) {
      case DELIVERED, UNACKNOWLEDGED -> true;
      case REFUSED, ABORTED -> false;
    };
  }

  private static String outcome(MailTransaction transaction) {
    return switch (transaction.outcome()) {
      case DELIVERED -> "delivered";
      case REFUSED -> "refused with " + transaction.replyCode();
      case UNACKNOWLEDGED -> "received, not acknowledged";
      case ABORTED -> "left unfinished";
    };
  }

  private static String of(Closed closed) {
    String side = closed.by() == Closed.Side.CLIENT ? "client" : "server";
    return switch (closed.how()) {
      case FIN, RST -> "closed by the %s with %s".formatted(side, closed.how());
      case TIMEOUT ->
          "closed by the %s, which had waited for the other side in vain".formatted(side);
    };
  }

  /** GREASE (RFC 8701) and signaling values are no suites that one could negotiate. */
  private static boolean isRealSuite(CipherSuite suite) {
    return !suite.name().equals("GREASE") && !suite.name().endsWith("_SCSV");
  }
}
