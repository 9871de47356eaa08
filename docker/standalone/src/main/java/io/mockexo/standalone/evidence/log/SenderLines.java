package io.mockexo.standalone.evidence.log;

import io.mockexo.client.wire.Host;
import io.mockexo.journal.SmtpSession;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The shapes of lines that are the same for many failures, filled in for one session. */
final class SenderLines {

  static final String SERVER = "<server>";

  /** As in the Exchange team blog, {@code 1/11/2021 6:02:39 PM}; theirs is local time. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("M/d/uuuu h:mm:ss a", Locale.US).withZone(ZoneOffset.UTC);

  private final String address;
  private final int port;
  private final String time;

  SenderLines(SmtpSession session) {
    address = session.local().map(a -> new Host(a.getAddress()).toString()).orElse("<address>");
    port = session.local().map(InetSocketAddress::getPort).orElse(25);
    Instant end = session.endedAt().orElse(session.acceptedAt());
    time = TIME.format(end);
  }

  /** LastError of a queue (facts 6.1, V). */
  String lastError(String error) {
    return "[{LED=%s};{MSG=};{FQDN=%s};{IP=%s};{LRT=%s}]".formatted(error, SERVER, address, time);
  }

  /** The line of an NDR for administrators (Exchange team blog, January 2021, V). */
  String returned(String reply) {
    return "%s - Server at %s (%s) returned '%s'".formatted(time, SERVER, address, reply);
  }

  /** {@code <server>[192.0.2.1]}, as Postfix has it. */
  String host() {
    return "%s[%s]".formatted(SERVER, address);
  }

  /** {@code <server>[192.0.2.1]:25}. */
  String hostAndPort() {
    return host() + ":" + port;
  }

  /** How Exchange tells that a connection was lost (facts 6.1, V during handshakes). */
  static String dropped(String error) {
    return "451 4.4.397 Error communicating with target host. -> 421 4.4.2 Connection dropped due"
        + " to "
        + error;
  }

  /** What an NDR has of an error that went on until the message expired (facts 6.1, V). */
  static String expired(String error) {
    return "550 5.4.300 Message expired -> " + error;
  }
}
