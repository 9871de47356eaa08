package io.mockexo.assertj;

import io.mockexo.exchange.Endpoint;
import io.mockexo.fault.Connections;
import io.mockexo.fault.Fault;
import io.mockexo.fault.ScriptedFault;
import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.MailTransaction.Outcome;
import io.mockexo.journal.MailTransaction.Recipient;
import io.mockexo.journal.MessageContent;
import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SessionEvent.Direction;
import io.mockexo.journal.SmtpSession;
import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.ClientHello;
import io.mockexo.tls.NamedGroup;
import io.mockexo.tls.TlsMismatch;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells what happened on a connection, a millisecond for each event, and makes a session of it.
 * Positive replies that say nothing are left out.
 */
final class SessionBuilder {

  static final Instant NOON = Instant.parse("2026-03-27T12:00:00Z");

  private final int number;
  private final List<SessionEvent> events = new ArrayList<>();
  private Instant acceptedAt;
  private String helloName = "client.example";
  private int port = 25;
  private long millis;
  private boolean insideTls;
  private TlsVersion offered = TlsVersion.TLS_1_3;
  private @Nullable String clientCertificate;
  private @Nullable String user;
  private @Nullable MessageContent content;

  private SessionBuilder(int number) {
    this.number = number;
    this.acceptedAt = NOON.plusSeconds(number);
    message("Subject: hello\r\n\r\nhello\r\n");
  }

  /** Session n is accepted n seconds after noon. */
  static SessionBuilder session(int number) {
    return new SessionBuilder(number);
  }

  SessionBuilder at(Duration afterNoon) {
    acceptedAt = NOON.plus(afterNoon);
    return this;
  }

  /** The name in EHLO. */
  SessionBuilder named(String name) {
    helloName = name;
    return this;
  }

  /** The port of the server. */
  SessionBuilder onPort(int serverPort) {
    port = serverPort;
    return this;
  }

