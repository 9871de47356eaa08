package io.mockexo.journal;

import io.mockexo.exchange.Endpoint;
import io.mockexo.journal.MailTransaction.Outcome;
import io.mockexo.journal.MailTransaction.Recipient;
import io.mockexo.journal.SessionEvent.Alert;
import io.mockexo.journal.SessionEvent.ClientHelloReceived;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.SessionEvent.CommandReceived;
import io.mockexo.journal.SessionEvent.Direction;
import io.mockexo.journal.SessionEvent.MessageAccepted;
import io.mockexo.journal.SessionEvent.MessageDataReceived;
import io.mockexo.journal.SessionEvent.ReplySent;
import io.mockexo.journal.SessionEvent.StrayBytes;
import io.mockexo.journal.SessionEvent.TlsEstablished;
import io.mockexo.journal.SessionEvent.TlsFailed;
import io.mockexo.journal.SessionEvent.TlsRefused;
import io.mockexo.journal.SessionEvent.TransactionFailed;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells what happened on a connection, a millisecond for each event, and makes a session of it. */
final class SessionBuilder {

  static final Instant NOON = Instant.parse("2026-03-27T12:00:00Z");

  private final int number;
  private final List<SessionEvent> events = new ArrayList<>();
  private String client = "192.0.2.1";
  private Instant acceptedAt;
  private long millis;
  private boolean insideTls;
  private TlsVersion offered = TlsVersion.TLS_1_3;
  private @Nullable MessageContent content = MessageContent.of(new byte[120]);

  private SessionBuilder(int number) {
    this.number = number;
    this.acceptedAt = NOON.plusSeconds(number);
  }

  /** Session n is accepted n seconds after noon. */
  static SessionBuilder session(int number) {
    return new SessionBuilder(number);
  }

  SessionBuilder from(String address) {
    client = address;
    return this;
  }

  SessionBuilder acceptedAt(Instant when) {
    acceptedAt = when;
    return this;
  }

