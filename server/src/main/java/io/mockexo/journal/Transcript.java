package io.mockexo.journal;

import io.mockexo.journal.SessionEvent.Alert;
import io.mockexo.journal.SessionEvent.ClientHelloReceived;
import io.mockexo.journal.SessionEvent.CommandReceived;
import io.mockexo.journal.SessionEvent.Direction;
import io.mockexo.journal.SessionEvent.MessageDataReceived;
import io.mockexo.journal.SessionEvent.ReplySent;
import io.mockexo.journal.SessionEvent.Sslv2HelloReceived;
import io.mockexo.journal.SessionEvent.StrayBytes;
import io.mockexo.journal.SessionEvent.TlsEstablished;
import io.mockexo.journal.SessionEvent.TlsRefused;
import io.mockexo.tls.TlsMismatch;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A session as text, with its summary in the first line. {@code C:} and {@code S:} are client and
 * server in cleartext, {@code C*} and {@code S*} inside TLS, {@code --} what is no line on the
 * wire. Times are seconds since accept.
 */
final class Transcript {

  private final StringBuilder text = new StringBuilder();
  private boolean insideTls;
  private boolean saidHello;

  /** Of the last ClientHello. */
  private String suites = "none";

  private Transcript() {}

  static String of(SmtpSession session) {
    Transcript transcript = new Transcript();
    transcript.header(session);
    session.events().forEach(transcript::event);
    if (!session.isComplete()) {
      transcript.text.append("          -- still open\n");
    }
    return transcript.text.toString();
  }

  private void header(SmtpSession session) {
    text.append("session %d (%s) from ".formatted(session.number(), session.endpoint()))
        .append(address(session.peer()))
        .append(" at ")
        .append(session.acceptedAt().truncatedTo(ChronoUnit.MILLIS));
    text.append(", ").append(printable(session.summary())).append('\n');
  }

  private static String address(InetSocketAddress peer) {
    String host = host(peer);
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + peer.getPort();
  }

  /** The address as a literal, without looking up a name. */
  static String host(InetSocketAddress peer) {
    return peer.isUnresolved() ? peer.getHostString() : peer.getAddress().getHostAddress();
  }

  private void event(SessionEvent event) {
    if (event instanceof CommandReceived command) {
      line(event.at(), 'C', command.insideTls(), command.line());
    } else if (event instanceof ReplySent reply) {
      reply(reply);
    } else if (event instanceof MessageDataReceived data) {
      line(event.at(), 'C', data.insideTls(), "(message data, %d bytes)".formatted(data.bytes()));
    } else if (event instanceof ClientHelloReceived received) {
      String again = saidHello ? "ClientHello again, " : "ClientHello, ";
      saidHello = true;
      suites = EventText.suites(received.hello());
      line(event.at(), 'C', insideTls, again + EventText.of(received.hello()));
    } else if (event instanceof Sslv2HelloReceived hello) {
      line(event.at(), 'C', insideTls, EventText.of(hello));
    } else if (event instanceof Alert alert) {
      char side = alert.direction() == Direction.RECEIVED ? 'C' : 'S';
      line(event.at(), side, insideTls, EventText.of(alert));
    } else if (event instanceof StrayBytes stray) {
      line(event.at(), 'C', false, EventText.of(stray));
    } else {
      insideTls |= event instanceof TlsEstablished;
      note(event.at(), EventText.of(event));
    }
    if (event instanceof TlsRefused refused && refused.mismatch() == TlsMismatch.CIPHER_SUITE) {
      note(event.at(), "offered were " + suites);
    }
  }

  private void note(Duration at, String text) {
    time(at).append("-- ").append(printable(text)).append('\n');
  }

  private void reply(ReplySent reply) {
    List<String> lines = reply.lines();
    for (int i = 0; i < lines.size(); i++) {
      char separator = i == lines.size() - 1 ? ' ' : '-';
      line(reply.at(), 'S', reply.insideTls(), reply.code() + "" + separator + lines.get(i));
    }
  }

  private void line(Duration at, char side, boolean inside, String content) {
    time(at).append(side).append(inside ? '*' : ':').append(' ').append(printable(content));
    text.append('\n');
  }

  private StringBuilder time(Duration at) {
    long millis = at.toMillis();
    return text.append("%4d.%03d  ".formatted(millis / 1000, millis % 1000));
  }

  /** What a client sends must neither break the lines of a log nor steer a terminal. */
  static String printable(String line) {
    StringBuilder safe = new StringBuilder(line.length());
    line.codePoints()
        .forEach(
            c -> {
              switch (Character.getType(c)) {
                case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    safe.append(c < 0x100 ? "\\x%02X".formatted(c) : "\\u%04X".formatted(c));
                default -> safe.appendCodePoint(c);
              }
            });
    return safe.toString();
  }
}