  /** The message; null if there was no room to keep it. */
  SessionBuilder message(@Nullable String text) {
    content = text == null ? null : MessageContent.of(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  SessionBuilder pause(Duration pause) {
    millis += pause.toMillis();
    return this;
  }

  SessionBuilder event(Function<Duration, SessionEvent> event) {
    events.add(event.apply(Duration.ofMillis(millis++)));
    return this;
  }

  SessionBuilder command(String line) {
    String verb = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
    boolean redacted = line.contains("<redacted>");
    return event(at -> new SessionEvent.CommandReceived(at, insideTls, verb, line, redacted));
  }

  SessionBuilder reply(int code, String... lines) {
    return event(at -> new SessionEvent.ReplySent(at, insideTls, code, List.of(lines)));
  }

  /** EHLO, answered with these extensions. */
  SessionBuilder ehlo(String... extensions) {
    List<String> lines = new ArrayList<>(List.of("mx.example Hello"));
    lines.addAll(Arrays.asList(extensions));
    return command("EHLO " + helloName).reply(250, lines.toArray(String[]::new));
  }

  /** EHLO, with STARTTLS on offer. */
  SessionBuilder offered() {
    return ehlo("STARTTLS");
  }

  SessionBuilder startTls() {
    return command("STARTTLS").reply(220, "2.0.0 SMTP server ready");
  }

  SessionBuilder startTlsRefused() {
    return command("STARTTLS").reply(454, "4.7.0 TLS not available");
  }

  SessionBuilder hello(TlsVersion upTo) {
    return hello(upTo, null, 0xC030, 0xC02F, 0x00FF);
  }

  SessionBuilder hello(TlsVersion upTo, @Nullable String serverName, int... suites) {
    offered = upTo;
    ClientHello hello = Hellos.upTo(upTo, serverName, suites);
    return event(at -> new SessionEvent.ClientHelloReceived(at, hello));
  }

  SessionBuilder refused(TlsRefusal how) {
    return event(at -> new SessionEvent.TlsRefused(at, how, TlsMismatch.VERSION, "below TLS 1.2"));
  }

  SessionBuilder clientCertificate(String subject) {
    clientCertificate = subject;
    return this;
  }

  SessionBuilder established() {
    insideTls = true;
    CipherSuite suite = CipherSuite.ofCode(offered == TlsVersion.TLS_1_3 ? 0x1302 : 0xC030);
    return event(
        at ->
            new SessionEvent.TlsEstablished(
                at, offered, suite, NamedGroup.SECP384R1, false, clientCertificate));
  }

  /** EHLO, STARTTLS, a handshake that works, and EHLO inside TLS. */
  SessionBuilder tls(TlsVersion version) {
    return offered().startTls().hello(version).established().ehlo();
  }

  /** EHLO, STARTTLS, and a hello that is refused. */
  SessionBuilder tlsRefused(TlsVersion upTo) {
    return offered().startTls().hello(upTo).refused(TlsRefusal.FIN);
  }

  SessionBuilder alert(Direction direction, AlertDescription description) {
    return event(at -> new SessionEvent.Alert(at, direction, true, description.code()));
  }

  SessionBuilder fault(Fault fault) {
    ScriptedFault scripted = new ScriptedFault(Connections.connection(number), fault);
    return event(at -> new SessionEvent.FaultInjected(at, scripted));
  }

  SessionBuilder stray(SessionEvent.StrayBytes.Kind kind, String sample) {
    SessionEvent.StrayBytes.Place place = SessionEvent.StrayBytes.Place.AFTER_FIN;
    return event(at -> new SessionEvent.StrayBytes(at, place, kind, sample.length(), sample));
  }

  SessionBuilder dropped(long count) {
    return event(at -> new SessionEvent.EventsDropped(at, count));
  }

  SessionBuilder authFailed(@Nullable String user, int code, String text) {
    return command("AUTH LOGIN")
        .reply(334, "VXNlcm5hbWU6")
        .reply(code, text)
        .event(at -> new SessionEvent.AuthenticationFailed(at, "LOGIN", user, null));
  }

  SessionBuilder authenticated(String name) {
    user = name;
    return command("AUTH LOGIN")
        .reply(334, "VXNlcm5hbWU6")
        .reply(235, "2.7.0 Authentication successful")
        .event(at -> new SessionEvent.Authenticated(at, "LOGIN", name));
  }

  SessionBuilder mail() {
    return command("MAIL FROM:<a@client.example>");
  }

  /** A whole transaction, from a@client.example to b@contoso.com. */
  SessionBuilder deliver(@Nullable String messageId) {
    return deliver(messageId, accepted("b@contoso.com"));
  }

  SessionBuilder deliver(@Nullable String messageId, Recipient... recipients) {
    return envelope(recipients)
        .reply(250, "2.6.0 Queued mail for delivery")
        .event(
            at ->
                new SessionEvent.MessageAccepted(
                    at, whole(Outcome.DELIVERED, 250, messageId, recipients)));
  }

  /** A message that came whole, and was refused or not answered (0). */
  SessionBuilder fail(Outcome outcome, int code, String messageId, Recipient... recipients) {
    envelope(recipients);
    if (code > 0) {
      reply(code, Mails.text(code));
    }
    return event(
        at -> new SessionEvent.TransactionFailed(at, whole(outcome, code, messageId, recipients)));
  }

  /** A transaction that ended at MAIL or RCPT, with this reply, or given up (0). */
  SessionBuilder failBeforeData(int code, Recipient... recipients) {
    Outcome outcome = code == 0 ? Outcome.ABORTED : Outcome.REFUSED;
    mail();
    return event(
        at ->
            new SessionEvent.TransactionFailed(
                at,
                new Mails(insideTls, user, content).ended(outcome, code, null, null, recipients)));
  }

  private SessionBuilder envelope(Recipient... recipients) {
    mail();
    for (Recipient recipient : recipients) {
      command("RCPT TO:<" + recipient.forwardPath() + ">");
      if (!recipient.accepted()) {
        reply(recipient.replyCode(), recipient.replyText());
      }
    }
    return command("DATA");
  }

  private MailTransaction whole(
      Outcome outcome, int code, @Nullable String messageId, Recipient... recipients) {
    String hash = messageId == null ? "e3b0c442" : null;
    return new Mails(insideTls, user, content).ended(outcome, code, messageId, hash, recipients);
  }

  static Recipient accepted(String address) {
    return new Recipient(address, 250, "2.1.5 Recipient OK");
  }

  static Recipient refused(String address, int code) {
    return new Recipient(address, code, code / 100 + ".1.1 no");
  }

  SessionBuilder quit() {
    return command("QUIT").reply(221, "2.0.0 Service closing transmission channel");
  }

  SmtpSession closedBy(SessionEvent.Closed.Side side, SessionEvent.Closed.End how) {
    return event(at -> new SessionEvent.Closed(at, side, how)).open();
  }

  SmtpSession closed() {
    return closedBy(SessionEvent.Closed.Side.CLIENT, SessionEvent.Closed.End.FIN);
  }

  SmtpSession closedByServer() {
    return closedBy(SessionEvent.Closed.Side.SERVER, SessionEvent.Closed.End.FIN);
  }

  /** The session without an end. */
  SmtpSession open() {
    return new SmtpSession(
        number,
        Endpoint.MX,
        new InetSocketAddress(address("192.0.2.1"), 40000 + number),
        new InetSocketAddress(address("192.0.2.25"), port),
        acceptedAt,
        events);
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal, e);
    }
  }
}