  /** The journal has no room for messages from now on. */
  SessionBuilder noRoom() {
    content = null;
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

  /** A command as most are: with one blank behind its verb, and redacted if it says so. */
  SessionBuilder command(String line) {
    String verb = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
    return command(verb, line, line.contains("<redacted>"));
  }

  SessionBuilder command(String verb, String line, boolean redacted) {
    return event(at -> new CommandReceived(at, insideTls, verb, line, redacted));
  }

  SessionBuilder reply(int code, String... lines) {
    return event(at -> new ReplySent(at, insideTls, code, List.of(lines)));
  }

  SessionBuilder greeting() {
    return reply(220, "mx.example Microsoft ESMTP MAIL Service ready");
  }

  /** EHLO, answered with these extensions. */
  SessionBuilder ehlo(String... extensions) {
    List<String> lines = new ArrayList<>(List.of("mx.example Hello"));
    lines.addAll(Arrays.asList(extensions));
    return command("EHLO client.example").reply(250, lines.toArray(String[]::new));
  }

  SessionBuilder ehloOffersStartTls() {
    return greeting().ehlo("SIZE 157286400", "STARTTLS");
  }

  SessionBuilder startTls() {
    return command("STARTTLS").reply(220, "2.0.0 SMTP server ready");
  }

  SessionBuilder startTlsRefused() {
    return command("STARTTLS").reply(454, "4.7.0 TLS not available");
  }

  SessionBuilder hello(TlsVersion upTo) {
    offered = upTo;
    return event(at -> new ClientHelloReceived(at, clientHello(upTo)));
  }

  static ClientHello clientHello(TlsVersion upTo) {
    boolean tls13 = upTo == TlsVersion.TLS_1_3;
    return new ClientHello(
        0x0301,
        Math.min(upTo.code(), 0x0303),
        tls13 ? List.of(0x0304, 0x0303) : List.of(),
        List.of(CipherSuite.ofCode(0xC030), CipherSuite.ofCode(0xC02F), CipherSuite.ofCode(0x00FF)),
        List.of(NamedGroup.SECP384R1),
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of(),
        List.of());
  }

  SessionBuilder refused(TlsRefusal how) {
    return event(at -> new TlsRefused(at, how, TlsMismatch.VERSION, "below TLS 1.2"));
  }

  SessionBuilder tlsFailed(String reason) {
    return event(at -> new TlsFailed(at, reason));
  }

  SessionBuilder alert(Direction direction, AlertDescription description) {
    return event(at -> new Alert(at, direction, true, description.code()));
  }

  SessionBuilder established() {
    insideTls = true;
    return event(
        at ->
            new TlsEstablished(
                at, offered, CipherSuite.ofCode(0x1302), NamedGroup.SECP384R1, false, null));
  }

  /** STARTTLS, a handshake that works, and EHLO inside TLS. */
  SessionBuilder tls(TlsVersion version) {
    return startTls().hello(version).established().ehlo("SIZE 157286400");
  }

  /** STARTTLS, and a hello that is refused. */
  SessionBuilder tlsRefused(TlsVersion upTo) {
    return startTls().hello(upTo).refused(TlsRefusal.FIN);
  }

  SessionBuilder mail(String from) {
    return command("MAIL FROM:<" + from + ">").reply(250, "2.1.0 Sender OK");
  }

  SessionBuilder rcpt(String to) {
    return command("RCPT TO:<" + to + ">").reply(250, "2.1.5 Recipient OK");
  }

  /** A whole transaction, from a@client.example to b@contoso.com; null for no Message-ID. */
  SessionBuilder deliver(@Nullable String messageId) {
    return deliver(messageId, accepted("b@contoso.com"));
  }

  SessionBuilder deliver(@Nullable String messageId, Recipient... recipients) {
    mail("a@client.example");
    for (Recipient recipient : recipients) {
      command("RCPT TO:<" + recipient.forwardPath() + ">")
          .reply(recipient.replyCode(), recipient.replyText());
    }
    return command("DATA")
        .reply(354, "Start mail input; end with <CRLF>.<CRLF>")
        .event(at -> new MessageDataReceived(at, insideTls, 120))
        .reply(250, "2.6.0 Queued mail for delivery")
        .event(
            at ->
                new MessageAccepted(
                    at,
                    transaction(Outcome.DELIVERED, 250, "2.6.0 Queued", messageId, recipients)));
  }

  /** A message that came whole and was refused or not answered. */
  SessionBuilder fail(Outcome outcome, int code, String messageId, Recipient... recipients) {
    String text = code == 0 ? "" : code / 100 + ".3.2 no";
    return mail("a@client.example")
        .event(
            at ->
                new TransactionFailed(at, transaction(outcome, code, text, messageId, recipients)));
  }

  /** A transaction that ended before DATA. */
  SessionBuilder failBeforeData(String from, int code, Recipient... recipients) {
    return command("MAIL FROM:<" + from + ">")
        .event(
            at ->
                new TransactionFailed(
                    at,
                    new MailTransaction(
                        from,
                        Map.of(),
                        List.of(recipients),
                        insideTls,
                        null,
                        code == 0 ? Outcome.ABORTED : Outcome.REFUSED,
                        code,
                        code == 0 ? "" : code / 100 + ".7.500 busy",
                        null,
                        null,
                        0,
                        null)));
  }

  private MailTransaction transaction(
      Outcome outcome, int code, String text, @Nullable String messageId, Recipient... recipients) {
    return new MailTransaction(
        "a@client.example",
        Map.of(),
        List.of(recipients),
        insideTls,
        null,
        outcome,
        code,
        text,
        messageId,
        messageId == null ? "e3b0c442" : null,
        120,
        content);
  }

  static Recipient accepted(String address) {
    return new Recipient(address, 250, "2.1.5 Recipient OK");
  }

  static Recipient refused(String address, int code) {
    return new Recipient(address, code, code / 100 + ".7.1 no");
  }

  SessionBuilder stray(StrayBytes.Place where, StrayBytes.Kind kind, String sample) {
    return event(at -> new StrayBytes(at, where, kind, sample.length(), sample));
  }

  SessionBuilder quit() {
    return command("QUIT").reply(221, "2.0.0 Service closing transmission channel");
  }

  SmtpSession closedBy(Closed.Side side, Closed.End how) {
    return event(at -> new Closed(at, side, how)).open();
  }

  SmtpSession closed() {
    return closedBy(Closed.Side.CLIENT, Closed.End.FIN);
  }

  SmtpSession closedByServer() {
    return closedBy(Closed.Side.SERVER, Closed.End.FIN);
  }

  /** The session without an end. */
  SmtpSession open() {
    return new SmtpSession(number, Endpoint.MX, peer(), null, acceptedAt, events);
  }

  private InetSocketAddress peer() {
    try {
      return new InetSocketAddress(InetAddress.getByName(client), 40000 + number);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(client, e);
    }
  }
}
